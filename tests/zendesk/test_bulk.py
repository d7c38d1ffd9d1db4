from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from heroterm.domain.text import storable
from heroterm.errors import Misunderstood
from tests.conftest import NOW
from tests.zendesk.answering import STAMP, TICKET, asking, told
from tests.zendesk.answering import answer as answered

COMMENT = {"id": 5, "event_type": "Comment", "body": "Hi", "public": True, "via": "Mail"}
EVENT = {"id": 1, "ticket_id": 7, "created_at": STAMP, "child_events": [COMMENT]}


def test_an_export_gives_its_cursor_after_the_end_and_deleted_ones_by_id_alone() -> None:
    rows = [TICKET, {**TICKET, "id": 8, "status": "deleted", "subject": "SCRUBBED"}]
    got = told({"tickets": rows, "after_cursor": "abc", "end_of_stream": True}).tickets_export()
    assert [ticket.id for ticket in got.page.tickets] == [7]
    assert (got.deleted, got.after, got.ended) == ((8,), "abc", True)


def test_an_export_without_a_word_about_its_end_ends() -> None:
    assert told({"tickets": [TICKET], "after_cursor": "abc"}).tickets_export().ended


def test_an_export_that_goes_on_without_a_cursor_is_refused() -> None:
    with pytest.raises(Misunderstood):
        told({"tickets": [], "end_of_stream": False}).tickets_export()


@pytest.mark.parametrize(
    "bad", [{"id": "x"}, {**TICKET, "id": 10**30}, {**TICKET, "updated_at": None}, [], None]
)
def test_one_bad_row_costs_itself_alone(bad: Any) -> None:
    page = told({"tickets": [TICKET, bad], "after_cursor": "c", "end_of_stream": False})
    got = page.tickets_export()
    assert [ticket.id for ticket in got.page.tickets] == [7] and len(got.page.refused) == 1
    assert (got.after, got.ended) == ("c", False)


def test_a_page_is_the_same_read_as_a_whole_and_row_by_row() -> None:
    page = {
        "tickets": [{**TICKET, "slas": {"policy_metrics": []}, "tags": ["a"]}],
        "users": [{"id": 3, "name": "Ada"}],
        "organizations": [{"id": 4, "name": "Acme", "organization_fields": {"plan": "pro"}}],
        "groups": [{"id": 5, "name": "Support"}],
        "meta": {"has_more": True, "after_cursor": "next"},
    }
    whole = told(page).tickets_page()
    rows = told({**page, "tickets": [*page["tickets"], {"id": None}]}).tickets_page()
    assert rows.refused and not whole.refused
    assert (rows.tickets, rows.people, rows.next_cursor) == (
        whole.tickets,
        whole.people,
        whole.next_cursor,
    )
    assert (rows.organizations, rows.groups, rows.has_more) == (
        whole.organizations,
        whole.groups,
        whole.has_more,
    )


_HOSTILE = ["a\0b", "\ud800", "x" * 600_000, "\u202e", '"\\', "ünï"]


@pytest.mark.parametrize("text", _HOSTILE)
def test_hostile_text_costs_a_page_its_speed_and_nothing_else(text: str) -> None:
    row = {
        **TICKET,
        "subject": text,
        "description": text,
        "tags": [text],
        "custom_fields": [{"id": 1, "value": text}, {"id": 2, "value": [text]}],
        "via": {"channel": "web", "source": {"from": {"address": text}, "rel": "follow_up"}},
    }
    org = {"id": 4, "name": text, "organization_fields": {"plan": text, "mrr": 5}}
    page = {"tickets": [row], "users": [{"id": 3, "name": text}], "organizations": [org]}
    whole = told(page).tickets_page()
    rows = told({**page, "tickets": [row, {"id": None}]}).tickets_page()
    assert whole == replace(rows, refused=())
    assert whole.tickets[0].subject == storable(text)


def test_comments_come_out_of_events() -> None:
    other = {
        **EVENT,
        "child_events": [{"id": 6, "event_type": "Change", "status": "open"}, COMMENT],
    }
    page = {"ticket_events": [EVENT, other, {"bad": 1}], "end_time": 99, "end_of_stream": True}
    got = told(page).ticket_events(5)
    assert [(c.id, c.ticket_id, c.created_at) for c in got.comments] == [(5, 7, NOW), (5, 7, NOW)]
    assert (got.next_start, got.ended, got.refused) == (99, True, 0)


def test_a_comment_that_cannot_be_read_is_counted() -> None:
    event = {**EVENT, "child_events": [{**COMMENT, "id": "x"}, COMMENT]}
    got = told({"ticket_events": [event], "end_time": 9, "end_of_stream": True}).ticket_events(5)
    assert (len(got.comments), got.refused) == (1, 1)


@pytest.mark.parametrize("page", [{}, [], {"ticket_events": 1}])
def test_events_that_are_none_are_refused(page: Any) -> None:
    with pytest.raises(Misunderstood):
        told(page).ticket_events(5)


def test_events_that_stand_still_are_refused() -> None:
    with pytest.raises(Misunderstood):
        told({"ticket_events": [], "end_time": 5, "end_of_stream": False}).ticket_events(5)


def test_hints_name_each_ticket_once() -> None:
    rows = [
        {"object": {"ticket": {"id": 7}}},
        {"object": {"ticket": {"id": 7}}},
        {"target": {"ticket": {"id": 9}}},
        {"object": None},
        "nonsense",
    ]
    assert told({"activities": rows}).activities(NOW) == (7, 9)


@pytest.mark.parametrize(("status", "may"), [(200, True), (403, False), (404, False)])
def test_a_try_tells_whether_exports_answer(status: int, may: bool) -> None:
    client = asking(lambda _request: answered({"tickets": []}, status))
    assert client.may_export() is may
