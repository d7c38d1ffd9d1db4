"""A box with a list above and the chosen thing's words below; it stays open while it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from heroterm.tui.keymap import SHIPPED, Keymap
from heroterm.tui.leaps import Leaping
from heroterm.tui.lines import TextLines
from heroterm.tui.messages import CommandClicked
from heroterm.tui.over import Over
from heroterm.tui.panes.status import key_line
from heroterm.tui.screens import box_help
from heroterm.tui.text import parts, safe_line

T = TypeVar("T")
_HEIGHT = 0.8
"""How much of the screen the box takes at most (desk.tcss); a longer list is scrolled."""
_LEAST_ROWS, _FRAME = 4, 2
"""Lines that a short list keeps, so that the box stays where it is; lines of the box's frame."""
_UNREAD = " Not read: why stands below. Esc, and open it again."


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """What a box lists. `items` is asked again whenever something may have changed."""

    title: str
    place: str
    """Place of the table of commands whose keys act here."""
    items: Callable[[], Sequence[T]]
    key: Callable[[T], object]
    """What a thing is known by, so that the cursor stays on it."""
    line: Callable[[T, int], Content]
    """One thing on one line of so many cells."""
    detail: Callable[[T, int], Sequence[Content]]
    """The lines below the list for the chosen thing."""
    act: Callable[[str, T | None], bool]
    """Do what a command says (its id without the place) to the chosen thing; True closes."""
    empty: str
    keymap: Keymap = SHIPPED
    retitled: Callable[[Sequence[T]], str] | None = None
    """The title for what is listed by now, where it says something of that."""


@dataclass
class RowClicked(Message):
    """A thing of the list was clicked, `again` where the cursor stood on it."""

    at: int
    again: bool


class Rows(Leaping, Generic[T], inherit_bindings=False):
    """The list itself; its keys are the box's."""

    BINDINGS = Leaping.LEAPS

    def __init__(self, draw: Callable[[T, int], Content], empty: str, *, id: str) -> None:
        super().__init__(id=id)
        self._draw, self._empty = draw, empty
        self.items: Sequence[T] = ()
        self.failed = False
        """Whether it is empty because what would stand in it could not be read."""

    def offer(self, items: Sequence[T], at: int | None) -> None:
        """Take over the list, with the cursor on one line. From where it was scrolled out of sight
        the list is not scrolled back to it.
        """
        top = int(self.scroll_offset.y)
        seen = self.cursor is None or top <= self.cursor < top + self.room
        self.items = items
        self.set_reactive(Rows.cursor, at)
        self.relay(max(1, len(items)))
        if at is not None and seen:
            self.reveal(at)

    def line(self, y: int, width: int) -> Content:
        """One thing, or what an empty list says."""
        if self.items:
            return self._draw(self.items[y], width)
        return parts((_UNREAD, "$sla-breached") if self.failed else (self._empty, "$muted"))

    def clicked(self, at: int, again: bool) -> None:
        """The box decides what it means."""
        if self.items:
            self.post_message(RowClicked(at, again))

    @property
    def chosen(self) -> T | None:
        """The thing under the cursor."""
        return self.items[self.cursor] if self.cursor is not None and self.items else None

    def move(self, by: int) -> None:
        """Move the cursor, stopping at the ends."""
        if self.items:
            self.cursor = max(0, min((self.cursor or 0) + by, len(self.items) - 1))

    def leapt(self) -> None:
        """The box tells of the thing that is chosen now."""
        if self.cursor is not None:
            self.post_message(RowClicked(self.cursor, again=False))


