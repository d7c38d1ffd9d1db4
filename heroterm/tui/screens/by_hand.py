"""Words to be copied by hand: plain lines from the left edge, without a frame, without a mouse.

The terminal's own selection works here, because the mouse is given back to it while the words are
shown; its own way to copy is the one that is always there.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from heroterm.tui.lines import TextLines
from heroterm.tui.mousing import lend
from heroterm.tui.over import Over
from heroterm.tui.text import parts, safe


class ByHand(Over[None]):
    """Shows the words until a key that does not scroll is pressed."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__()
        self._text, self._why = text, why

    def compose(self) -> ComposeResult:
        """One line that says why, then the words alone."""
        told = f"{self._why} Select it with the mouse and copy it; esc closes."
        yield Static(parts((told.strip(), "$sla-soon bold")), id="why", markup=False)
        yield TextLines(id="words-by-hand")

    def on_mount(self) -> None:
        """Give the mouse to the terminal."""
        lend(self.app, True)
        self.query_one(TextLines).focus()
        self.call_after_refresh(self._lay)

    def on_unmount(self) -> None:
        """Take it back."""
        lend(self.app, False)

    def on_resize(self) -> None:
        """Lines end where the terminal does."""
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        pane = self.query_one(TextLines)
        width = max(10, pane.scrollable_content_region.width)
        pane.show([line for part in safe(self._text).split(allow_blank=True)
                   for line in (part.wrap(width) or [part])])  # fmt: skip

    def on_key(self, event: events.Key) -> None:
        """Scroll, or close."""
        event.stop()
        pane = self.query_one(TextLines)
        step = {"down": 1, "j": 1, "up": -1, "k": -1}.get(event.key)
        if step is not None:
            pane.scroll_relative(y=step, animate=False)
        elif event.key in ("pagedown", "space"):
            pane.scroll_page_down(animate=False)
        elif event.key == "pageup":
            pane.scroll_page_up(animate=False)
        elif self.is_current:
            self.dismiss(None)
