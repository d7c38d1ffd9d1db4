"""A button whose focus is read without colours: a sign stands before its word."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widgets import Button


class MarkedButton(Button):
    """`> WORD` while it has the focus, else the word alone at the same place."""

    def __init__(self, word: str, *, id: str) -> None:
        super().__init__(Content(f"  {word}"), id=id, compact=True)
        self._word = word

    def on_focus(self, event: events.Focus) -> None:
        """Enter presses this one now."""
        self.label = Content(f"> {self._word}")

    def on_blur(self, event: events.Blur) -> None:
        """Enter presses another."""
        self.label = Content(f"  {self._word}")
