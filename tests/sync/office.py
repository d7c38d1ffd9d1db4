"""A carrier with all that it needs, whose naps let time pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from heroterm.journal.lock import SenderLock
from heroterm.mirror.reader import Mirror
from heroterm.mirror.writer import MirrorWriter
from heroterm.sync import report
from heroterm.sync.carrier import Carrier
from heroterm.sync.orders import Order, Stop
from heroterm.sync.periods import Periods
from heroterm.sync.pull import Pull
from heroterm.sync.report import (
    Pulled,
)
from tests.mirror.make import place
from tests.sync.desk import Desk
from tests.sync.model import Zendesk

Deed = Callable[[], Order | None]


class Office:
    """A carrier with everything that it needs. Whenever it naps, a second passes, and the next
    deed of the test's list happens.
    """

    def __init__(
        self, tmp_path: Path, desk: Desk, server: Zendesk, periods: Periods | None = None
    ) -> None:
        self.server, self.desk = server, desk
        self.writer = MirrorWriter(tmp_path / "data" / "mirror.db", place)
        self.mirror = Mirror(tmp_path / "data" / "mirror.db")
        self.told: list[report.Report] = []
        self.deeds: list[tuple[float, Deed]] = []
        self.lock = SenderLock(tmp_path / "data" / "journal.lock")
        self.start = server.now
        self.carrier = Carrier(
            Pull(server, self.writer, desk.clock),
            desk.push,
            self.orders,
            self.told.append,
            desk.clock,
            ticks=self.ticks,
            chance=lambda: 0.5,
            journal=desk.journal,
            copy=self.writer,
            lock=self.lock,
            mirror_version=self.mirror.version,
            periods=periods or Periods(),
        )

    def ticks(self) -> float:
        return (self.server.now - self.start).total_seconds()

    def orders(self, timeout: float) -> Order | None:
        if timeout:
            self.server.turn(timeout)
        if self.deeds and self.deeds[0][0] <= self.ticks():
            return self.deeds.pop(0)[1]()
        return None

    def run(self, seconds: float, *deeds: tuple[float, Deed]) -> list[report.Report]:
        """Let it carry for so many seconds, with deeds at their moments; what it told."""
        end = self.ticks() + seconds
        self.deeds = [*deeds, (end, Stop)]
        self.carrier._ended = False
        before = len(self.told)
        self.carrier.run()
        return self.told[before:]

    def close(self) -> None:
        self.lock.release()
        self.mirror.close()
        self.writer.close()


def of(kind: type[report.Report], told: list[report.Report]) -> list[report.Report]:
    return [each for each in told if isinstance(each, kind)]


def pulled(told: list[report.Report]) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.what, each.ticket_ids) for each in told if isinstance(each, Pulled)]
