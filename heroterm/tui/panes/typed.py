"""The one-line field under the panes: a filter for the queue, or words to find in a thread."""

from __future__ import annotations

from textual.widgets import Input

from heroterm.tui.keymap import Keymap
from heroterm.tui.line_field import LineField

_FILTER = "every word must occur; {filter.keep} keeps it, {filter.end} ends it"
_FIND = "find in this ticket; {filter.keep} goes to the next place, {filter.end} ends it"


class TypedField(LineField):
    """Hidden until something is typed into it; `finding` says what for."""

    def __init__(self, *, id: str, keymap: Keymap) -> None:
        super().__init__(id=id, placeholder=keymap.told(_FILTER), compact=True)
        self._keymap = keymap
        self.finding = False

    def begin(self, text: str, *, finding: bool) -> None:
        """Let something be typed, starting from a text."""
        self.finding = finding
        self.placeholder = self._keymap.told(_FIND if finding else _FILTER)
        with self.prevent(Input.Changed):
            self.value = text
        self.cursor_position = len(text)
        self.display = True
        self.screen.set_focus(self)  # at once: the next letter may be here already

    def end(self) -> None:
        """Nothing more is typed."""
        self.finding = False
        self.display = False
