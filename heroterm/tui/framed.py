"""What the frame of a pane says: what is in it, and how old that is at its right end."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from heroterm.tui.scrolled import Scrolled
from heroterm.tui.text import Part, fit, parts, safe_line, width_of

_RULES = {(False, False): "─", (True, False): "━", (False, True): "-", (True, True): "="}
"""What the frame's line is drawn with: with the focus or without, in plain ASCII or not."""
PLAIN = "-plain"
"""Class of a screen whose frames are plain ASCII."""


def put_title(widget: Widget, title: Content) -> None:
    """Say something in a frame, and draw the row that says it: Textual's own draws all of the
    widget and what stands in it.
    """
    if not widget.outer_size:
        widget.border_title = title
        return
    widget._border_title = title
    row = Region(0, 0, widget.outer_size.width, 1)
    widget.refresh(row.translate(-widget.content_offset))


class Framed(Scrolled):
    """A view with a title."""

    _title: tuple[str, Part | None] = ("", None)
    _framed: tuple[object, ...] = ()

    def entitle(self, words: str, age: Part | None = None) -> None:
        """Say something in the frame, with the age of what is shown at its right end."""
        self._title = (words, age)
        self._frame()

    def reframe(self) -> None:
        """Draw the title again: frames look otherwise now."""
        self._framed = ()
        self._frame()

    def _frame(self) -> None:
        """Draw the title; a frame that says the same is not drawn again."""
        (words, age), plain = self._title, self.is_attached and self.screen.has_class(PLAIN)
        rule = _RULES[self.has_focus, plain]
        width = self.outer_size.width - 2  # Textual keeps a cell at either end
        framed = (words, age, width, rule) if age is not None and width else (words,)
        if framed == self._framed:
            return
        self._framed = framed
        if age is None or width <= 0:
            put_title(self, safe_line(words))
            return
        room = max(0, width - width_of(age[0]) - 3)
        left = fit(words, min(room, width_of(words)))
        gap = rule * max(1, width - width_of(left) - width_of(age[0]) - 2)
        put_title(self, parts(f"{left} {gap} ", age))
