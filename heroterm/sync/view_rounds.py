"""The team's saved views, one a piece; one that is not shown any more is told and noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from heroterm.sync.pull import Pull
from heroterm.sync.report import Pulled, Report, Trouble


class ViewRounds:
    """Brings the views whose turn it is. Raises ZendeskError and StoreError."""

    def __init__(
        self, pull: Pull, tell: Callable[[Report], None], note: Callable[..., None]
    ) -> None:
        self._pull = pull
        self._tell = tell
        self._note = note
        self._round: Iterator[Pulled | Trouble] | None = None

    def piece(self) -> bool:
        """Bring the tickets of one saved view; True when the round is over."""
        if self._round is None:
            self._round = self._pull.members()
        told = next(self._round, None)
        if told is None:
            self._round = None
            return True
        self.told(told)
        return False

    def told(self, told: Pulled | Trouble) -> None:
        """Tell about a saved view."""
        self._tell(told)
        if isinstance(told, Trouble):
            self._note(trouble=f"{told.say} {told.remedy}")

    def follow(self, view_ids: Sequence[int]) -> None:
        """The queues are others now: the next round begins anew, with these."""
        self.break_off()
        self._pull.follow(view_ids)

    def break_off(self) -> None:
        """Something failed: the next round begins anew."""
        self._round = None
