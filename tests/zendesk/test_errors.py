"""Which failure becomes which error, for reads and for writes (outbox.md §3, step 10)."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from heroterm.domain.outbox import Changes, PublicReply
from heroterm.errors import (
    Conflict,
    Misunderstood,
    NotAllowed,
    NotFound,
    Offline,
    RateLimited,
    Rejected,
    SignInPage,
    Unclear,
    ZendeskError,
)
from heroterm.zendesk.client import Zendesk
from heroterm.zendesk.pages import Updated
from tests.conftest import NOW
from tests.zendesk.answering import STAMP, TICKET, answer, asking, failing, told


def send(client: Zendesk) -> Updated:
    return client.update(7, PublicReply("Hi"), Changes(), STAMP, "op-1")


NOT_SENT = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError]
BROKEN = [
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.RemoteProtocolError,
]


@pytest.mark.parametrize("error", NOT_SENT)
def test_what_never_reached_the_server_is_offline(error: type[httpx.TransportError]) -> None:
    with pytest.raises(Offline):
        send(failing(error))
    with pytest.raises(Offline):
        failing(error).tickets_page()


@pytest.mark.parametrize("error", BROKEN)
def test_a_write_whose_connection_breaks_is_never_called_unsent(
    error: type[httpx.TransportError],
) -> None:
    with pytest.raises(Unclear):
        send(failing(error))
    # A read changes nothing on the server, so that both words lead to the same: asking again.
    with pytest.raises((Offline, Unclear)):
        failing(error).tickets_page()


STATUSES = [
    (302, Unclear),
    (403, NotAllowed),
    (404, NotFound),
    (408, Unclear),
    (429, RateLimited),
    (500, Unclear),
    (502, Unclear),
    (503, Unclear),
    (504, Unclear),
    *[(status, Rejected) for status in (400, 405, 410, 413, 415, 422)],
]


@pytest.mark.parametrize(("status", "error"), STATUSES)
def test_each_status_has_its_error(status: int, error: type[ZendeskError]) -> None:
    for call in (send, Zendesk.tickets_page):
        with pytest.raises(ZendeskError) as raised:
            call(told({}, status))
        assert type(raised.value) is error


def test_a_refused_sign_in_is_told_from_a_role_that_may_not() -> None:
    with pytest.raises(NotAllowed) as out:
        told({"error": "Couldn't authenticate you"}, 401).tickets_page()
    with pytest.raises(NotAllowed) as role:
        told({"error": {"title": "Forbidden", "message": "No access"}}, 403).tickets_page()
    assert out.value.signed_out
    assert not role.value.signed_out
    assert "No access" in role.value.say


def test_the_anonymous_user_counts_as_signed_out() -> None:
    with pytest.raises(NotAllowed) as raised:
        told({"user": {"id": None, "name": "Anonymous user"}}).me()
    assert raised.value.signed_out


@pytest.mark.parametrize(
    ("name", "says", "transient"),
    [
        ("UpdateConflict", "Safe Update prevented the update due to outdated data.", False),
        ("DatabaseConflict", "Database collision", True),
    ],
)
def test_a_database_collision_is_told_from_a_changed_ticket(
    name: str, says: str, transient: bool
) -> None:
    with pytest.raises(Conflict) as raised:
        send(told({"error": name, "description": says}, 409))
    assert raised.value.transient is transient


ENVELOPES = [
    ({"error": "RecordNotFound", "description": "No such status"}, "No such status"),
    ({"error": {"title": "Refused", "message": "No such status"}}, "No such status"),
    ({"errors": [{"code": "X", "title": "Odd", "detail": "No such status"}]}, "No such status"),
    (
        {
            "error": "RecordInvalid",
            "description": "Record validation errors",
            "details": {"status": [{"description": "Status: closed prevents ticket update"}]},
        },
        "Status: closed prevents ticket update",
    ),
]


@pytest.mark.parametrize(("envelope", "reason"), ENVELOPES)
def test_the_reason_is_found_in_every_error_envelope(envelope: object, reason: str) -> None:
    with pytest.raises(Rejected) as raised:
        send(told(envelope, 422))
    assert raised.value.reason == reason
    assert raised.value.status == 422


def test_a_reason_cannot_command_the_terminal() -> None:
    with pytest.raises(Rejected) as raised:
        send(told({"error": "X", "description": "\x1b]0;owned\x07"}, 422))
    assert "\x1b" not in raised.value.say


UNREADABLE = [
    b"",
    b"<html>Sign in</html>",
    b'{"ticket":',
    b"\xff\xfe",
    b"[" * 200_000,
    b"[]",
    b"null",
]


@pytest.mark.parametrize("body", UNREADABLE)
def test_an_unreadable_answer_leaves_a_write_unclear_and_a_read_misunderstood(body: bytes) -> None:
    with pytest.raises(Unclear):
        send(told(body))
    with pytest.raises(Misunderstood):
        told(body).tickets_page()


def test_an_update_without_its_audit_is_unclear() -> None:
    with pytest.raises(Unclear):
        send(told({"ticket": TICKET}))


def test_an_update_answered_with_a_ticket_of_no_moment_is_unclear() -> None:
    audit = {"id": 1, "created_at": STAMP}
    with pytest.raises(Unclear):
        send(told({"ticket": {**TICKET, "updated_at": None}, "audit": audit}))


def test_maintenance_with_a_wait_asks_to_wait() -> None:
    with pytest.raises(RateLimited) as raised:
        send(told("", 503, headers={"retry-after": "30"}))
    assert raised.value.retry_after == 30


def test_a_wait_given_as_a_date_counts_from_the_servers_clock() -> None:
    headers = {
        "retry-after": "Wed, 04 Mar 2026 11:00:45 GMT",
        "date": "Wed, 04 Mar 2026 11:00:00 GMT",
    }
    client = told("", 429, headers=headers)
    with pytest.raises(RateLimited) as raised:
        client.tickets_page()
    assert raised.value.retry_after == 45
    assert client.clock_offset == 3600


def test_a_network_that_wants_a_sign_in_is_told_from_zendesk() -> None:
    with pytest.raises(SignInPage, match="The network lets nothing through"):
        told({}, 511).tickets_page()
    with pytest.raises(Unclear):  # a write is looked for once the network lets it through
        send(told({}, 511))


def test_a_redirect_is_not_followed() -> None:
    asked = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return answer("", 302, headers={"location": "https://evil.example/api/v2/tickets"})

    with pytest.raises(Unclear):
        asking(handler).tickets_page()
    assert asked == ["acme.zendesk.com"]


def test_an_answer_that_drips_past_the_deadline_is_given_up() -> None:
    moments = iter(NOW + timedelta(seconds=10 * n) for n in range(100))

    def handler(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=iter([b" "] * 90))

    with pytest.raises(Unclear, match="too slowly"):
        asking(handler, clock=lambda: next(moments)).tickets_page()
    assert next(moments) < NOW + timedelta(seconds=100)


def test_a_path_that_role_or_plan_does_not_open_is_no() -> None:
    assert not told({"error": "Forbidden"}, 403).probe("incremental/tickets/cursor")
    assert not told({"error": "InvalidEndpoint"}, 404).probe("slas/policies")
    assert told({"sla_policies": []}).probe("slas/policies")
    with pytest.raises(NotAllowed):
        told("", 401).probe("slas/policies")
