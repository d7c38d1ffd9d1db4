"""When to try again, and when a thing is due: pure, with ticks and chance handed in."""

from __future__ import annotations

from collections.abc import Callable


class Backoff:
    """Full jitter between 1 s and a bound that doubles with each failure up to `ceiling`.

    `chance` gives numbers from 0 to below 1.
    """

    def __init__(self, chance: Callable[[], float], *, ceiling: float = 300.0) -> None:
        self._chance = chance
        self._ceiling = ceiling
        self.failures = 0

    def failed(self) -> float:
        """Count one failure; seconds to wait before the next try."""
        self.failures += 1
        bound = min(self._ceiling, 2.0 ** min(self.failures, 30))
        return 1.0 + self._chance() * (bound - 1.0)

    def reset(self) -> None:
        """It worked: the next failure is the first one again."""
        self.failures = 0


class Rhythm:
    """Whether a thing that is done every so many seconds is due; due at once in the beginning.

    `ticks` is a monotonic number of seconds.
    """

    def __init__(self, ticks: Callable[[], float], period: float) -> None:
        self._ticks = ticks
        self._period = period
        self._next = 0.0
        self._begun = False
        self._under_way = self._again = False

    @property
    def left(self) -> float:
        """Seconds until it is due; 0 when it is."""
        return max(0.0, self._next - self._ticks()) if self._begun else 0.0

    @property
    def due(self) -> bool:
        """Whether it is due now."""
        return self.left == 0.0

    def begin(self) -> None:
        """It is being done, in one piece or many: it may have looked already at what an order that
        comes from now on is about.
        """
        self._under_way = True

    def done(self, wait: float | None = None) -> None:
        """It was done; due again after its period, or after `wait` seconds, or at once where that
        was ordered since it began.
        """
        self._begun = wait is not None or not self._again
        self._under_way = self._again = False
        self._next = self._ticks() + (self._period if wait is None else wait)

    def now(self) -> None:
        """It is due at once; what is being done already is done once more behind that."""
        self._begun = False
        self._again = self._under_way
