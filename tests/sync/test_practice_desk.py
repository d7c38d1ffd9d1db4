"""The carrier against the practice desk: the real client, the real mirror, the real journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from heroterm.domain.outbox import Changes, Intent, InternalNote, PublicReply
from heroterm.domain.view import Overlay, View
from heroterm.journal.database import open_journal
from heroterm.journal.lock import SenderLock
from heroterm.mirror.reader import Mirror
from heroterm.mirror.writer import MirrorWriter
from heroterm.sandbox.customers import say
from heroterm.sandbox.faults import Cut
from heroterm.sync import history, report
from heroterm.sync.carrier import Carrier
from heroterm.sync.pull import Pull
from heroterm.sync.push import Push
from heroterm.zendesk.auth import Token
from heroterm.zendesk.client import Zendesk
from tests.conftest import NOW
from tests.mirror.make import place


class Line(httpx.BaseTransport):
    """The way to the desk in memory; what the desk cuts, a client sees as a broken connection."""

    def __init__(self, app: Any) -> None:
        self._real = httpx.WSGITransport(app=app)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return self._real.handle_request(request)
        except Cut as cut:
            if str(cut) == "refused":
                raise httpx.ConnectError("refused", request=request) from cut
            raise httpx.ReadError("connection reset", request=request) from cut


class Shift:
    """A practice shift in memory and a desk beside it; `turn` moves both clocks."""

    def __init__(self, sandbox: Any, folder: Path) -> None:
        self.sandbox = sandbox
        self.now = NOW
        self.wire = Zendesk(
            "http://127.0.0.1:9", Token(sandbox.email, sandbox.token), clock=self.clock,
            transport=Line(sandbox.app),
        )  # fmt: skip
        self.writer = MirrorWriter(folder / "mirror.db", place)
        self.mirror = Mirror(folder / "mirror.db")
        self.journal = open_journal(folder / "journal.db", clock=self.clock)
        self.pull = Pull(self.wire, self.writer, self.clock)
        self.push = Push(self.wire, self.journal, self.clock)
        self.told: list[report.Report] = []
        self.carrier = Carrier(
            self.pull, self.push, lambda timeout: None, self.told.append, self.clock,
            ticks=lambda: (self.now - NOW).total_seconds(), chance=lambda: 0.5,
            journal=self.journal, copy=self.writer, lock=SenderLock(folder / "journal.lock"),
        )  # fmt: skip

    def clock(self) -> datetime:
        return self.now

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.sandbox.world.clock.advance(seconds)

    def intent(self, name: str, ticket_id: int, **values: Any) -> Intent:
        ticket = self.mirror.ticket(ticket_id)
        assert ticket is not None
        comments = self.mirror.thread(ticket_id).comments
        made = Intent(
            name, ticket_id, self.now, self.now, PublicReply("Dear Ada, it is fixed."),
            Changes(status="pending", add_tags=("fixed",)), ticket.updated_stamp,
            comments[-1].id, "queued",
        )  # fmt: skip
        return replace(made, **values)

    def arrived(self, name: str) -> int:
        threads = [self.sandbox.world.thread(t) for t in self.sandbox.world.tickets.values()]
        every = [audit for thread in threads for audit in thread.audits]
        return sum(audit.custom.get("heroterm_op") == name for audit in every)

    def fault(self, match: str, do: str, **more: Any) -> None:
        self.sandbox.app.faults.replace([{"match": match, "do": do, "times": 1, **more}])

    def some_ticket(self) -> int:
        rows = self.mirror.queue(View(), Overlay(), limit=100)
        return next(row.id for row in rows if row.section == 0 and row.assignee_id is not None)

    def close(self) -> None:
        self.wire.close()
        self.mirror.close()
        self.writer.close()
        self.journal.close()


@pytest.fixture
def shift(sandbox_wsgi: Any, tmp_path: Path) -> Iterator[Shift]:
    made = Shift(sandbox_wsgi, tmp_path)
    made.carrier.once()
    made.turn(10)
    yield made
    made.close()


def test_a_pass_mirrors_the_whole_shift(shift: Shift) -> None:
    world = shift.sandbox.world
    state = shift.mirror.state()
    assert state.first_fill_done and state.tickets == len(world.tickets)
    unsolved = {t.id for t in world.tickets.values() if t.status not in ("solved", "closed")}
    rows = shift.mirror.queue(View(), Overlay(), limit=200)
    assert {row.id for row in rows} == unsolved
    assert all(shift.mirror.thread(row.id).complete for row in rows)
    assert state.user_name and shift.mirror.macros() and shift.mirror.groups()
    assert shift.wire.warnings == []


def test_a_reply_reaches_the_desk_once_and_comes_back(shift: Shift) -> None:
    ticket_id = shift.some_ticket()
    shift.journal.outbox.put(shift.intent("a", ticket_id))
    totals = shift.carrier.once()
    assert (totals.sent, shift.arrived("a")) == (1, 1)
    ticket = shift.mirror.ticket(ticket_id)
    assert ticket is not None and ticket.status == "pending" and "fixed" in ticket.tags
    newest = shift.mirror.thread(ticket_id).comments[-1]
    assert newest.body == "Dear Ada, it is fixed." and newest.public
    done = shift.journal.outbox.get("a")
    assert done is not None and done.comment_id == newest.id
    assert shift.wire.warnings == []


@pytest.mark.parametrize(
    ("fault", "more"),
    [("drop-after", {}), ("html", {}), ("status", {"status": 500}), ("drop-before", {})],
)
def test_an_answer_that_got_lost_costs_nothing_twice(
    shift: Shift, fault: str, more: dict[str, Any]
) -> None:
    ticket_id = shift.some_ticket()
    shift.journal.outbox.put(shift.intent("a", ticket_id, comment=InternalNote("see logs")))
    shift.fault("PUT /api/v2/tickets/*", fault, **more)
    for _ in range(40):
        for told in shift.push.steps():
            assert not isinstance(told, report.Offline)
        shift.turn(5)
    found = shift.journal.outbox.get("a")
    assert found is not None and (found.state, shift.arrived("a")) == ("sent", 1)


def test_a_customer_who_wrote_meanwhile_stops_the_reply(shift: Shift) -> None:
    ticket_id = shift.some_ticket()
    shift.journal.outbox.put(shift.intent("a", ticket_id))
    say(shift.sandbox.world, shift.sandbox.world.tickets[ticket_id], "requester", "One more thing")
    shift.turn(10)
    list(shift.push.steps())
    found = shift.journal.outbox.get("a")
    assert found is not None and (found.state, shift.arrived("a")) == ("needs_you", 0)
    assert " wrote at " in found.why
    shift.journal.outbox.again("a", overrides=["collision"])
    list(shift.push.steps())
    assert shift.arrived("a") == 1


def test_every_unsolved_ticket_has_a_history_that_is_fresh(shift: Shift) -> None:
    for row in shift.mirror.queue(View(), Overlay(), limit=200):
        ticket = shift.wire.ticket(row.id)
        past = history.read(shift.wire, shift.intent("a", row.id))
        assert past.fresh(ticket.updated_at), f"#{row.id}"


def test_in_quiet_times_a_delta_is_one_request(shift: Shift) -> None:
    shift.turn(3_600)
    asked = shift.wire.requests
    list(shift.pull.delta())
    assert shift.wire.requests - asked <= 2


def test_on_the_train_it_waits_and_at_the_station_it_goes(shift: Shift) -> None:
    shift.journal.outbox.put(shift.intent("a", shift.some_ticket()))
    shift.sandbox.app.faults.replace([{"match": "* /api/*", "do": "refuse"}])
    totals = shift.carrier.once()
    assert totals.offline and shift.mirror.state().offline_since is not None
    shift.sandbox.app.faults.replace([])
    assert shift.carrier.once().sent == 1
    assert shift.arrived("a") == 1 and shift.mirror.state().offline_since is None
