"""One program of two over the same home, which may die before or after any step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from heroterm.errors import StoreError
from heroterm.journal.lock import SenderLock
from heroterm.sync.push import Push
from tests.sync.desk import Desk
from tests.sync.model import Zendesk

_CRASHING = ("begin", "settle", "fence", "postpone", "due", "put", "recall", "recall_group",
             "after_crash", "keep_uploads")  # fmt: skip
_ASKED = ("ticket", "audits", "comments", "update", "create", "search", "me", "upload", "person",
          "move_person", "organization", "write_organization")  # fmt: skip


class Crash(BaseException):
    """The process dies here; what was committed stays, everything else is gone."""


class Mortal:
    """Passes calls on, and sometimes dies before or after one."""

    def __init__(self, real: Any, names: tuple[str, ...], die: Callable[[str], None]) -> None:
        self._real, self._names, self._die = real, names, die

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if name not in self._names:
            return found

        def call(*words: Any, **named: Any) -> Any:
            self._die(f"before {name}")
            result = found(*words, **named)
            self._die(f"after {name}")
            return result

        return call


class Line(Mortal):
    """The way to the server: each answer tells how far this program's clock is off."""

    def __init__(self, program: Program, die: Callable[[str], None]) -> None:
        super().__init__(program.server, _ASKED, die)
        self._program = program
        self.clock_offset: float | None = None

    def __getattr__(self, name: str) -> Any:
        call = super().__getattr__(name)
        if name not in _ASKED:
            return call

        def heard(*words: Any, **named: Any) -> Any:
            try:
                return call(*words, **named)
            finally:
                if not self._program.server.down:
                    self.clock_offset = -self._program.desk.skew.total_seconds()

        return heard


class Program:
    """A screen and a carrier in one. Carries while it holds the lock; `between` is called where
    another program could have its turn.
    """

    def __init__(
        self,
        path: Path,
        server: Zendesk,
        die: Callable[[str], None],
        between: Callable[[Program, str], None],
    ) -> None:
        self.server = server
        self.desk = Desk(path, server)
        self._die, self._between = die, between
        self.lock = SenderLock(path.with_name("journal.lock"))
        self._recovered = False
        journal = self.desk.journal
        # The storm is about what is committed in which order, not about the disk.
        journal._db.row("PRAGMA synchronous = OFF")
        journal._db.run = Mortal(journal._db, ("run",), die).run  # type: ignore[method-assign]
        self.outbox = Mortal(journal.outbox, _CRASHING, die)
        journal.outbox = self.outbox  # type: ignore[assignment]
        self.desk.push = Push(Line(self, self._point), journal, self.desk.clock)

    def _point(self, point: str) -> None:
        self._die(point)
        self._between(self, point)

    def work(self, steps: int = 4) -> None:
        """Carry some, if no other program does."""
        if not self.lock.acquire():
            return
        try:
            if not self._recovered:
                self.outbox.after_crash()
                self._recovered = True
            for _ in range(steps):
                if self.desk.push.step() is None:
                    return
        except StoreError:
            self._recovered = False  # as the carrier does: who knows what was written

    def disk(self, *, takes: bool) -> None:
        """Whether the journal's disk takes anything."""
        self.desk.journal._db.row(f"PRAGMA query_only = {'OFF' if takes else 'ON'}")

    def hand_over(self) -> None:
        """End the carrying in good order, as a program does that is closed."""
        self.lock.release()
        self._recovered = False

    def die(self) -> None:
        """What the kernel does for a killed process: its lock and its files are free."""
        self.lock.release()
        self.desk.close()
