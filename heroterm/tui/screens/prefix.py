"""After a prefix key: waits for the second one and, when it is slow, says what may follow."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from heroterm.tui import commands
from heroterm.tui.text import parts

_BOX_AFTER_SECONDS = 0.3


class PrefixBox(ModalScreen[str | None]):
    """Dismisses with the id of the command that the second key names, or None."""

    def __init__(self, prefix: str, notes: dict[str, str]) -> None:
        super().__init__()
        self._prefix = prefix
        self._notes = notes

    def compose(self) -> ComposeResult:
        """The box of continuations, not shown at first."""
        with Vertical(id="box") as box:
            box.display = False
            yield Static(Content("\n").join(self._lines()))

    def _lines(self) -> list[Content]:
        made = [parts((f"{self._prefix} … {commands.PREFIXES[self._prefix]}", "bold"))]
        for command in commands.of(self._prefix):
            note = self._notes.get(command.id, "")
            if command.id.startswith("open.link") and not note:
                continue
            made.append(
                parts(
                    (f" {command.shown_key} ", "$accent bold"),
                    command.title,
                    (f"  {note}", "$text-muted"),
                )
            )
        return made

    def on_mount(self) -> None:
        """Show the box when no key has come."""
        self.set_timer(_BOX_AFTER_SECONDS, self._show)

    def _show(self) -> None:
        self.query_one("#box").display = True

    def on_key(self, event: events.Key) -> None:
        """The second key decides; `?` shows the box at once; Esc and unknown keys do nothing."""
        event.stop()
        if event.key == "question_mark":
            self._show()
            return
        for command in commands.of(self._prefix):
            if event.key in command.keys:
                self.dismiss(command.id)
                return
        self.dismiss(None)
