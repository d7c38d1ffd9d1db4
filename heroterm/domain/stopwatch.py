"""One run of a reply clock: it runs, stands still, runs on, and ends; in work of a calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from heroterm.domain.calendar import Calendar
from heroterm.domain.ticket import SlaClock


@dataclass(slots=True)
class Run:
    """A clock from its start at `since`. Times are aware; `target` is work of `calendar`."""

    metric: str
    target: timedelta
    calendar: Calendar
    since: datetime
    paused: bool = False
    missed_at: datetime | None = None
    """When the target was missed, once that is known for sure."""
    _left: timedelta = field(init=False)

    def __post_init__(self) -> None:
        self._left = self.target

    def breach_at(self) -> datetime | None:
        """When the target is or was missed, if nothing stops the clock. None: it never will be."""
        if self.missed_at is not None or self.paused:
            return self.missed_at
        return self.calendar.after(self.since, self._left)

    def left(self, at: datetime) -> timedelta:
        """Work that is left at a moment; negative once the target is missed."""
        if self.paused:
            return self._left
        return self._left - self.calendar.between(self.since, at)

    def pause(self, at: datetime) -> None:
        """Stand still, unless it does already."""
        if not self.paused:
            due = self.breach_at()
            self._left = self.left(at)
            if due is not None and due < at:
                self.missed_at = due
            self.since, self.paused = at, True

    def resume(self, at: datetime) -> None:
        """Run on, unless it does already."""
        if self.paused:
            self.since, self.paused = at, False

    def clock(self) -> SlaClock:
        """As the desk shows a clock that has not ended."""
        return self._shown("paused" if self.paused else "active", self.missed_at is not None)

    def ended(self, at: datetime) -> SlaClock:
        """As the desk shows it after it ended at a moment."""
        due = self.breach_at()
        return self._shown("achieved", due is not None and due < at)

    def _shown(self, stage: str, late: bool) -> SlaClock:
        return SlaClock(
            self.metric,
            stage,
            self.breach_at(),
            target_seconds=int(self.target.total_seconds()),
            estimated=True,
            late=None if stage == "active" else late,
        )
