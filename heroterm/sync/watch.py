"""One process carries at a time; the others watch, and take over when it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from heroterm.errors import StoreError
from heroterm.journal.lock import SenderLock
from heroterm.sync.report import Moved, Report, Standby, Trouble
from heroterm.sync.rhythm import Rhythm

_RETRY = 3.0


class Watch:
    """Whether this process holds the lock; while it does not, it tells what others wrote.

    `versions` change when another process wrote the journal or the mirror.
    """

    def __init__(
        self,
        lock: SenderLock,
        ticks: Callable[[], float],
        versions: Sequence[Callable[[], int]],
        tell: Callable[[Report], None],
    ) -> None:
        self._lock = lock
        self._versions = versions
        self._tell = tell
        self._rhythm = Rhythm(ticks, _RETRY)
        self._holds = False
        self._told: int | None = None
        self._seen: tuple[int, ...] | None = None

    def holding(self) -> bool:
        """Whether this process carries; tries to take over every few seconds."""
        if self._holds:
            return True
        try:
            if self._rhythm.due:
                self._rhythm.done()
                self._holds = self._lock.acquire()
                self._tell_holder()
            if not self._holds:
                self._tell_writes()
        except StoreError as error:
            self._rhythm.done(30.0)
            self._tell(Trouble(error.say, error.remedy))
        return self._holds

    def _tell_holder(self) -> None:
        if self._holds:
            return
        pid = self._lock.holder()
        if self._told is None or (pid or 0) != self._told:
            self._told = pid or 0
            self._tell(Standby(pid))

    def _tell_writes(self) -> None:
        seen = tuple(version() for version in self._versions)
        if self._seen is not None and seen != self._seen:
            self._tell(Moved())
        self._seen = seen
