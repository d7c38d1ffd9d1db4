"""The side pane: the card of the open ticket, with a cursor on the tickets that it names."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from heroterm.tui.lines import LinePane
from heroterm.tui.messages import CommandClicked
from heroterm.tui.opened import Opened
from heroterm.tui.panes import card
from heroterm.tui.panes.around import around
from heroterm.tui.panes.card import Fact, Told
from heroterm.tui.panes.strip import strip
from heroterm.tui.text import folded, parts

STRIP_LINES = 8
"""A pane of no more lines shows the strip, until it has the focus."""


class SidePane(LinePane):
    """Facts about the open ticket, most urgent first; wraps to its width."""

    HELP = (
        "Requester, organization, plan, SLA clocks and dates of the open ticket; below them other "
        "tickets: open ones, similar solved ones, and what came before. {side.open} shows "
        "the last messages of one beside this ticket, once more opens it; below 100 "
        "columns at once."
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._opened: Opened | None = None
        self._told = Told()
        self._lines: list[Content] = []
        self._leads: dict[int, int] = {}
        self._laid: tuple[int, bool, list[Fact]] | None = None

    def open(self, opened: Opened | None, told: Told) -> None:
        """Show the card of a ticket."""
        before = self._opened
        same = before is not None and opened is not None and before.ticket.id == opened.ticket.id
        self._opened, self._told = opened, told
        if not same:
            self._laid = None
            self.set_reactive(SidePane.cursor, None)
            self.scroll_to(y=0, animate=False, force=True)
        self._lay()

    def line(self, y: int, width: int) -> Content:
        """A line as it was laid out."""
        return self._lines[y] if y < len(self._lines) else Content("")

    def on_resize(self) -> None:
        """Wrap again at the new width."""
        self._lay()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """With the focus the strip becomes the whole card, to be read; without, it comes back."""
        super().watch_has_focus(_has_focus)
        self._lay()

    def _lay(self) -> None:
        region = self.scrollable_content_region
        width, height = max(16, region.width), region.height
        short = height <= STRIP_LINES and not self.has_focus
        facts: list[Fact] = []
        if self._opened is not None:
            make = partial(strip, height=height) if short else whole
            facts = make(self._opened, self._told)
        if self._laid == (width, short, facts):
            return  # most minutes change no fact
        self._laid = (width, short, facts)
        lead = self._leads.get(self.cursor) if self.cursor is not None else None
        self._lines, self._leads = [], {}
        for fact in facts:
            line = parts(*fact.line)
            if fact.ticket_id is not None:
                self._leads[len(self._lines)] = fact.ticket_id
            one = short or fact.ticket_id is not None
            self._lines += [line.truncate(width, ellipsis=True)] if one else folded(line, width)
        at = next((y for y, id_ in self._leads.items() if id_ == lead), None)
        self.set_reactive(SidePane.cursor, at)
        self.relay(len(self._lines))

    def move(self, by: int) -> None:
        """Go to the next ticket that is named; where there is none that way, scroll."""
        at = self.cursor if self.cursor is not None else int(self.scroll_offset.y) - 1
        stops = [y for y in self._leads if (y > at if by > 0 else y < at)]
        if stops:
            self.cursor = min(stops) if by > 0 else max(stops)
        else:
            self.scroll_relative(y=by, animate=False)

    def clicked(self, at: int, again: bool) -> None:
        """A click on a ticket that is named is Enter on it."""
        if at in self._leads:
            self.cursor = at
            self.post_message(CommandClicked("side.open"))

    @property
    def named(self) -> int | None:
        """The ticket that is named under the cursor."""
        return self._leads.get(self.cursor) if self.cursor is not None else None


def whole(opened: Opened, told: Told) -> list[Fact]:
    """The card, the most urgent first."""
    clocks = card.clocks(opened, told.hours)
    lines = [
        card.who(opened),
        card.customer(opened, told),
        card.urgency(opened),
        *card.warnings(opened, told),
        *card.reasons(opened, told),
        *(line for line in clocks if parts(*line).plain not in told.why),
        card.status(opened, told),
        *card.rating(opened, told),
        *card.owner(opened, told),
        *card.links(opened, told),
        card.presence(opened, told),
    ]
    last = [*card.consequences(opened, told), *card.content(opened)]
    return [*map(Fact, lines), *around(opened, told), *map(Fact, last)]
