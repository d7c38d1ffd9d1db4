"""PgUp, PgDn, Home and End in a list take the cursor along, so that Enter means a row in sight."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from heroterm.tui.lines import LinePane


class Leaping(LinePane):
    """A list whose cursor goes by pages and to the ends; Textual's own keys would scroll alone."""

    LEAPS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]
    """For a list that takes over no key of Textual's besides."""

    def move(self, by: int) -> None:
        """Move the cursor by so many lines, stopping at the ends."""
        raise NotImplementedError

    def leapt(self) -> None:
        """The cursor went far; most lists need do nothing."""

    def _leap(self, by: int) -> None:
        self.move(by)
        self.leapt()

    def action_page_down(self) -> None:
        """PgDn."""
        self._leap(max(1, self.room - 1))

    def action_page_up(self) -> None:
        """PgUp."""
        self._leap(-max(1, self.room - 1))

    def action_scroll_home(self) -> None:
        """Home."""
        self._leap(-self.count)

    def action_scroll_end(self) -> None:
        """End."""
        self._leap(self.count)
