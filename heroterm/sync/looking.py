"""What looks over the hero's queue now and then: by mirror and journal alone, so also offline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from heroterm.domain.breach_warning import WarningRules
from heroterm.domain.view import Overlay, Row, View
from heroterm.journal.database import Journal
from heroterm.mirror.reader import Mirror

_MOST = 1_000


class Looking:
    """`view` gives the hero's queue, as far as its groups are known; `clock` is this machine's.
    `rules` may be put anew between two looks.
    """

    def __init__(
        self,
        journal: Journal,
        mirror: Mirror,
        view: Callable[[], View],
        rules: WarningRules,
        clock: Callable[[], datetime],
    ) -> None:
        self._journal, self._mirror = journal, mirror
        self._view, self.rules, self._clock = view, rules, clock

    def _offset(self) -> timedelta:
        """What is to be added to this machine's clock to get the server's."""
        return timedelta(seconds=self._mirror.state().clock_offset)

    def _rows(self) -> list[Row]:
        """The queue with the hero's own marks."""
        seen = Overlay(tier1=self._journal.marks.tier1())
        return self._mirror.queue(self._view(), seen, limit=_MOST)
