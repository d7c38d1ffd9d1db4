"""A box of lines to read: the trace of why a ticket is next, who wrote, what a step says."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from heroterm.tui.lines import TextLines
from heroterm.tui.over import Over
from heroterm.tui.text import hung

_HEIGHT = 0.85
"""How much of the screen the box takes at most (desk.tcss); what is longer is scrolled."""


class Explain(Over[None]):
    """Lines under a title; j/k and arrows scroll. What goes on below stands `by` cells in."""

    def __init__(self, title: str, lines: Sequence[Content], by: int | None) -> None:
        super().__init__()
        self._title, self._lines, self._by = title, lines, by

    def compose(self) -> ComposeResult:
        """One pane of lines."""
        pane = TextLines(id="box")
        pane.entitle(self._title)
        yield pane

    def tell(self, lines: Sequence[Content]) -> None:
        """Other lines in place of those, where the box lies open still."""
        if self.stands:
            self._lines = lines
            self._wrap()

    def on_mount(self) -> None:
        """Wrap to the box's width once it is known."""
        self.call_after_refresh(self._wrap)

    def on_resize(self) -> None:
        """Wrap again."""
        self.call_after_refresh(self._wrap)

    def _wrap(self) -> None:
        pane = self.query_one(TextLines)
        width = max(10, pane.scrollable_content_region.width)
        pane.show([piece for line in self._lines for piece in hung(line, width, self._by)])
        longer = len(pane.lines) > self.size.height * _HEIGHT
        pane.border_subtitle = "space scrolls  esc closes" if longer else "esc closes"
        pane.focus()

    def on_key(self, event: events.Key) -> None:
        """Scroll, or close."""
        event.stop()
        if not self.is_current:
            return
        if not scrolled(self.query_one(TextLines), event.key):
            self.dismiss()


def scrolled(pane: TextLines, key: str) -> bool:
    """Scroll lines that are read by a line or a page; False for a key that does neither."""
    if key in ("j", "down"):
        pane.scroll_relative(y=1, animate=False)
    elif key in ("k", "up"):
        pane.scroll_relative(y=-1, animate=False)
    elif key in ("space", "pagedown", "ctrl+d"):
        pane.scroll_page_down(animate=False)
    elif key in ("pageup", "ctrl+u"):
        pane.scroll_page_up(animate=False)
    else:
        return False
    return True
