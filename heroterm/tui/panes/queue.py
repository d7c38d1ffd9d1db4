"""The queue: tickets in the handbook's order, each with a live countdown.

The cursor is bound to a ticket, not to a line: whatever a refresh brings, the next key acts on
the ticket that the hero sees under the cursor, on the line of the screen where it was.
"""

from __future__ import annotations

from dataclasses import replace

from textual import events
from textual.content import Content

from heroterm.domain.view import QueueCounts, Row, View
from heroterm.errors import StoreError
from heroterm.tui.lines import LinePane
from heroterm.tui.messages import CursorMoved, TicketPicked
from heroterm.tui.panes import queue_row
from heroterm.tui.reading import Reading
from heroterm.tui.text import safe_line

_PAGE = 100


class QueuePane(LinePane):
    """A window onto the queue; reads pages of 100 rows as they come into sight."""

    HELP = (
        "The tickets of your queue: tier first, then closest to breach. T1 tagged by Customer "
        "Success, T2 high, T3 normal, T4 low; -0:20!! breached, 0:42! under an hour, ~paused, "
        "-- no target. [CW] content warning, [ORG?] free-mail organization, [HELD] waits in the "
        "outbox, [SKIP] left out of n."
    )

    def __init__(self, reading: Reading, view: View, *, id: str) -> None:
        super().__init__(id=id)
        self._reading = reading
        self.view = view
        self._pages: dict[int, list[Row]] = {}
        self._counts = QueueCounts()
        self._sections: list[tuple[int, str]] = []
        self.cursor_id: int | None = None
        self.failed: StoreError | None = None

    # What stands on which line

    def _layout(self) -> list[tuple[int, str]]:
        """First line and heading of each part that has rows; the first has no heading line."""
        counts, at, found = self._counts, 0, []
        for size, word in (
            (counts.to_answer, ""),
            (counts.pending, "Pending"),
            (counts.hold, "On-hold"),
        ):
            if size:
                found.append((at, f"-- {word} ({size}) " if word else ""))
                at += size + (1 if word else 0)
        return found

    def rank_of(self, y: int) -> int | None:
        """Place in the queue of the row on line `y`; None for a heading."""
        headings = 0
        for start, heading in self._sections:
            if heading and y == start:
                return None
            if heading and y > start:
                headings += 1
        return y - headings

    def line_of(self, rank: int) -> int:
        """Line on which the row of a rank stands."""
        for start, heading in self._sections:
            if heading and rank + 1 > start:
                rank += 1
        return rank

    def row_at(self, y: int) -> Row | None:
        """The row on line `y`, read on demand."""
        rank = self.rank_of(y)
        if rank is None:
            return None
        page, offset = divmod(rank, _PAGE)
        if page not in self._pages:
            self._pages[page] = self._reading.queue(self.view, page * _PAGE, _PAGE)
        rows = self._pages[page]
        return rows[offset] if offset < len(rows) else None

    def line(self, y: int, width: int) -> Content:
        """A row, or the heading of a part."""
        for start, heading in self._sections:
            if heading and y == start:
                return Content.styled(heading + "-" * width, "$text-muted")
        row = self.row_at(y)
        if row is None:
            return safe_line("")
        skipped = row.id in self._reading.skipped and row.section == 0
        return queue_row.line(row, self._reading.now(), width, skipped=skipped)

    def follow_groups(self) -> None:
        """The signed-in person's groups may only be known after the first pass."""
        groups = self._reading.state.group_ids
        if groups and groups != self.view.group_ids:
            self.view = replace(self.view, group_ids=groups)

    # Taking over what changed

    def reload(self) -> None:
        """Ask the mirror again; the cursor stays on its ticket and on its line of the screen."""
        kept = self.cursor
        shown_at = None if kept is None else kept - int(self.scroll_offset.y)
        try:
            self._pages.clear()
            self._counts = self._reading.counts(self.view)
            self._sections = self._layout()
            self.failed = self._reading.trouble
            total = self._counts.to_answer + self._counts.pending + self._counts.hold
            self.relay(total + sum(1 for _, heading in self._sections if heading))
            self._restore(kept, shown_at)
        except StoreError as error:
            self.failed = error
            self.relay(0)
        self._title()

    def _restore(self, kept: int | None, shown_at: int | None) -> None:
        """Put the cursor back on its ticket, or near its line when the ticket has left."""
        if self.count == 0:
            self.set_reactive(QueuePane.cursor, None)
            return
        rank = self._rank(self.cursor_id) if self.cursor_id is not None else None
        if rank is not None:
            at = self.line_of(rank)
            if shown_at is not None and self.is_attached:
                self.scroll_to(y=max(0, at - shown_at), animate=False, force=True)
        else:
            at = self._row_line(min(kept or 0, self.count - 1), 1)
        self.cursor = at
        self._note_cursor()

    def _rank(self, ticket_id: int) -> int | None:
        mirror = self._reading.mirror
        if mirror is None:
            return None
        return mirror.position(self.view, self._reading.overlay, ticket_id)

    def _title(self) -> None:
        """The pane's title: how many, how many breached, or what went wrong."""
        counts = self._counts
        if self.failed is not None:
            self.entitle(f"1 {self.view.name}  CANNOT BE READ: {self.failed.say}")
            return
        words = f"1 {self.view.name}  {counts.to_answer} to answer"
        if counts.breached:
            words += f", {counts.breached} breached"
        if self.view.text:
            words += f"  filter: {self.view.text}"
        if self.view.only_me_and_unassigned is not None:
            words += "  mine and unassigned"
        self.entitle(words)

    # Moving

    def _row_line(self, y: int, step: int) -> int:
        """The nearest line at or after `y` in a direction that holds a row and no heading."""
        y = max(0, min(y, self.count - 1))
        if self.rank_of(y) is None:
            y += step if 0 <= y + step < self.count else -step
        return max(0, min(y, self.count - 1))

    def move(self, by: int) -> None:
        """Move the cursor by lines, past headings, stopping at the ends."""
        if self.count:
            self.move_to((self.cursor or 0) + by, 1 if by >= 0 else -1)

    def move_to(self, y: int, step: int = 1) -> None:
        """Put the cursor on a line, or on the next one that holds a ticket."""
        if self.count:
            self.cursor = self._row_line(y, step)
            self._note_cursor()

    def select(self, ticket_id: int) -> bool:
        """Put the cursor on a ticket; False when it is not in this queue."""
        rank = self._rank(ticket_id)
        if rank is None or self.line_of(rank) >= self.count:
            return False
        self.move_to(self.line_of(rank))
        return True

    def _note_cursor(self) -> None:
        row = self.row_at(self.cursor) if self.cursor is not None else None
        before, self.cursor_id = self.cursor_id, row.id if row else None
        if self.cursor_id != before:
            self.post_message(CursorMoved(self.cursor_id))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a second click on the same row opens it."""
        y = int(event.get_content_offset_capture(self).y + self.scroll_offset.y)
        if not 0 <= y < self.count or self.rank_of(y) is None:
            return
        again = self.cursor == y
        self.move_to(y)
        if again and self.cursor_id is not None:
            self.post_message(TicketPicked(self.cursor_id))
