"""Another ticket's last messages in a box beside the open one: to read, not to act on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from heroterm.tui.lines import TextLines
from heroterm.tui.over import Over
from heroterm.tui.screens.explain import scrolled


class Peek(Over[bool]):
    """Dismisses with True where the ticket is to be opened; `lines` lays it out at a width."""

    def __init__(self, title: str, lines: Callable[[int], Sequence[Content]]) -> None:
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self) -> ComposeResult:
        """One pane of lines."""
        pane = TextLines(id="box")
        pane.entitle(self._title)
        pane.border_subtitle = "enter opens it  esc closes"
        yield pane

    def on_mount(self) -> None:
        """Lay it out once the width is known; the newest message is in sight."""
        self.query_one(TextLines).focus()
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        pane = self.query_one(TextLines)
        pane.show(self._lines(max(20, pane.scrollable_content_region.width)))
        pane.scroll_end(animate=False)

    def on_resize(self) -> None:
        """Wrap again."""
        self.call_after_refresh(self._lay)

    def on_key(self, event: events.Key) -> None:
        """Scroll, open or close; every other key waits until the box is closed."""
        event.stop()
        if not self.is_current:
            return
        pane = self.query_one(TextLines)
        if scrolled(pane, event.key):
            return
        if event.key in ("G", "end"):
            pane.scroll_end(animate=False)
        elif event.key == "home":
            pane.scroll_home(animate=False)
        elif event.key in ("enter", "l", "right"):
            self.dismiss(True)
        elif event.key in ("escape", "q", "h", "left"):
            self.dismiss(False)
