"""How far a pass over the server's tickets has come, kept in the mirror beside its rows.

Tickets come newest change first. A pass remembers the newest change that it began with (`top`);
once it is whole, that is the mark (`high`) down to which the next pass has to go.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from heroterm.domain.ticket import Page, Ticket

OVERLAP = timedelta(seconds=120)
"""How far below the mark a pass goes: changes of one second may come in any order (api.md §11)."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A pass. Moments in seconds since 1970, UTC; None: not known."""

    after: str | None = None
    """Cursor of the next page; None: begin at the newest."""
    top: float | None = None
    high: float | None = None

    @property
    def under_way(self) -> bool:
        """Whether a pass was begun and not ended."""
        return self.after is not None

    @property
    def mark(self) -> datetime | None:
        """The newest change that a whole pass has reached."""
        return datetime.fromtimestamp(self.high, UTC) if self.high is not None else None

    def onward(self, page: Page, floor: float | None) -> Walk:
        """The pass after this page; `floor` is how far down it has to go (None: to the end)."""
        top = self.top if self.top is not None else newest(page.tickets)
        if page.has_more and page.next_cursor is not None and not reached(page.tickets, floor):
            return replace(self, after=page.next_cursor, top=top)
        marks = [mark for mark in (top, self.high) if mark is not None]
        return Walk(high=max(marks, default=0.0))

    def anew(self) -> Walk:
        """The same mark, from the newest change again."""
        return Walk(high=self.high)


def newest(tickets: Sequence[Ticket]) -> float | None:
    """The newest change among tickets."""
    return max((ticket.updated_at.timestamp() for ticket in tickets), default=None)


def reached(tickets: Sequence[Ticket], floor: float | None) -> bool:
    """Whether a page has come below the floor and the overlap."""
    if floor is None or not tickets:
        return False
    return tickets[-1].updated_at.timestamp() < floor - OVERLAP.total_seconds()


def kept(text: str | None) -> Walk:
    """The walk that was kept; a fresh one where nothing usable was."""
    try:
        told = json.loads(text) if text else {}
        return Walk(told.get("after"), told.get("top"), told.get("high"))
    except (ValueError, AttributeError):
        return Walk()


def keep(walk: Walk) -> str:
    """The walk as the mirror keeps it."""
    return json.dumps(asdict(walk))
