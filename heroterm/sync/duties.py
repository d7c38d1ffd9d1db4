"""What the carrier does again and again, each in small pieces and at its own pace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from heroterm.sync.rhythm import Backoff, Rhythm


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do. `act` does a piece of it and says whether the round is over."""

    name: str
    """What it brings, in words for a person."""
    rhythm: Rhythm
    act: Callable[[], bool]
    backoff: Backoff
    may: Callable[[], bool] = lambda: True
    """Whether there is any sense in it now."""

    def piece(self) -> None:
        """Do a piece; after the last one of a round it is due again in its rhythm, or at once where
        that was ordered while the round went on.
        """
        self.rhythm.begin()
        if self.act():
            self.rhythm.done()
        self.backoff.reset()

    def failed(self, at_least: float = 0.0) -> float:
        """It did not work: the seconds until it is tried again, longer each time."""
        wait = max(at_least, self.backoff.failed())
        self.rhythm.done(wait)
        return wait


def first_due(duties: Sequence[Duty]) -> Duty | None:
    """The most important duty that is due; they stand in the order of their importance."""
    return next((duty for duty in duties if duty.rhythm.due and duty.may()), None)
