"""The desk as the keyboard sees it: where letters are text, which prefix waits, which keys act."""

from __future__ import annotations

from collections.abc import Sequence

from textual.keys import key_to_character

from heroterm.tui.commands import GATE, KEY_WORDS, VIEWS
from heroterm.tui.doing import prefixed, showing, switching
from heroterm.tui.on_desk import OnDesk

_FILTER = "filter"
_TYPED_IN = (_FILTER, "words")
"""Ids of the fields of the desk; asked for each key, for which the fields are not looked up."""


class DeskKeys:
    """Fits `heroterm.tui.keyboard.Keyed`."""

    def __init__(self, desk: OnDesk) -> None:
        self._desk = desk

    @property
    def typing(self) -> bool:
        """Whether a text field has the focus: letters are text."""
        focused = self._desk.focused
        return focused is not None and focused.id in _TYPED_IN

    @property
    def filtering(self) -> bool:
        """Whether the filter is being typed."""
        focused = self._desk.focused
        return focused is not None and focused.id == _FILTER

    @property
    def hidden(self) -> bool:
        """Whether the terminal is too small to show what a key would do."""
        return showing.too_small(self._desk)

    def owns(self, key: str) -> bool:
        """Whether a key answers the Review bar, whose letters are all its own, or a warning."""
        if self._desk.focused is self._desk.composer.review:
            return True
        asked = self._desk.seeing.gate is not None and self._desk.focused is self._desk.thread
        return asked and self._desk.parts.keymap.command_for((GATE,), [key]) is not None

    @property
    def prefix(self) -> str | None:
        """The prefix that waits for its second key."""
        return self._desk.which.prefix

    def begin_prefix(self, key: str) -> None:
        """Wait for the key after this one; an empty key: wait no more."""
        if key:
            self._desk.which.begin(key)
        else:
            self._desk.which.end()

    def second_key(self, key: str) -> None:
        """The key after a prefix runs its command."""
        prefix = self._desk.which.prefix
        id_ = self._desk.which.second(key)
        choice = switching.by_key(self._desk, key) if prefix == VIEWS else None
        if choice is not None:
            switching.show(self._desk, choice)
        elif id_ is not None:
            self._desk.action_command(id_)
        elif prefixed.letter(self._desk, prefix, key):
            return
        elif key not in ("escape", "question_mark"):
            pressed = self._desk.parts.keymap.prefix_shown(prefix or "")
            named = KEY_WORDS.get(key) or key_to_character(key) or key
            self._desk.tell(f"{pressed} {named} means nothing; {pressed} ? lists.")

    @property
    def places(self) -> Sequence[str]:
        """Places of the table of commands whose keys act with the present focus."""
        return showing.places(self._desk)

    def action_command(self, id_: str) -> None:
        """Run a command by its id."""
        self._desk.action_command(id_)

    def tell(self, words: str, *, severity: str = "information") -> None:
        """Say a sentence."""
        self._desk.tell(words, severity=severity)
