"""Labels, identities, deletions and the survey, as the client brings them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from heroterm.domain.ticket import (
    CustomStatus,
    DeletedTicket,
    Identity,
    Membership,
    TicketField,
    TicketForm,
)
from heroterm.zendesk import wire_library
from heroterm.zendesk.library_calls import Library
from heroterm.zendesk.wire import TicketWire
from tests.conftest import NOW
from tests.zendesk.answering import STAMP, TICKET, answer, asking


def library(told: dict[str, Any]) -> Library:
    """A library that is told this, whatever it asks."""
    return Library(lambda _path, _asked=None: told)


def test_fields_bring_their_options_by_name() -> None:
    options = [{"value": "pro", "name": "Pro plan"}, {"value": "x", "name": None}, {"name": "y"}]
    rows = [
        {"id": 5, "title": "Plan", "type": "tagger", "custom_field_options": options},
        {"id": 6, "type": None, "system_field_options": [{"value": "open", "name": "Open"}]},
        {"id": "no number"},
    ]
    assert library({"ticket_fields": rows}).fields() == (
        TicketField(5, "Plan", "tagger", (("pro", "Pro plan"), ("x", "x"))),
        TicketField(6, "field 6", "text", (("open", "Open"),)),
    )


def test_forms_statuses_and_identities_are_read() -> None:
    forms = library({"ticket_forms": [{"id": 8, "name": "In-app"}]}).forms()
    assert forms == (TicketForm(8, "In-app"),)
    row = {"id": 9, "status_category": "pending", "agent_label": "Waiting for GitHub"}
    statuses = library({"custom_statuses": [row]}).custom_statuses()
    assert statuses == (CustomStatus(9, "pending", "Waiting for GitHub"),)
    mail = {"id": 1, "type": "email", "value": "jo@example.com", "primary": True, "verified": None}
    found = library({"identities": [mail]}).identities(901)
    assert found == (Identity(1, 901, "email", "jo@example.com", True, False),)


def test_deletions_are_read_page_by_page_until_the_last() -> None:
    asked: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        page = int(request.url.params["page"])
        row = {"id": page, "actor": {"id": 2, "name": "Kim"}, "deleted_at": STAMP}
        following = "https://acme.zendesk.com/next" if page < 3 else None
        return answer({"deleted_tickets": [row, {"id": 9}], "next_page": following})

    client = asking(handler)
    found = client.library.deleted()
    assert found == tuple(DeletedTicket(page, "Kim", NOW) for page in (1, 2, 3))
    client.close()


def test_a_deletion_that_cannot_be_read_still_says_which_ticket_is_gone() -> None:
    rows = [{"id": 7, "deleted_at": None}, {"id": None}, 3, {"id": 8, "deleted_at": STAMP}]
    page = library({"deleted_tickets": rows, "next_page": "x"}).deleted_page(2)
    assert (page.ids, page.has_more) == ((7, 8), True)
    assert page.deleted == (DeletedTicket(8, "somebody", NOW),)
    assert not library({"deleted_tickets": []}).deleted_page().has_more


def test_a_person_belongs_to_several_organizations() -> None:
    rows = [
        {"id": 1, "user_id": 901, "organization_id": 70, "default": True},
        {"id": 2, "user_id": 901, "organization_id": 71, "default": None},
        {"id": 3, "user_id": 901, "organization_id": None},
    ]
    found = library({"organization_memberships": rows}).memberships(901)
    assert found == (Membership(1, 901, 70, True), Membership(2, 901, 71, False))


@pytest.mark.parametrize(
    ("rating", "score"),
    [
        (None, None),
        ({"score": "unoffered"}, None),
        ({"score": "offered"}, "offered"),
        ({"id": 1, "score": "bad", "comment": "Too slow"}, "bad"),
    ],
)
def test_the_survey_counts_once_it_was_offered(rating: Any, score: str | None) -> None:
    row = {**TICKET, "satisfaction_rating": rating, "ticket_form_id": 8}
    found = TicketWire.model_validate(row).to_domain()
    assert (found.satisfaction, found.form_id) == (score, 8)
    assert found.satisfaction_comment == ("Too slow" if score == "bad" else None)


def test_the_practice_desk_gives_all_of_it(sandbox_http: Any, sandbox_wsgi: Any) -> None:
    from heroterm.zendesk.auth import Token
    from heroterm.zendesk.client import Zendesk

    token = Token(sandbox_wsgi.email, sandbox_wsgi.token)
    client = Zendesk(sandbox_http.url, token, clock=lambda: NOW)
    try:
        found = client.library
        assert any(field.options for field in found.fields())
        assert found.forms() and found.custom_statuses()
        assert found.identities(client.me().id)[0].primary
        assert found.deleted_page().ids
        asking = client.tickets_page().tickets[0].requester_id
        assert [each.default for each in found.memberships(asking or 0)] in ([], [True])
    finally:
        client.close()


def test_rich_words_of_a_macro_are_read_as_text() -> None:
    row = {
        "id": 1,
        "title": "M",
        "actions": [
            {"field": "comment_value_html", "value": "<p>Hey {{a}},</p><p>see <b>docs</b></p>"},
            {"field": "comment_value", "value": ["channel:all", "plain <b>"]},
            {"field": "assignee_id", "value": None},
        ],
    }
    macro = wire_library.MacroWire.model_validate(row).to_domain()
    assert macro.actions == (
        ("comment_value_html", "Hey {{a}},\n\nsee docs"),
        ("comment_value", "channel:all\nplain <b>"),
        ("assignee_id", ""),
    )