class Listing(Over[None], Generic[T]):
    """Shows what is listed until it is closed."""

    def __init__(self, listed: Listed[T]) -> None:
        super().__init__()
        self._listed = listed
        self._told_of: object = None
        """The thing whose words stand below: those of another are read from their beginning."""
        self._astray = ""
        """What is said of the last key, where that means nothing here."""
        self._failure = ""
        """Why there is nothing to list, where that could not be read."""

    def compose(self) -> ComposeResult:
        """List above, words below, the keys last."""
        with Vertical(id="box") as box:
            box.border_title = safe_line(self._listed.title)
            empty = self._listed.keymap.told(self._listed.empty)
            yield Rows(self._listed.line, empty, id="rows")
            yield TextLines(id="detail")
            yield TextLines(id="box-keys", can_focus=False)

    @property
    def rows(self) -> Rows[T]:
        """The list."""
        return self.query_one(Rows)

    def on_mount(self) -> None:
        """Show what there is."""
        self.renew()
        self.rows.focus()
        self.call_after_refresh(self._tell)

    def renew(self) -> None:
        """Show what there is now; the cursor stays on its thing, else near its line."""
        rows, listed = self.rows, self._listed
        chosen, before = rows.chosen, rows.cursor or 0
        items = listed.items()
        keys = [listed.key(item) for item in items]
        at = min(before, len(items) - 1) if items else None
        key = listed.key(chosen) if chosen is not None else None
        if chosen is not None and key in keys:  # two things may be known by the same
            alike = [n for n, each in enumerate(keys) if each == key]
            above = sum(listed.key(item) == key for item in rows.items[:before])
            at = alike[min(above, len(alike) - 1)]
        self._make_room(len(items))
        if listed.retitled is not None:
            self.query_one("#box").border_title = safe_line(listed.retitled(items))
        rows.offer(items, at)
        self._tell()

    def fail(self, why: str) -> None:
        """Say why there is nothing to list; "" once there is, or it is asked for again."""
        if why != self._failure and self.stands:
            self._failure, self.rows.failed = why, bool(why)
            self.rows.refresh()
            self._tell()

    def _make_room(self, lines: int) -> None:
        """A box no higher than its list needs, and no higher than the screen lets it be."""
        room = int(self.size.height * _HEIGHT) - _FRAME
        for below in ("#detail", "#box-keys"):
            height = self.query_one(below).styles.height
            room -= int(height.value) if height is not None else 0
        self.rows.styles.height = max(1, min(max(lines, _LEAST_ROWS), room))

    def on_resize(self) -> None:
        """The words wrap at the new width."""
        self._make_room(len(self.rows.items))
        self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        pane, keys = self.query_one("#detail", TextLines), self.query_one("#box-keys", TextLines)
        width = max(10, pane.scrollable_content_region.width)
        keys.show(key_line((self._listed.place,), width, 2, self._listed.keymap).split())
        pane.show(self._detail())
        chosen = self.rows.chosen
        key = self._listed.key(chosen) if chosen is not None else None
        if key != self._told_of or self._astray:
            self._told_of = key
            pane.scroll_to(y=0, animate=False)

    def _detail(self) -> Sequence[Content]:
        width = max(10, self.query_one("#detail", TextLines).scrollable_content_region.width)
        chosen = self.rows.chosen
        said = [parts((self._astray, "$sla-soon bold"))] if self._astray else []
        said += parts((self._failure, "$sla-breached")).wrap(width) if self._failure else []
        return [*said, *(self._listed.detail(chosen, width) if chosen is not None else ())]

    def on_key(self, event: events.Key) -> None:
        """Of a letter that means nothing here that is said, above the words of the chosen thing,
        until something else is done.
        """
        words = box_help.astray(self, self._listed.place, event, self._listed.keymap)
        if words and self.is_current:
            self._say(words)

    def _say(self, astray: str) -> None:
        if astray != self._astray:
            self._astray = astray
            self._tell()

    @on(CommandClicked)
    def _clicked_command(self, message: CommandClicked) -> None:
        """A word of the key line was clicked."""
        message.stop()
        self.action_command(message.command)

    @on(RowClicked)
    def _clicked_row(self, message: RowClicked) -> None:
        """A click goes to the thing; a second one is Enter."""
        self.rows.cursor = message.at
        self._tell()
        enter = self._listed.keymap.command_for((self._listed.place,), ["enter"])
        if message.again and enter is not None:
            self.action_command(enter)

    def action_command(self, id_: str) -> None:
        """Move, close, or do what the command says."""
        if not self.is_current:
            return
        self._say("")
        deed = id_.removeprefix(f"{self._listed.place}.")
        if deed in ("down", "up"):
            self.rows.move(1 if deed == "down" else -1)
            self._tell()
        elif deed == "help":
            box_help.show(self, self._listed.place, self.action_command, self._listed.keymap)
        elif deed == "close" or self._listed.act(deed, self.rows.chosen):
            self.dismiss(None)
