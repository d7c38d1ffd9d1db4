"""What stands on which line of the queue: parts with headings, rows read by the page."""

from __future__ import annotations

from datetime import datetime

from heroterm.domain.view import QueueCounts, Row, View
from heroterm.tui.reading import Reading

PAGE = 100
_COMPARED = 3
"""Pages that are looked at for what is new; beyond them only the number of rows tells."""


class QueueRows:
    """A window onto one queue. Everything but the counts is read when it comes into sight."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._view = View()
        self._pages: dict[int, list[Row]] = {}
        self.counts = QueueCounts()
        self._sections: list[tuple[int, str]] = []
        self.oldest: datetime | None = None
        """When the server was last asked about the row in sight that it was asked about first."""

    def read(self, view: View) -> None:
        """Look at a queue anew. Raises StoreError when the mirror fails."""
        self._view = view
        self._pages.clear()
        self.oldest = None
        self.counts = self._reading.counts(view)
        self._sections = _sections(self.counts)

    def clear(self) -> None:
        """Show nothing."""
        self._pages.clear()
        self.counts, self._sections = QueueCounts(), []

    @property
    def total(self) -> int:
        """How many tickets there are."""
        return self.counts.to_answer + self.counts.pending + self.counts.hold

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

    def row_at(self, y: int) -> Row | None:
        """The row on line `y`, read on demand."""
        rank = self.rank_of(y)
        if rank is None:
            return None
        page, offset = divmod(rank, PAGE)
        if page not in self._pages:
            self._pages[page] = self._reading.queue(self._view, page * PAGE, PAGE)
            asked = [row.fetched_at for row in self._pages[page]]
            self.oldest = min(asked + ([self.oldest] if self.oldest else []), default=None)
        rows = self._pages[page]
        return rows[offset] if offset < len(rows) else None

    def unseen(self) -> int | None:
        """How many tickets the mirror has now that these rows lack; None: all is as it stands.

        0 says that no ticket is new, but that the queue would look otherwise.
        """
        pages = sorted(self._pages)[:_COMPARED]
        before = [row for page in pages for row in self._pages[page]]
        now = [row for page in pages for row in self._reading.queue(self._view, page * PAGE, PAGE)]
        known = {row.id for row in before}
        fresh = sum(row.id not in known for row in now)
        counts = self._reading.counts(self._view)
        more = sum((counts.to_answer, counts.pending, counts.hold)) - self.total
        looks = [(row.id, row.status, row.tier, row.waiting) for row in before]
        same = looks == [(row.id, row.status, row.tier, row.waiting) for row in now]
        return None if same and not more else max(fresh, more)


def _sections(counts: QueueCounts) -> list[tuple[int, str]]:
    """First line and heading of each part that has rows; the first has no heading line."""
    at, found = 0, []
    for size, word in (
        (counts.to_answer, ""),
        (counts.pending, "Pending"),
        (counts.hold, "On-hold"),
    ):
        if size:
            found.append((at, f"-- {word} ({size}) " if word else ""))
            at += size + (1 if word else 0)
    return found
