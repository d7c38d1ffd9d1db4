from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from heroterm.errors import Misunderstood, RateLimited, Unclear
from heroterm.journal.lock import SenderLock
from heroterm.mirror.reader import Mirror
from heroterm.mirror.writer import MirrorWriter
from heroterm.sync import report
from heroterm.sync.carrier import Carrier
from heroterm.sync.pull import Pull
from heroterm.sync.report import Waiting
from tests.mirror.make import place
from tests.sync.desk import Desk
from tests.sync.model import Zendesk


class Pass:
    """One whole pass at a time; while it waits, time passes for the server, too."""

    def __init__(self, folder: Path, desk: Desk, server: Zendesk) -> None:
        self.server, self.waits = server, list[float]()
        self.told: list[report.Report] = []
        self.writer = MirrorWriter(folder / "mirror.db", place)
        self.mirror = Mirror(folder / "mirror.db")
        self.pull = Pull(server, self.writer, desk.clock)
        self.carrier = Carrier(
            self.pull, desk.push, lambda timeout: None, self.told.append, desk.clock,
            ticks=lambda: 0.0, chance=lambda: 0.5, journal=desk.journal, copy=self.writer,
            lock=SenderLock(folder / "journal.lock"), wait=self.wait,
        )  # fmt: skip

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.server.turn(seconds)

    def waited_for(self) -> list[str]:
        return [each.what for each in self.told if isinstance(each, Waiting)]


@pytest.fixture
def one(tmp_path: Path, desk: Desk, server: Zendesk) -> Iterator[Pass]:
    made = Pass(tmp_path / "data", desk, server)
    yield made
    made.mirror.close()
    made.writer.close()


@pytest.mark.parametrize("name", ["me", "tickets_page", "tickets", "comments", "groups"])
@pytest.mark.parametrize("fault", ["500", "timeout", "429", "offline", "html"])
def test_a_read_that_fails_for_a_moment_is_asked_again(one: Pass, name: str, fault: str) -> None:
    one.server.reads[name] = ["ok", fault] if name == "comments" else [fault]
    totals = one.carrier.once()
    assert (totals.tickets, totals.comments, totals.offline) == (2, 2, False)
    assert len(one.waits) == len(one.waited_for()) == 1
    assert one.waits == [30.0] if fault == "429" else one.waits[0] <= 2


def test_what_it_waits_for_is_told(one: Pass) -> None:
    one.server.reads["tickets_page"] = ["500", "429"]
    one.carrier.once()
    assert one.waited_for() == ["Zendesk answered 500; trying again.", "too many"]


def test_it_gives_up_after_twenty_seconds_with_the_error_as_it_was(one: Pass) -> None:
    one.server.reads["tickets_page"] = ["500"] * 50
    with pytest.raises(Unclear):
        one.carrier.once()
    assert 10 < sum(one.waits) <= 20


def test_a_sign_in_page_is_not_waited_away(one: Pass) -> None:
    one.server.reads["tickets_page"] = ["html"] * 50
    with pytest.raises(Misunderstood):
        one.carrier.once()
    assert len(one.waits) == 2


def test_a_server_that_always_says_wait_is_not_asked_for_ever(one: Pass) -> None:
    one.server.reads["tickets_page"] = ["429"] * 50
    with pytest.raises(RateLimited):
        one.carrier.once()
    assert sum(one.waits) <= 200


def test_out_of_reach_from_the_start_is_believed_after_one_more_try(one: Pass) -> None:
    one.server.down = True
    assert one.carrier.once().offline
    assert len(one.waits) == 1


def test_the_carrier_that_stays_does_not_wait_inside_a_piece_of_work(one: Pass) -> None:
    one.carrier.once()
    one.server.reads["tickets_page"] = ["500"]
    with pytest.raises(Unclear):
        list(one.pull.delta())
    assert one.waits == []
