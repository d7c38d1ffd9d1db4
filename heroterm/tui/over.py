"""A box over the desk, which goes on beneath it in dimmed colours.

Textual draws the whole screen beneath anew, and dims every cell, for each cell that changes there,
which took as long as four keys do, and fell under one in twenty of them. Here a line that
is asked for is made from its own row alone, and each look is dimmed once.
"""

from __future__ import annotations

import re
from typing import TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.color import Color
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from heroterm.tui.compositor import NearScreen
from heroterm.tui.deaf import DEAF_SECONDS
from heroterm.tui.dragged import copy_dragged
from heroterm.tui.messages import UndoPressed
from heroterm.tui.standing import Standing

T = TypeVar("T")
LEAST = 40, 10
"""Columns and rows below which neither the desk nor a box shows what a key would do."""
_HEARD = ("escape", "ctrl+q", "ctrl+c")
_FRAME_ENDS = 3
"""Cells behind the words below in a frame: a blank, a piece of the frame, its corner."""
_IN_FRAME = re.compile(r"\S+(?: \S+)*")
_KEYS_IN_FRAME = {"esc": "escape", "enter": "enter", "tab": "tab", "space": "space"}


def key_in_frame(widget: Widget, event: events.Click) -> str:
    """The key that was clicked among the words below in a frame (`enter chooses  esc leaves`); ""
    for none.
    """
    words = str(widget.border_subtitle or "")
    end = widget.outer_size.width - _FRAME_ENDS
    if int(event.screen_y) != widget.region.bottom - 1 or not words:
        return ""
    at = int(event.screen_x) - widget.region.x - (end - cell_len(words))
    for found in _IN_FRAME.finditer(words):
        if cell_len(words[: found.start()]) <= at < cell_len(words[: found.end()]):
            return _KEYS_IN_FRAME.get(found[0].split(" ")[0], "")
    return ""


class Over(Standing, NearScreen[T], ModalScreen[T]):
    """What every box is: in the middle, over what was there."""

    def __init__(self) -> None:
        super().__init__()
        self._tint = Color(0, 0, 0)
        self._mouse_heard = False
        """Whether a click beside the box, or on its frame, means anything yet."""
        self._looks: dict[Style | None, Style] = {}
        """How a look of the screen beneath is dimmed by the tint."""

    def hears(self, key: str) -> bool:
        """Whether a key is the box's: while it cannot be seen, only what leaves it."""
        return key in _HEARD or not self._unseen

    @property
    def _unseen(self) -> bool:
        columns, rows = self.app.size
        return columns < LEAST[0] or rows < LEAST[1]

    def on_resize(self) -> None:
        """In a terminal that is too small for it a sentence covers the box."""
        told = self.query("#too-small")
        if not self._unseen:
            told.remove()
        elif not told:
            words = Content("This box needs 40 x 10 cells.\nEsc closes it.")
            self.mount(Static(words, id="too-small", markup=False))

    @property
    def stands(self) -> bool:
        """Whether it lies open, with all that is in it: one that is being closed goes on being
        mounted for a while, and has no children any more.
        """
        return self.is_mounted and self in self.app.screen_stack

    def reload(self) -> None:
        """Show what is true by now, where it lies open."""
        if self.stands:
            self.renew()

    def renew(self) -> None:
        """What a box does for that; one that shows only what it was given does nothing."""

    @on(UndoPressed)
    def _undo(self, message: UndoPressed) -> None:
        message.stop()
        message.undo()

    def on_mount(self) -> None:
        """The second click of the two that opened the box is not meant for it."""
        self.set_timer(DEAF_SECONDS, self._hear_clicks)

    def _hear_clicks(self) -> None:
        self._mouse_heard = True

    @on(events.TextSelected)
    def _let_go(self) -> None:
        """What was dragged over in the box is copied."""
        copy_dragged(self)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box leaves it as Esc does; one on a key in its frame is that key."""
        if not self._mouse_heard or not self.is_current:
            return
        under, _ = self.get_widget_at(int(event.screen_x), int(event.screen_y))
        key = "escape" if under is self else key_in_frame(under, event)
        if key:
            event.stop()
            if self.focused is None:  # the click took it from the field
                self.focus_next()
            self.app.call_later(self.app.simulate_key, key)  # from here it would be the box's own

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows of what is beneath."""
        tint, beneath = self.styles.background, self._beneath()
        if beneath is None or not 0 < tint.a < 1:
            return super().render_lines(crop)
        if tint != self._tint:
            self._tint, self._looks = tint, {}
        rows = beneath._compositor._render_chops(crop, lambda y: True)
        return [self._dimmed(Strip.join(rows[y].values())).crop(*crop.column_span)
                for y in crop.line_range]  # fmt: skip

    def _beneath(self) -> Screen[object] | None:
        stack = self.app.screen_stack
        at = stack.index(self) if self in stack else 0
        # Every screen has the terminal's size at once; the one beneath is laid out a moment later.
        laid = stack[at - 1]._compositor.size if at else None
        return stack[at - 1] if laid == self.size else None

    def _dimmed(self, strip: Strip) -> Strip:
        cells = [Segment(text, self._look(style)) for text, style, _ in strip]
        dimmed = Strip(cells, strip.cell_length)
        for line_filter in self.get_line_filters():
            dimmed = dimmed.apply_filter(line_filter, self.styles.background)
        return dimmed

    def _look(self, style: Style | None) -> Style:
        look = self._looks.get(style)
        if look is None:
            bare = Style() if style is None else style.clear_meta_and_links()
            colors = [c and (Color.from_rich_color(c) + self._tint).rich_color
                      for c in (bare.color, bare.bgcolor)]  # fmt: skip
            look = self._looks[style] = bare + Style.from_color(*colors)
        return look
