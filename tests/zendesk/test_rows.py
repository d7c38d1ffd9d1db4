"""Rows of every kind of badness: one is refused with a sentence, the page goes on."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as some

from heroterm.domain.text import STORED_LIMIT
from heroterm.errors import Misunderstood
from heroterm.zendesk.made import moment
from heroterm.zendesk.pages import OrganizationFields
from heroterm.zendesk.wire import TicketWire
from heroterm.zendesk.wire_people import OrganizationWire
from tests.zendesk.answering import STAMP, TICKET, answer, asking, told

BAD = [
    {"id": "7"},
    {"id": 7.5},
    {"id": True},
    {"id": None},
    {"id": -1},
    {"id": 2**63},
    {"subject": 7},
    {"tags": "vip"},
    {"comment_count": 10**40},
    {"generated_timestamp": 10**40},
    {"requester_id": 10**40},
    {"updated_at": None},
    {"updated_at": "0000-00-00"},
    {"updated_at": 1_700_000_000},
]


@pytest.mark.parametrize("wrong", BAD)
def test_a_bad_row_is_refused_with_a_sentence_and_the_page_goes_on(wrong: dict[str, Any]) -> None:
    good = {**TICKET, "id": 8}
    page = told({"tickets": [{**TICKET, **wrong}, good]}).tickets_page()
    assert [ticket.id for ticket in page.tickets] == [8]
    assert len(page.refused) == 1
    assert page.refused[0].startswith("tickets ")


@pytest.mark.parametrize("row", [None, 7, "x", []])
def test_a_row_that_is_no_object_is_refused(row: Any) -> None:
    page = told({"tickets": [row, TICKET]}).tickets_page()
    assert len(page.tickets) == len(page.refused) == 1


_NULLABLE = sorted(set(TicketWire.model_fields) - {"id", "updated_at"})


@given(some.sets(some.sampled_from(_NULLABLE)), some.sets(some.sampled_from(_NULLABLE)))
def test_any_field_may_be_null_or_missing(nulls: set[str], missing: set[str]) -> None:
    row = {**TICKET, **dict.fromkeys(nulls)}
    row = {name: value for name, value in row.items() if name not in missing}
    assert TicketWire.model_validate(row).to_domain().updated_stamp == STAMP


@given(some.text(some.characters(), max_size=50))
def test_any_subject_can_be_kept_in_sqlite(subject: str) -> None:
    kept = TicketWire.model_validate({**TICKET, "subject": subject}).to_domain().subject
    database = sqlite3.connect(":memory:")
    assert database.execute("select ?, length(?)", (kept, kept)).fetchone() == (kept, len(kept))
    database.close()


MOMENTS = {
    "2026-03-04T10:00:00Z": datetime(2026, 3, 4, 10, tzinfo=UTC),
    "2026-03-04T10:00:00": datetime(2026, 3, 4, 10, tzinfo=UTC),
    "2026-03-05T00:00:00+14:00": datetime(2026, 3, 4, 10, tzinfo=UTC),
    "0000-00-00": None,
    "0000-00-00T00:00:00Z": None,
    "9999-12-31T23:59:59-14:00": None,
    "2026-03-04T10:00:60Z": None,
    "soon": None,
    "": None,
}


@pytest.mark.parametrize("text", MOMENTS)
def test_a_moment_is_utc_or_unknown(text: str) -> None:
    assert moment(text) == MOMENTS[text]


def test_custom_values_become_text_and_empty_ones_are_left_out() -> None:
    values = ["text", 7, 1.5, True, False, ["a", "b"], None, "", [], float("nan"), float("inf")]
    fields = [{"id": n, "value": value} for n, value in enumerate(values)]
    page = told({"tickets": [{**TICKET, "custom_fields": fields}]}).tickets_page()
    assert page.tickets[0].custom_fields == (
        (0, "text"),
        (1, "7"),
        (2, "1.5"),
        (3, "true"),
        (4, "false"),
        (5, "a, b"),
    )


def test_clocks_are_told_from_none_and_from_no_answer() -> None:
    clock = {"metric": "first_reply_time", "stage": "paused", "breach_at": None, "hours": 3}
    rows = [
        {**TICKET, "id": 1},
        {**TICKET, "id": 2, "slas": {"policy_metrics": []}},
        {**TICKET, "id": 3, "slas": {"policy_metrics": [clock]}},
    ]
    slas = [ticket.slas for ticket in told({"tickets": rows}).tickets_page().tickets]
    assert slas[:2] == [None, ()]
    assert slas[2] is not None
    assert (slas[2][0].stage, slas[2][0].breach_at) == ("paused", None)


def test_organization_fields_are_found_by_the_configured_keys() -> None:
    row = {"id": 1, "name": "Acme", "organization_fields": {"tier": "gold", "money": 12.5}}
    keys = OrganizationFields(plan="tier", mrr="money")
    made = OrganizationWire.model_validate(row).to_domain(keys)
    assert (made.plan, made.mrr, made.content_warning) == ("gold", "12.5", None)


COMMENT = {"id": 5, "created_at": STAMP, "body": "<b>x</b>", "plain_body": "x", "public": True}


def one_comment(**values: Any) -> Any:
    return told({"comments": [{**COMMENT, **values}]}).comments(7).comments[0]


def test_the_plain_body_is_preferred_and_the_senders_address_kept() -> None:
    via = {"channel": "email", "source": {"from": {"address": "a@example.com"}}}
    comment = one_comment(via=via)
    assert (comment.body, comment.from_address, comment.channel) == ("x", "a@example.com", "email")
    assert one_comment(plain_body=None).body == "<b>x</b>"


def test_a_body_past_the_cap_is_cut_and_says_so() -> None:
    whole = one_comment(plain_body="x" * STORED_LIMIT)
    cut = one_comment(plain_body="x" * (STORED_LIMIT + 1))
    assert (len(whole.body), whole.truncated) == (STORED_LIMIT, False)
    assert (len(cut.body), cut.truncated) == (STORED_LIMIT, True)


def test_a_comment_that_does_not_say_whether_it_is_public_is_not() -> None:
    assert one_comment(public=None).public is False


AUDIT = {"id": 9, "created_at": STAMP, "author_id": -1, "events": [], "via": {"channel": "web"}}


def test_an_audit_names_its_comments_and_changes() -> None:
    events = [
        {"id": 1, "type": "Comment", "public": False},
        {
            "id": 2,
            "type": "Change",
            "field_name": "status",
            "previous_value": "new",
            "value": "open",
        },
        {"id": 3, "type": "Change", "field_name": "tags", "previous_value": [], "value": ["a"]},
        {"id": 4, "type": "Notification", "body": "x"},
    ]
    audit = told({"audits": [{**AUDIT, "events": events}]}).audits(7).audits[0]
    assert audit.comments == ((1, False),)
    assert audit.changes[0] == ("status", "new", "open")
    assert (audit.author_id, audit.marker, audit.channel) == (-1, None, "web")
    assert audit.writer_id is None
    events[0]["author_id"] = 42
    audit = told({"audits": [{**AUDIT, "events": events}]}).audits(7).audits[0]
    assert (audit.author_id, audit.writer_id) == (-1, 42), "in whose name it was written"


def test_a_history_with_an_unreadable_row_does_not_pass_for_whole() -> None:
    mine = {**AUDIT, "metadata": {"custom": {"heroterm_op": "op-1"}}, "created_at": None}
    with pytest.raises(Misunderstood, match="whole"):
        told({"audits": [AUDIT, mine]}).audits(7)


@pytest.mark.parametrize("meta", [{"has_more": True}, {"has_more": "maybe"}, {"after_cursor": 7}])
def test_paging_that_cannot_be_followed_does_not_pass_for_the_end(meta: Any) -> None:
    with pytest.raises(Misunderstood):
        told({"audits": [], "meta": meta}).audits(7)


def test_the_last_page_ends_although_it_names_a_cursor() -> None:
    page = told({"tickets": [], "meta": {"has_more": False, "after_cursor": "x"}}).tickets_page()
    assert (page.has_more, page.next_cursor) == (False, None)


def test_only_what_the_hero_may_use_is_asked_for() -> None:
    """Else retired macros come along, and to an admin every colleague's own."""
    asked: list[httpx.URL] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        more = {"has_more": len(asked) % 2 == 1, "after_cursor": "x"}
        rows = [{"user_id": 9, "group_id": len(asked)}]
        return answer({"macros": [], "views": [], "group_memberships": rows, "meta": more})

    client = asking(handler)
    assert (client.macros(), client.views()) == ((), ())
    assert [url.params.get("active") for url in asked] == ["true"] * 4
    assert [url.params.get("only_viewable") for url in asked] == ["true", "true", None, None]
    assert client.my_groups(9) == (5, 6)  # a second page, too


def test_a_search_goes_on_to_its_limit_and_tells_no_ticket_twice() -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.url.params['page']}/{request.url.params['per_page']}")
        first = (len(asked) - 1) * 99  # the last one of a page comes once more on the next
        rows = [{**TICKET, "id": first + n + 1} for n in range(100)]
        more = "https://acme.zendesk.com/next" if len(asked) < 3 else None
        return answer({"results": rows, "next_page": more})

    client = asking(handler)
    assert [each.id for each in client.search("x", 150)] == [*range(1, 151)]
    assert asked == ["1/100", "2/100"]
    asked.clear()
    assert len(client.search("x", 1_000)) == 298
    assert asked == ["1/100", "2/100", "3/100"]


def test_a_list_that_repeats_its_cursor_ends() -> None:
    client = told({"groups": [], "meta": {"has_more": True, "after_cursor": "same"}})
    assert client.groups() == ()
    assert client.requests == 2
