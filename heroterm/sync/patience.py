"""Asks again when a read fails for a moment: for one whole pass, which has nothing else to do.

The carrier that stays needs none of this: its duties come round again by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from heroterm.errors import Misunderstood, Offline, RateLimited, Unclear, ZendeskError
from heroterm.sync.report import Report, Waiting
from heroterm.sync.rhythm import Backoff

TROUBLED = 20.0
"""Seconds that are waited in all for one request that fails."""
ASKED = 90.0
"""The longest single wait, in seconds, that a whole pass takes upon itself when it is told to."""
_ASKED_IN_ALL = 200.0
_CEILING = 8.0
_STRANGE = 2
"""Tries for an answer that is not Zendesk's: a sign-in page does not go away by waiting."""
_Given = ParamSpec("_Given")
_Told = TypeVar("_Told")


class Patience:
    """Repeats a call until it works or the waits are used up; then its error is raised.

    `wait` lets seconds pass. `tell` hears what each wait is for. `requests` counts what was asked
    so far: while nothing has been answered at all, being out of reach is believed soon.
    """

    def __init__(
        self,
        wait: Callable[[float], None],
        tell: Callable[[Report], None],
        chance: Callable[[], float],
        requests: Callable[[], int],
    ) -> None:
        self._wait = wait
        self._tell = tell
        self._chance = chance
        self._requests = requests
        self._reached = False

    def ask(
        self, call: Callable[_Given, _Told], *args: _Given.args, **named: _Given.kwargs
    ) -> _Told:
        """What the call returns. Raises its last ZendeskError."""
        backoff = Backoff(self._chance, ceiling=_CEILING)
        troubled = asked = 0.0
        while True:
            before = self._requests()
            try:
                told = call(*args, **named)
            except RateLimited as error:
                seconds = max(1.0, error.retry_after)
                asked += seconds
                if seconds > ASKED or asked > _ASKED_IN_ALL:
                    raise
                self._pass(error.say, seconds, error.short)
            except (Offline, Unclear, Misunderstood) as error:
                seconds = backoff.failed()
                troubled += seconds
                if troubled > TROUBLED or backoff.failures > self._tries(error):
                    raise
                self._pass(f"{error.say.rstrip('.')}; trying again.", seconds)
            else:
                self._reached = self._reached or self._requests() > before
                return told

    def _tries(self, error: ZendeskError) -> float:
        if isinstance(error, Misunderstood):
            return _STRANGE
        return 1 if isinstance(error, Offline) and not self._reached else float("inf")

    def _pass(self, what: str, seconds: float, short: str = "") -> None:
        self._tell(Waiting(what, seconds, whole=True, short=short))
        self._wait(seconds)
