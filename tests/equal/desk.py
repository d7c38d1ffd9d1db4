"""A practice desk in memory and a carrier beside it, both on one clock that is turned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import httpx

from heroterm.journal.database import open_journal
from heroterm.journal.lock import SenderLock
from heroterm.mirror.reader import Mirror
from heroterm.mirror.writer import MirrorWriter
from heroterm.sandbox import shift
from heroterm.sandbox.happenings import change_some
from heroterm.sync.carrier import Carrier
from heroterm.sync.orders import Order
from heroterm.sync.periods import Periods
from heroterm.sync.pull import Pull
from heroterm.sync.push import Push
from heroterm.sync.report import Report, Waiting
from heroterm.zendesk.auth import Token
from heroterm.zendesk.client import Zendesk
from tests.conftest import NOW
from tests.mirror.make import place
from tests.sync.test_practice_desk import Line

FAULTS: tuple[dict[str, Any], ...] = (
    {"match": "GET /api/*", "do": "status", "status": 500, "times": 3},
    {"match": "GET /api/v2/tickets*", "do": "status", "status": 503, "times": 2},
    {"match": "GET /api/*", "do": "status", "status": 429, "retry_after": "7", "times": 1},
    {"match": "GET /api/*", "do": "drop-before", "times": 2},
    {"match": "GET /api/v2/tickets*", "do": "drop-after", "times": 3},
    {"match": "GET /api/v2/tickets/*", "do": "html", "times": 1},
    {"match": "* /api/*", "do": "refuse", "times": 4},
    {"match": "GET /api/v2/incremental/*", "do": "status", "status": 504, "times": 2},
)


class Interrupted(Line):
    """The same way, on which things happen right behind an answer, in the very second of it."""

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self.behind: Callable[[str], None] = lambda path: None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        self.behind(request.url.path)
        return answer


class Desk:
    """`work` lets time pass while the carrier carries; `happen` lets things happen meanwhile."""

    def __init__(self, folder: Path, *, role: str, seed: int = 1, tickets: int = 250) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.now, self.until = folder, NOW, NOW
        self.told: list[Report] = []
        self.sandbox = shift.build(
            seed=seed, tickets=tickets, role=role, clock=NOW, now=lambda: NOW
        )
        self.line = Interrupted(self.sandbox.app)
        self._open()

    def _open(self) -> None:
        folder = self.folder
        self.wire = Zendesk(
            "http://127.0.0.1:9", Token(self.sandbox.email, self.sandbox.token),
            clock=self.clock, transport=self.line, share=0.5,
        )  # fmt: skip
        self.writer = MirrorWriter(folder / "mirror.db", place)
        self.mirror = Mirror(folder / "mirror.db")
        self.journal = open_journal(folder / "journal.db", clock=self.clock)
        self.pull = Pull(self.wire, self.writer, self.clock)
        self.carrier = Carrier(
            self.pull, Push(self.wire, self.journal, self.clock), self._nap, self.told.append,
            self.clock, ticks=lambda: (self.now - NOW).total_seconds(),
            chance=Random(self.sandbox.seed).random, journal=self.journal, copy=self.writer,
            lock=SenderLock(folder / "journal.lock"), stopping=lambda: self.now >= self.until,
            wait=self.turn, periods=Periods(keep_days=36_500),
        )  # fmt: skip

    def clock(self) -> datetime:
        return self.now

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.sandbox.world.clock.advance(seconds)

    def _nap(self, timeout: float) -> Order | None:
        if timeout:
            self.turn(timeout)
        return None

    def work(self, seconds: float) -> None:
        """Let the carrier that stays carry for so many seconds."""
        self.until = self.now + timedelta(seconds=seconds)
        self.carrier.run()

    def restart(self) -> None:
        """The process ended and another began, on the same files."""
        self.close()
        self._open()

    def happen(self, count: int, seed: int, over: float = 0.0) -> None:
        """Let things happen on the desk, over so many seconds."""
        change_some(self.sandbox.world, count, seed, over)
        self.now += timedelta(seconds=over)

    def fault(self, *rules: dict[str, Any]) -> None:
        """Put these faults in force, and no others."""
        self.sandbox.app.faults.replace(list(rules))

    def calm(self) -> None:
        """No more faults and nothing new, for as long as the slowest rhythm of freshness."""
        self.fault()
        self.work(400)

    def sweep(self) -> float:
        """Let the carrier go on, as idle as it is, until it has every solved ticket's words, too;
        the seconds that it took.
        """
        began = self.now
        while self.writer.older_threads(1, since=NOW - timedelta(days=36_500)):
            assert self.now - began < timedelta(days=2), "it never comes to an end"
            self.work(600)
        return (self.now - began).total_seconds()

    def waits(self) -> set[str]:
        """What the carrier said that it waited for."""
        return {each.what for each in self.told if isinstance(each, Waiting)}

    def close(self) -> None:
        self.wire.close()
        self.mirror.close()
        self.writer.close()
        self.journal.close()
