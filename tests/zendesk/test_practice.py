"""The wire against the practice desk: what a hero's day asks, in memory and by socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from heroterm.domain.outbox import Changes, InternalNote, PublicReply
from heroterm.errors import Conflict, NotAllowed, NotFound, Offline, RateLimited, Rejected, Unclear
from heroterm.sandbox import server, shift
from heroterm.sandbox.shift import Sandbox
from heroterm.zendesk.auth import Token
from heroterm.zendesk.client import Zendesk
from tests.conftest import NOW


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def practice(clock: Clock) -> Sandbox:
    return shift.build(seed=1, tickets=60, clock=NOW, now=clock)


def signed_in(desk: Sandbox, clock: Callable[[], datetime], token: str = "") -> Zendesk:
    return Zendesk(
        "http://127.0.0.1",
        Token(desk.email, token or desk.token),
        clock=clock,
        transport=httpx.WSGITransport(desk.app),
    )


@pytest.fixture
def client(practice: Sandbox, clock: Clock) -> Iterator[Zendesk]:
    made = signed_in(practice, clock)
    yield made
    made.close()
    assert made.warnings == [], "Zendesk did not take some of our keys"


def open_ticket(client: Zendesk) -> Any:
    """An open ticket that nobody touched just now."""
    found = (each for each in client.tickets_page().tickets if each.status == "open")
    return next(each for each in found if each.updated_at < NOW - timedelta(minutes=5))


def fault(desk: Sandbox, **rule: Any) -> None:
    desk.app.control.faults.replace([rule])


def test_the_hero_is_known_by_name_role_and_groups(client: Zendesk, practice: Sandbox) -> None:
    me = client.me()
    assert (me.id, me.email, me.role, me.light) == (
        practice.world.hero.id,
        practice.email,
        "agent",
        False,
    )
    groups = {group.id for group in client.groups()}
    assert set(client.my_groups(me.id)) <= groups
    assert client.my_groups(me.id)


def test_a_wrong_token_is_signed_out(practice: Sandbox, clock: Clock) -> None:
    client = signed_in(practice, clock, token="wrong")
    with pytest.raises(NotAllowed) as raised:
        client.me()
    assert raised.value.signed_out
    client.close()


def test_every_ticket_arrives_newest_first_with_its_people(client: Zendesk) -> None:
    page = client.tickets_page()
    moments = [ticket.updated_at for ticket in page.tickets]
    assert len(page.tickets) > 40
    assert page.refused == ()
    assert moments == sorted(moments, reverse=True)
    people = {person.id for person in page.people}
    assert {ticket.requester_id for ticket in page.tickets} <= people
    assert any(ticket.slas for ticket in page.tickets)
    assert all(ticket.comment_count is not None for ticket in page.tickets)
    assert page.organizations
    assert page.groups


def test_tickets_by_number_leave_out_what_is_not_there(client: Zendesk) -> None:
    known = client.tickets_page().tickets[0]
    page = client.tickets([known.id, 999_999_999])
    assert [ticket.id for ticket in page.tickets] == [known.id]
    assert client.ticket(known.id).updated_stamp == known.updated_stamp
    with pytest.raises(NotFound):
        client.ticket(999_999_999)


def test_a_thread_is_read_to_its_first_comment(client: Zendesk) -> None:
    ticket = max(client.tickets_page().tickets, key=lambda each: each.comment_count or 0)
    page = client.comments(ticket.id)
    moments = [comment.created_at for comment in page.comments]
    assert len(page.comments) == ticket.comment_count
    assert moments == sorted(moments, reverse=True)
    assert {c.author_id for c in page.comments} <= {person.id for person in page.people}


def test_macros_and_views_are_read_and_a_view_is_a_queue(client: Zendesk) -> None:
    macros = client.macros()
    assert macros and all(macro.title and macro.actions for macro in macros)
    views = client.views()
    assert client.view_page(views[0].id).refused == ()


def test_search_gives_tickets(client: Zendesk) -> None:
    found = client.search("status<solved", 5)
    assert 0 < len(found) <= 5


def test_a_plain_agent_is_not_let_into_exports(client: Zendesk) -> None:
    assert not client.probe("incremental/tickets/cursor.json?start_time=1")
    assert client.probe("users/me")


@pytest.mark.parametrize(("kind", "public"), [(PublicReply, True), (InternalNote, False)])
def test_a_comment_lands_as_what_it_is_with_its_marker(
    client: Zendesk, practice: Sandbox, kind: type[PublicReply | InternalNote], public: bool
) -> None:
    ticket = open_ticket(client)
    changes = Changes(status="pending", add_tags=("tried",))
    updated = client.update(ticket.id, kind("Looking."), changes, ticket.updated_stamp, "op-1")
    assert updated.audit is not None
    assert updated.audit.marker == "op-1"
    assert [said for _, said in updated.audit.comments] == [public]
    assert (updated.ticket.status, "tried" in updated.ticket.tags) == ("pending", True)
    newest = practice.world.thread(practice.world.tickets[ticket.id]).comments[-1]
    assert (newest.body, newest.public) == ("Looking.", public)
    audits = client.audits(ticket.id).audits
    assert audits[0].marker == "op-1"
    assert audits[0].created_at >= audits[-1].created_at


def test_a_stale_stamp_is_a_conflict_and_changes_nothing(client: Zendesk) -> None:
    ticket = open_ticket(client)
    with pytest.raises(Conflict) as raised:
        client.update(ticket.id, PublicReply("x"), Changes(), "2020-01-01T00:00:00Z", "op-1")
    assert not raised.value.transient
    assert client.ticket(ticket.id).updated_stamp == ticket.updated_stamp


def test_a_closed_ticket_refuses_with_its_reason(client: Zendesk) -> None:
    closed = next(each for each in client.tickets_page().tickets if each.status == "closed")
    with pytest.raises(Rejected, match="closed"):
        client.update(closed.id, PublicReply("x"), Changes(), closed.updated_stamp, "op-1")


def test_a_sign_in_page_of_a_network_leaves_a_write_unclear(
    client: Zendesk, practice: Sandbox
) -> None:
    ticket = open_ticket(client)
    fault(practice, match="PUT *", do="html")
    with pytest.raises(Unclear):
        client.update(ticket.id, PublicReply("x"), Changes(), ticket.updated_stamp, "op-1")
    assert "op-1" not in [audit.marker for audit in client.audits(ticket.id).audits]


def test_a_wish_to_wait_is_heard(client: Zendesk, practice: Sandbox) -> None:
    fault(practice, match="GET *", do="status", status=429, retry_after="7")
    with pytest.raises(RateLimited) as raised:
        client.tickets_page()
    assert raised.value.retry_after == 7
    assert client.limits.budgets == {}, "no header told of any"


@pytest.fixture
def running(practice: Sandbox) -> Iterator[server.Running]:
    started = server.start(practice, port=0)
    yield started
    started.stop()


@pytest.mark.parametrize("lost", ["drop-after", "truncate"])
def test_a_lost_answer_is_unclear_and_the_marker_tells_that_it_arrived(
    running: server.Running, practice: Sandbox, clock: Clock, lost: str
) -> None:
    client = Zendesk(running.url, Token(practice.email, practice.token), clock=clock)
    ticket = open_ticket(client)
    fault(practice, match="PUT *", do=lost)
    with pytest.raises(Unclear):
        client.update(ticket.id, PublicReply("x"), Changes(), ticket.updated_stamp, "op-1")
    assert client.audits(ticket.id).audits[0].marker == "op-1"
    client.close()


def test_a_proxy_of_the_environment_is_not_asked_about_loopback(
    running: server.Running, practice: Sandbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Port 9 answers nobody: asked as a proxy, it would make every call fail.
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    client = Zendesk(running.url, Token(practice.email, practice.token), clock=clock)
    assert client.me().email == practice.email
    client.close()


def test_a_desk_that_is_closed_is_offline(practice: Sandbox, clock: Clock) -> None:
    started = server.start(practice, port=0)
    started.stop()
    client = Zendesk(started.url, Token(practice.email, practice.token), clock=clock)
    with pytest.raises(Offline):
        client.tickets_page()
    client.close()
