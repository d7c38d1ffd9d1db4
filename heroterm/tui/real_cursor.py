"""The terminal's own cursor at the focus, for screen readers and magnifiers, which follow it.

Textual ends every update with a move to `cursor_position`. Here that is asked of the focus when
something is written, and never besides: no pane needs to tell, nothing is written for it alone,
and a field that was just laid out is not where it was before.
"""

from __future__ import annotations

from textual.app import App
from textual.geometry import Offset
from textual.widgets import Input

from heroterm.tui.lines import LinePane
from heroterm.tui.mousing import write

SHOWN = "\x1b[?25h"
"""What has the terminal show its cursor, which Textual hides."""


class RealCursor(App[None]):
    """An App whose `cursor_position` is where the focus is."""

    _told = Offset(0, 0)

    def reveal_cursor(self, seen: bool) -> None:
        """Show the terminal's own cursor from now on; Textual hides it whenever it takes the
        terminal, at the start and after Ctrl+Z.
        """
        if seen:
            write(self, SHOWN)
            self.app_resume_signal.subscribe(self, lambda _: write(self, SHOWN))

    @property
    def cursor_position(self) -> Offset:
        """The cell of the focus: a field's cursor, a pane's line, else a widget's first cell.

        Where arrows move in a list below a field (`walked` of the screen) it is the list's line.
        """
        focused = self.focused if self.screen_stack else None
        if focused is None:
            return self._told
        if isinstance(focused, LinePane):
            return focused.focus_cell
        if isinstance(focused, Input):
            walked = getattr(self.screen, "walked", None)
            if isinstance(walked, LinePane):
                return walked.focus_cell
            # At its end Textual counts one cell too many.
            return focused.cursor_screen_offset - (int(focused.cursor_at_end), 0)
        # A text area's; its class is dear to load, and the first paint does without.
        at: Offset = getattr(focused, "cursor_screen_offset", focused.content_region.offset)
        return at

    @cursor_position.setter
    def cursor_position(self, at: Offset) -> None:
        self._told = at
