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
from heroterm.tui.text import COMMAND, hung, parts, pressed

_BOX_AFTER_SECONDS = 0.3
_AROUND = 6
"""Rows of the screen that hold no entry: the key line below, the frame, the heading."""
_KEY_CELLS = 3
"""Cells of the key and the blanks beside it."""


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
        begun = self._keymap.prefix_shown(self.prefix)
        head = parts((f"{begun} … {commands.PREFIXES[self.prefix]}", "bold"))
        lines = []
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
        size = self.screen.size
        laid = in_columns(lines, int(size.width * 0.9) - 4, size.height - _AROUND)
        self.update(Content("\n").join([head, *laid]))
        self.display = True


def in_columns(lines: Sequence[Content], width: int, height: int) -> list[Content]:
    """Lines wrapped under their words; in two columns where they are more than `height`."""
    wrapped = [piece for line in lines for piece in hung(line, width, _KEY_CELLS)]
    if len(wrapped) <= height:
        return wrapped
    half = (len(lines) + 1) // 2
    left, right = lines[:half], [*lines[half:], Content("")]
    room = min(max(line.cell_length for line in left), width // 2 - 1)
    return [
        Content.assemble(
            a.truncate(room, ellipsis=True, pad=True),
            "  ",
            b.truncate(width - room - 2, ellipsis=True),
        )
        for a, b in zip(left, right, strict=False)
    ]
