"""What stands on which line of the queue: parts with headings, rows read by the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from heroterm.domain.freshness import freshness
from heroterm.domain.view import QueueCounts, Row, View
from heroterm.tui.reading import Reading

if TYPE_CHECKING:
    from heroterm.domain.lifecycle import LifecycleNumbers
    from heroterm.domain.outbox import Intent
    from heroterm.domain.watches import Block

PAGE = 100
_COMPARED = 3
"""Pages that are looked at for what is new; beyond them only the number of rows tells."""


class QueueRows:
    """A window onto one queue. Its usual rows are read when they come into sight; the few in the
    blocks below them are all there.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._view = self._main = View()
        self._pages: dict[int, list[Row]] = {}
        self._blocks: list[Block] = []
        self.numbers: LifecycleNumbers | None = None
        """When Zendesk acts by itself, for the blocks; None: as Zendesk does."""
        self.counts = QueueCounts()
        self.sight: int | None = None
        """How many lines can be seen at most, where nobody scrolls; None: any of them."""
        self._usual = 0
        self._sections: list[tuple[int, str]] = []
        self._back: list[int] = []
        self._were: dict[int, int | None] = {}
        """Where the tickets of what was taken back stood before this reading, if they were seen."""
        self.estimated = False
        """Whether the clock of any row in sight was worked out here."""
        self.oldest: datetime | None = None
        """When the server was last asked about the row in sight that it was asked about first."""

    def read(self, view: View) -> None:
        """Look at a queue anew. Raises StoreError when the mirror fails."""
        self._view = view
        self._were = {ticket_id: self._shown_rank(ticket_id) for ticket_id in self._back}
        self._pages.clear()
        self.oldest, self.estimated = None, False
        self.counts = self._reading.counts(view)
        self._blocks = self._below(view)
        self._main, pending, hold = view, self.counts.pending, self.counts.hold
        if self._blocks:
            apart = [row for block in self._blocks for row in block.rows]
            self._main = replace(view, but=tuple(row.id for row in apart))
            pending -= sum(row.section == 1 for row in apart)
            hold -= sum(row.section == 2 for row in apart)
        self._usual = self.counts.to_answer + pending + hold
        self._sections = _sections(self.counts.to_answer, pending, hold, self._blocks)

    def _below(self, view: View) -> list[Block]:
        if not self.counts.pending + self.counts.hold:
            return []
        if self.sight is not None and self.counts.to_answer >= self.sight:
            return []  # the first paint mostly does without what is below
        from heroterm.tui.panes.queue_blocks import blocks

        return blocks(self._reading, view, self.numbers)

    def clear(self) -> None:
        """Show nothing."""
        self._pages.clear()
        self.counts, self._sections, self._blocks, self._usual = QueueCounts(), [], [], 0

    @property
    def total(self) -> int:
        """How many tickets there are."""
        return self._usual + sum(len(block.rows) for block in self._blocks)

    @property
    def lines(self) -> int:
        """How many lines they take, headings included."""
        return self.total + sum(1 for _, heading in self._sections if heading)

    def heading(self, y: int) -> str:
        """The heading on line `y`; empty where a row stands."""
        return next((word for start, word in self._sections if word and start == y), "")

    def rank_of(self, y: int) -> int | None:
        """Place in the queue of the row on line `y`; None for a heading."""
        if self.heading(y):
            return None
        return y - sum(1 for start, word in self._sections if word and y > start)

    def line_of(self, rank: int) -> int:
        """Line on which the row of a rank stands."""
        for start, word in self._sections:
            if word and rank + 1 > start:
                rank += 1
        return rank

    def rank(self, ticket_id: int) -> int | None:
        """Place in the queue of a ticket; None when it is not in this queue."""
        at = self._usual
        for block in self._blocks:
            for row in block.rows:
                if row.id == ticket_id:
                    return at
                at += 1
        return self._reading.position(self._main, ticket_id)

    def taken_back(self, intents: Iterable[Intent]) -> None:
        """The hero took these back: tickets that they had moved are no news at the next reading."""
        self._back = [intent.ticket_id for intent in intents if intent.changes.status is not None]

    def came(self, before: int, now: int) -> int:
        """How many rows came in above one whose rank was `before`; less, where some left. Those
        whose change the hero took back do not count, whichever way they went.
        """
        moved = 0
        for ticket_id in self._back:
            was, stands = self._were.get(ticket_id), self.rank(ticket_id)
            above = was is not None and was < before
            moved += (stands is not None and stands < now) - above
        self._back = []
        return now - before - moved

    def _shown_rank(self, ticket_id: int) -> int | None:
        """The rank of a ticket among the rows that were read; None for one that was not."""
        for page, rows in self._pages.items():
            for offset, row in enumerate(rows):
                if row.id == ticket_id:
                    return page * PAGE + offset
        below = [row.id for block in self._blocks for row in block.rows]
        return self._usual + below.index(ticket_id) if ticket_id in below else None

    def row_at(self, y: int) -> Row | None:
        """The row on line `y`, read on demand."""
        rank = self.rank_of(y)
        if rank is None:
            return None
        if rank >= self._usual:
            return self._in_blocks(rank - self._usual)
        page, offset = divmod(rank, PAGE)
        if page not in self._pages:
            self._pages[page] = self._page(page)
            asked = [row.fetched_at for row in self._pages[page]]
            self.estimated |= any(row.estimated for row in self._pages[page])
            self.oldest = min(asked + ([self.oldest] if self.oldest else []), default=None)
        rows = self._pages[page]
        return rows[offset] if offset < len(rows) else None

    def _page(self, page: int) -> list[Row]:
        return self._reading.queue(self._main, page * PAGE, PAGE)

    def late(self, now: datetime, promise: timedelta) -> bool:
        """Whether any row that was in sight is older than its promise: ages need their room."""
        return self.oldest is not None and freshness(self.oldest, now, promise) != "fresh"

    def _in_blocks(self, at: int) -> Row | None:
        rows = [row for block in self._blocks for row in block.rows]
        return rows[at] if at < len(rows) else None

    def due(self, ticket_id: int) -> str:
        """What stands in the column of time of a row in a block; "" for any other row."""
        return next((b.due[ticket_id] for b in self._blocks if ticket_id in b.due), "")

    def unseen(self) -> int | None:
        """How many tickets the mirror has now that these rows lack; None: all is as it stands.

        0 says that no ticket is new, but that the queue would look otherwise.
        """
        pages = sorted(self._pages)[:_COMPARED]
        before = [row for page in pages for row in self._pages[page]]
        now = [row for page in pages for row in self._page(page)]
        known = {row.id for row in before}
        fresh = sum(row.id not in known for row in now)
        counts, asked = self._reading.counts(self._view), self.counts
        more = sum((counts.to_answer, counts.pending, counts.hold))
        more -= sum((asked.to_answer, asked.pending, asked.hold))
        same = [_look(row) for row in before] == [_look(row) for row in now]
        return None if same and not more else max(fresh, more)


def _look(row: Row) -> tuple[object, ...]:
    return row.id, row.status, row.tier, row.waiting


def stands(row: Row | None) -> tuple[object, ...] | None:
    """What gives a row its place in the queue."""
    return None if row is None else (row.id, row.status, row.section, row.tier, row.breach_at)


def _sections(to_answer: int, pending: int, hold: int, below: list[Block]) -> list[tuple[int, str]]:
    """First line and heading of each part that has rows; the first has no heading line."""
    at, found = 0, []
    for size, word in (
        (to_answer, ""),
        (pending, f"Pending ({pending})"),
        (hold, f"On-hold ({hold})"),
        *((len(block.rows), block.heading) for block in below),
    ):
        if size:
            found.append((at, f"-- {word} " if word else ""))
            at += size + (1 if word else 0)
    return found
