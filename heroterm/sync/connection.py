"""How the way to the server stands: open, out of reach, told to wait, or refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from heroterm.errors import Offline as NotReached
from heroterm.errors import SignInLocked, SignInPage, Untrusted
from heroterm.sync.report import Offline, Online, Report, Trouble, Waiting
from heroterm.sync.rhythm import Backoff

CEILING = 60.0
"""Longest wait in seconds between two tries while the server is out of reach."""
_JITTER = 2.0
"""Seconds, at most, after a wait that was asked for: not every hero's first request at once."""


class Connection:
    """Says when the server may be asked, and tells each change once.

    `note` keeps what changed in the mirror's SyncState; `ticks` are monotonic seconds.
    """

    def __init__(
        self,
        tell: Callable[[Report], None],
        note: Callable[..., None],
        clock: Callable[[], datetime],
        ticks: Callable[[], float],
        chance: Callable[[], float],
    ) -> None:
        self._tell = tell
        self._note = note
        self._clock = clock
        self._ticks = ticks
        self._chance = chance
        self._backoff = Backoff(chance, ceiling=CEILING)
        self._since: datetime | None = None
        self._try_at = 0.0
        self._wait_until = 0.0
        self._refused = False
        self._answered = False
        self._told = ""

    @property
    def open(self) -> bool:
        """Whether the server may be asked now."""
        now = self._ticks()
        return not self._refused and now >= self._try_at and now >= self._wait_until

    def lost(self, error: NotReached | SignInPage | None = None) -> None:
        """Nothing reached the server; what a person alone can mend is told, too."""
        if isinstance(error, Untrusted | SignInLocked | SignInPage) and self._told != error.say:
            self._told = error.say
            self._note(trouble=str(error))
            self._tell(Trouble(error.say, error.remedy))
        if self._since is None:
            self._since = self._clock()
            self._note(offline_since=self._since)
        again_in = self._backoff.failed()
        self._try_at = self._ticks() + again_in
        self._answered = False
        self._tell(Offline(self._since.timestamp(), again_in))

    def answered(self) -> None:
        """The server answered."""
        if self._answered:
            return
        self._answered = True
        self._told = ""
        self._backoff.reset()
        if self._since is not None:
            self._since = None
            self._note(offline_since=None)
        self._tell(Online(self._clock().timestamp()))

    def asked_to_wait(self, what: str, seconds: float, short: str) -> None:
        """Zendesk wants fewer requests: nobody asks until then (faults.md 9)."""
        self._wait_until = self._ticks() + seconds + self._chance() * _JITTER
        self._tell(Waiting(what, seconds, whole=True, short=short))

    def refused(self, trouble: Trouble) -> None:
        """The sign-in was refused: said once, and nobody asks until told otherwise."""
        if not self._refused:
            self._refused = True
            self._note(trouble=f"{trouble.say} {trouble.remedy}".strip())
            self._tell(trouble)

    def try_now(self) -> None:
        """Somebody wants it now: the next try is at once. A wait that was asked for stays."""
        self._try_at = 0.0

    def try_again(self) -> None:
        """Like `try_now`, after a refused sign-in, too."""
        self._try_at = 0.0
        if self._refused:
            self._refused = False
            self._note(trouble="")
