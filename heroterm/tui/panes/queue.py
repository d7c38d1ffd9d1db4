"""The queue: tickets in the handbook's order, each with a live countdown.

The cursor is bound to a ticket, not to a line: whatever a refresh brings, the next key acts on
the ticket that the hero sees under the cursor, on the line of the screen where it was. When that
ticket leaves the queue the cursor stands on nothing until the hero moves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.content import Content

from heroterm.domain.view import QueueChoice, Row
from heroterm.errors import NotYet, StoreError
from heroterm.tui.messages import BriefLaid, CursorMoved, TicketPicked
from heroterm.tui.panes import queue_words
from heroterm.tui.panes.marked import MOST, Marked
from heroterm.tui.panes.queue_looks import LookedAt
from heroterm.tui.panes.queue_rows import stands
from heroterm.tui.panes.queue_words import News
from heroterm.tui.reading import Reading
from heroterm.tui.text import hung


class QueuePane(LookedAt):
    """A window onto the queue, with a cursor and marks that belong to tickets."""

    HELP = queue_words.HELP

    def __init__(self, reading: Reading, choice: QueueChoice, *, id: str) -> None:
        super().__init__(reading, id=id)
        self.choice = choice
        """Which of the team's queues this is."""
        self.view = choice.view(reading.state.group_ids)
        self._places: dict[tuple[str, int | None], int | None] = {}
        """Where the cursor was, by name and saved view: two of those may have one title."""
        self._row: Row | None = None
        """The row under the cursor as it was read last."""
        self.cursor_id: int | None = None
        self.left: int | None = None
        """The ticket that was under the cursor and has left this queue."""
        self._resume = 0
        self._marks = Marked()
        self._news = News()
        self._place: tuple[int | None, int] | None = None
        self.failed: StoreError | None = None
        self._covered = 0

    @property
    def marked(self) -> tuple[int, ...]:
        """Marked tickets in the order of marking; each still stands in this queue."""
        return self._marks.ids

    @property
    def narrowed(self) -> bool:
        """Whether a filter leaves out some of its tickets."""
        return bool(self.view.text.strip()) or self.view.only_me_and_unassigned is not None

    def follow_groups(self) -> None:
        """The signed-in person's groups may only be known after the first pass."""
        groups = self._reading.state.group_ids
        if self.choice.own_groups and groups and groups != self.view.group_ids:
            self.view = replace(self.view, group_ids=groups)

    def switch(self, choice: QueueChoice) -> None:
        """Show another of the team's queues, with the cursor where it was in that one."""
        self._places[_place_of(self.choice)] = self.cursor_id
        self.choice, self.view = choice, choice.view(self._reading.state.group_ids)
        self._marks, self.left, self._place = Marked(), None, None
        self._news = News()
        self.cursor_id = self._places.get(_place_of(choice))
        self.reload(anew=True)

    def sort(self, order: str) -> None:
        """Order the rows otherwise; the cursor stays on its ticket."""
        self.view = replace(self.view, order=order)
        self.reload(anew=True)

    # Taking over what changed

    def reload(self, *, anew: bool = False) -> None:
        """Ask the mirror again; the cursor stays on its ticket and on its line of the screen.

        `anew`: the hero asked for other rows, so a cursor without its ticket goes to the first.
        """
        rank = None if self.cursor is None else self.rows.rank_of(self.cursor)
        shown_at = (self._resume if self.cursor is None else self.cursor) - self._top
        self._news.waiting = None
        try:
            self.rows.read(self.view)
            self.failed = self._reading.trouble
            if self.marked:
                self._marks.keep(self._reading.among(self.view, self.marked))
            self.relay(self.rows.lines)
            self._restore(rank, max(0, shown_at), anew)
        except StoreError as error:
            self.failed = error
            self.rows.clear()
            self.relay(0)
        self.entitle_now()

    @property
    def _top(self) -> int:
        return int(self.scroll_offset.y)

    def _restore(self, rank: int | None, shown_at: int, anew: bool) -> None:
        """Put the cursor back on its ticket; without its ticket it stands on nothing."""
        ticket_id = self.cursor_id if self.cursor_id is not None else self.left
        now = self.rows.rank(ticket_id) if ticket_id is not None else None
        if ticket_id is not None and now is None and not anew:
            self._lose(ticket_id, shown_at)
            return
        self.left = None
        if now is None:
            self.cursor = self._row_line(0, 1) if self.count else None
        else:
            at = self.rows.line_of(now)
            if self.is_attached:
                self.scroll_to(y=max(0, at - shown_at), animate=False, force=True)
            self.cursor = at
            # A row whose own place changed says nothing of what came in above it.
            stayed = self._row is not None and stands(self._row) == stands(self.rows.row_at(at))
            if rank is not None and not anew and self._top > 0 and stayed:
                self._news.above = max(0, self._news.above + self.rows.came(rank, now))
        self._note_cursor()

    def _lose(self, ticket_id: int, shown_at: int) -> None:
        """The ticket under the cursor has left: no key acts on the one that took its line."""
        self.left, self._resume = ticket_id, max(0, min(self._top + shown_at, self.count - 1))
        self.cursor = None
        self._note_cursor()

    def hold_back(self) -> None:
        """Something changed while the hero is in the middle of a key or a box: only say so."""
        try:
            unseen = self.rows.unseen()
        except StoreError:
            return
        self._news.waiting = unseen
        self.entitle_now()

    def catch_up(self) -> None:
        """Take over what was held back; the cursor stays on its ticket and on its line."""
        if self._news.waiting is not None:
            self.reload()

    def show_new(self) -> None:
        """Take over what waited, and scroll up to what came in above."""
        self.catch_up()
        if self._news.above:
            self._news.above = 0
            self.scroll_to(y=0, animate=False, force=True)
        self.entitle_now()

    # What is said around the rows

    def entitle_now(self) -> None:
        """The pane's title and foot: how many, how many breached, how old, or what went wrong."""
        called = self.numbered("pane.queue", self.view.name)
        if isinstance(self.failed, NotYet):
            self.entitle(f"{called}  not here yet: its first page is on the way")
            self.stand(())
            return
        if self.failed is not None:
            self.entitle(f"{called}  CANNOT BE READ: {self.failed.say}")
            self.stand(())
            return
        known = self.count or not self._reading.explained(self.view)  # else the foot says why
        words = queue_words.title(self.view, self.rows.counts if known else None)
        self.entitle(self.numbered("pane.queue", words), queue_words.age(self._reading))
        self._say()

    def _say(self) -> None:
        if self.failed is None:
            key = self.keymap.key
            foot = queue_words.foot(self.view, len(self.marked), self.left, self._news, key)
            empty = () if self.count else queue_words.empty(self.view, self._reading, key)
            width = max(20, self.scrollable_content_region.width)
            self.stand([*(row for line in empty for row in hung(line, width)), *foot])

    def cover(self, lines: int) -> None:
        """So many lines at the bottom lie beneath a box: rows and foot stay above them, and so
        does the cursor, as long as a row is left to be seen.
        """
        height = self.scrollable_content_region.height
        covered = max(0, min(lines, height - 1))
        if covered != self._covered:
            self._covered = covered
            self.entitle_now()

    def on_resize(self) -> None:
        """Another size leaves another part of it beneath the brief."""
        super().on_resize()
        self.post_message(BriefLaid())

    def stand(self, foot: Sequence[Content]) -> None:
        """Keep these lines at the bottom, above what is covered."""
        super().stand([*foot, *[Content()] * self._covered])

    def picked(self, words: str) -> None:
        """Say at the foot what was picked out of order; "" says nothing."""
        self._news.picked = words
        self._say()

    def redraw(self) -> None:
        """Countdowns and ages a minute later."""
        super().redraw()
        self.entitle_now()

    # Moving

    def _row_line(self, y: int, step: int) -> int:
        """The nearest line at or after `y` in a direction that holds a row and no heading."""
        y = max(0, min(y, self.count - 1))
        if self.rows.rank_of(y) is None:
            y += step if 0 <= y + step < self.count else -step
        return max(0, min(y, self.count - 1))

    def move(self, by: int) -> None:
        """Move the cursor by lines, past headings, stopping at the ends."""
        if not self.count:
            return
        if self.cursor is None:
            # The next ticket stands on the line of the one that left.
            self.move_to(self._resume + (by - 1 if by > 0 else by), 1 if by >= 0 else -1)
        else:
            self.move_to(self.cursor + by, 1 if by >= 0 else -1)

    def move_to(self, y: int, step: int = 1) -> None:
        """Put the cursor on a line, or on the next one that holds a ticket."""
        if self.count:
            self.left = None
            self.cursor = self._row_line(y, step)
            self._note_cursor()
            if self._top == 0:
                self._news.above = 0
            self._say()

    def select(self, ticket_id: int) -> bool:
        """Put the cursor on a ticket; False when it is not in this queue."""
        rank = self.rows.rank(ticket_id)
        if rank is None or self.rows.line_of(rank) >= self.count:
            return False
        self.move_to(self.rows.line_of(rank))
        return True

    def _note_cursor(self) -> None:
        row = self.rows.row_at(self.cursor) if self.cursor is not None else None
        self._row = row
        before, self.cursor_id = self.cursor_id, row.id if row else None
        if self.cursor_id != before:
            self.post_message(CursorMoved(self.cursor_id))

    def keep_place(self) -> None:
        """Remember ticket and line, for when the whole queue is back."""
        if self._place is None:
            self._place = (self.cursor_id, self._top)

    def back_to_place(self) -> None:
        """Cursor and line as they were before the filter."""
        place, self._place = self._place, None
        if place is None or place[0] is None or not self.select(place[0]):
            return
        self.scroll_to(y=place[1], animate=False, force=True)

    # Marking

    def mark(self) -> None:
        """Mark the ticket under the cursor, or unmark it, and move down."""
        if self.cursor_id is not None:
            self._marks.turn(self.cursor_id)
            self.move(1)
            self._marked_now()

    def mark_all(self) -> None:
        """Mark every ticket of this queue, at most 500; where any is marked, unmark all."""
        rows = [] if self.marked else self._reading.queue(self.view, 0, MOST)
        self._marks.all(row.id for row in rows)
        self._marked_now()

    def _marked_now(self) -> None:
        super().redraw()
        self._say()

    def clicked(self, at: int, again: bool) -> None:
        """A click moves the cursor; a second click on the same row opens it."""
        if self.rows.rank_of(at) is None:
            return
        self.move_to(at)
        if again and self.cursor_id is not None:
            self.post_message(TicketPicked(self.cursor_id))


def _place_of(choice: QueueChoice) -> tuple[str, int | None]:
    return choice.name, choice.zendesk_view_id
