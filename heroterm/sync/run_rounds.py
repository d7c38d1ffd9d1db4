"""When the carrier looks at the playbooks under way: after something stirred, and by the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from heroterm.sync.report import Report

RUNS = 5.0
"""Seconds between two looks whether anything has stirred."""
_ROUNDS_WITHOUT = 12
"""After so many quiet looks the playbooks are looked at all the same: waits end by the clock."""


def _nobody(stirred: bool) -> Sequence[Report]:
    return ()


class RunRounds:
    """`keep` looks at the runs; it is told whether tickets came in since the last time."""

    def __init__(self, tell: Callable[[Report], None]) -> None:
        self.keep: Callable[[bool], Sequence[Report]] = _nobody
        self._tell = tell
        self._stirred = True
        self._quiet = 0

    def stir(self) -> None:
        """Something came in or went out."""
        self._stirred = True

    def look(self) -> bool:
        """Look at the runs if there is reason to; the round is over each time."""
        self._quiet += 1
        if self._stirred or self._quiet >= _ROUNDS_WITHOUT:
            stirred, self._stirred, self._quiet = self._stirred, False, 0
            for told in self.keep(stirred):
                self._tell(told)
        return True
