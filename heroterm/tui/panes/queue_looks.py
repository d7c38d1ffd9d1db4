"""How the rows of the queue are looked at: with the same columns each, and so their headings."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from heroterm.domain.freshness import freshness
from heroterm.domain.view import Row
from heroterm.tui.lines import LinePane
from heroterm.tui.panes import queue_row
from heroterm.tui.panes.queue_rows import QueueRows
from heroterm.tui.reading import Reading
from heroterm.tui.text import safe_line


class LookedAt(LinePane):
    """A queue whose rows are kept as they were drawn. Time alone makes them need room for an age,
    so that it is one decision for all that stands there, and all of it is drawn anew after it.
    """

    def __init__(self, reading: Reading, *, id: str) -> None:
        super().__init__(id=id)
        self._reading = reading
        self.rows = QueueRows(reading)
        self.dense = False
        """Whether rows have few columns and more of the title."""
        self._settled = (False, False, False)
        """Whether the columns leave room for ages, and for the word of an estimate, and whether
        they are few.
        """
        self._widens = False

    @property
    def marked(self) -> tuple[int, ...]:
        """Tickets that are marked."""
        raise NotImplementedError

    def head(self, width: int) -> Content:
        """What the columns are."""
        return queue_row.headings(queue_row.columns(self._look(), width), width)

    def line(self, y: int, width: int) -> Content:
        """A row, or the heading of a part."""
        if heading := self.rows.heading(y):
            return Content.styled(heading.ljust(width, "-"), "$text-muted")
        row = self.rows.row_at(y)
        if row is None:
            return safe_line("")
        return queue_row.line(row, self._look(row), width)

    def _look(self, row: Row | None = None) -> queue_row.Look:
        """How a row is looked at; without one, what is the same for all."""
        reading, now = self._reading, self._reading.now()
        late, estimated, _ = self._settled
        needs = (self._late(now) and not late) or (self.rows.estimated and not estimated)
        if needs and not self._widens:
            self._widens = True  # soon, not in the middle of a drawing
            self.call_later(self.redraw)
        synced = reading.state.synced_at
        return queue_row.Look(
            now=now,
            promise=reading.promise,
            ages=late,
            estimated=estimated,
            dimmed=synced is not None and freshness(synced, now, reading.promise) == "stale",
            skip=reading.skipped.get(row.id) if row is not None else None,
            due=self.rows.due(row.id) if row is not None else "",
            marked=row is not None and row.id in self.marked,
            dense=self.dense,
            both=self.screen.has_class("-wide"),
            hours=reading.hours,
        )

    def _late(self, now: datetime) -> bool:
        return self.rows.late(now, self._reading.promise)

    def relay(self, count: int) -> None:
        """Take over a new number of rows."""
        self._settle()
        super().relay(count)

    def redraw(self) -> None:
        """Draw the cells in sight again that would look otherwise."""
        self._settle()
        super().redraw()

    def _settle(self) -> None:
        """Decide on the columns; where they have changed all is drawn anew, and the headings."""
        self._widens = False
        self.rows.row_at(int(self.scroll_offset.y))  # read before it is asked how old it is
        before, late = self._settled, self._late(self._reading.now())
        self._settled = (late, self.rows.estimated, self.dense)
        if self._settled != before:
            self._drawn.clear()
            self.refresh()
