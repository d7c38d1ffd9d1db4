"""Who is signed in and what they may do, asked again and again, and the labels that go with it."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.errors import NotAllowed, ZendeskError
from heroterm.sync.duties import Duty
from heroterm.sync.periods import Periods
from heroterm.sync.pull import Pull
from heroterm.sync.report import Pulled, Report

_Make = Callable[[str, float, Callable[[], bool], Callable[[], bool]], Duty]


class SeatRounds:
    """A right that an admin gives or takes is noticed within `Periods.seat`; one that was refused
    a moment ago, at once.
    """

    def __init__(self, pull: Pull, tell: Callable[[Report], None]) -> None:
        self._pull = pull
        self._tell = tell
        self._soon: Callable[[], None] = lambda: None
        self._labels_soon: Callable[[], None] = lambda: None

    def duties(self, make: _Make, each: Periods) -> tuple[Duty, Duty]:
        """The two things to do; `make` gives a duty its rhythm."""
        seat = make("rights", each.seat, self.look, lambda: self._pull.begun)
        labels = make("labels", each.reference, self.labels, lambda: self._pull.begun)
        self._soon, self._labels_soon = seat.rhythm.now, labels.rhythm.now
        return seat, labels

    def look(self) -> bool:
        """Ask who is signed in; another strategy brings its own labels and SLA policies at once."""
        before = self._pull.strategy
        self._pull.probe()
        if self._pull.strategy != before:
            self._labels_soon()
        self._tell(Pulled("rights"))
        return True

    def labels(self) -> bool:
        """Groups, macros, views, labels, and where SLA targets come from."""
        self._pull.reference()
        self._tell(Pulled("reference"))
        return True

    def soon(self) -> None:
        """A write was forbidden: the role may have changed."""
        self._soon()

    def refused(self, duty: Duty, error: ZendeskError) -> None:
        """A read failed; where the role forbade it, it is asked again what the role is."""
        if isinstance(error, NotAllowed) and duty.act != self.look:
            self._soon()
