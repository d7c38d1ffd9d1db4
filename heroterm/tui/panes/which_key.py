"""After a prefix key: waits for the second one and, when it is slow, says what may follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual import events
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from heroterm.tui import commands
from heroterm.tui.keymap import Keymap
from heroterm.tui.messages import LetterClicked
from heroterm.tui.text import COMMAND, parts, pressed

_BOX_AFTER_SECONDS = 0.3


class WhichKey(Static):
    """Holds the place of the pressed prefix; hidden until the second key is slow to come."""

    def __init__(
        self,
        keymap: Keymap,
        notes: Callable[[str], Mapping[str, str]],
        entries: Callable[[str], Sequence[tuple[str, str, str]]],
        *,
        id: str,
    ) -> None:
        super().__init__(id=id, markup=False)
        self._keymap, self._notes, self._entries = keymap, notes, entries
        self._timer: Timer | None = None
        self.prefix: str | None = None

    def begin(self, prefix: str) -> None:
        """Wait for the key after the prefix of a place."""
        self.end()
        self.prefix = prefix
        self._timer = self.set_timer(_BOX_AFTER_SECONDS, self.show)

    def end(self) -> None:
        """Wait for nothing."""
        self.prefix = None
        self.display = False
        if self._timer is not None:
            self._timer.stop()

    def second(self, key: str) -> str | None:
        """The command that the second key names; None for Esc and for keys that mean nothing.

        `?` shows the box at once and goes on waiting.
        """
        if key == "question_mark":
            self.show()
            return None
        prefix, found = self.prefix, None
        self.end()
        for command in self._keymap.of(prefix or ""):
            if key in command.keys:
                found = command.id
        return found

    def on_click(self, event: events.Click) -> None:
        """An entry that is clicked is its key."""
        if key := event.style.meta.get(COMMAND):
            self.post_message(LetterClicked(key))

    def show(self) -> None:
        """Say what may follow."""
        if self.prefix is None:
            return
        notes = self._notes(self.prefix)
        begun = self._keymap.key_of(self.prefix)
        lines = [parts((f"{begun} … {commands.PREFIXES[self.prefix]}", "bold"))]
        for command in self._keymap.of(self.prefix):
            note = notes.get(command.id, "")
            if note or not command.id.startswith("open.link"):
                key = (f" {command.shown_key} ", "$accent bold")
                line = parts(key, command.title, (f"  {note}", "$text-muted"))
                lines.append(pressed(line, command.keys[0] if command.keys else ""))
        for letter, words, told in self._entries(self.prefix):
            shown = (f" {letter or ' '} ", "$accent bold")
            line = parts(shown, words, (f"  {told}", "$text-muted"))
            lines.append(pressed(line, letter) if letter else line)
        self.update(Content("\n").join(lines))
        self.display = True
