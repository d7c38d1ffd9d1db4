"""The first screen of all: three ways to begin, and what this terminal can do, as plain lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from heroterm.tui import themes
from heroterm.tui.guarded import Guarded
from heroterm.tui.lines import TextLines
from heroterm.tui.text import parts

PRACTICE, CONNECT, IMPORT, LEAVE = "d", "c", "i", "q"
_THEME = "heroterm-dark"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to begin: its key, its name, and what it means."""

    key: str
    name: str
    about: str


WAYS = (
    Way(
        PRACTICE,
        "Practice shift",
        "Five tickets that teach by doing, on made-up customers. Nothing leaves this machine.",
    ),
    Way(
        CONNECT,
        "Connect",
        "Sign in to your Zendesk: subdomain, browser, your team's view. About five minutes.",
    ),
    Way(
        IMPORT,
        "Import a colleague's configuration",
        "Account, queues, replies, keys and themes; never a token. Then you sign in yourself.",
    ),
)


class Welcome(Guarded):
    """Ends with `chosen` set to one of the keys; empty when the person left."""

    CSS = """
    Screen { align: center top; background: $background; color: $foreground; }
    #welcome { width: 100%; max-width: 100; height: 1fr; padding: 1 2 0 2; }
    #ways { height: auto; margin-bottom: 1; }
    #traits { height: 1fr; border-top: solid $muted 60%; border-title-color: $muted; }
    #keys { height: 1; dock: bottom; background: $panel; }
    """
    ENABLE_COMMAND_PALETTE = False
    TITLE = "heroterm"
    BINDINGS: ClassVar = []

    def __init__(self, traits: Sequence[str], folders: Sequence[Path], theme: str = "") -> None:
        super().__init__()
        self._traits = traits
        self.chosen = ""
        self.animation_level = "none"
        worn = themes.find(folders, theme) or themes.find(folders, _THEME)
        if worn is not None:
            self.begin_in(worn)
        self._at = 0

    def compose(self) -> ComposeResult:
        """The ways above, the terminal below, the keys last."""
        with Vertical(id="welcome"):
            yield Static(id="ways", markup=False)
            yield TextLines(id="traits", can_focus=False)
        yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Say it all at once; nothing is waited for."""
        self._draw()
        traits = self.query_one("#traits", TextLines)
        traits.entitle("This terminal (nothing is required)")
        keys = "d c i begin   up down and Enter too   q leaves; nothing was written yet"
        self.query_one("#keys", Static).update(parts((f" {keys}", "$text-muted")))

    def on_resize(self) -> None:
        """Long lines wrap at the new width."""
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        traits = self.query_one("#traits", TextLines)
        width = max(10, traits.scrollable_content_region.width)
        lines = []
        for line in self._traits:
            style = "$sla-ok" if line.startswith("yes") else "$sla-soon"
            lines += parts((line[:4], style), line[4:]).wrap(width)
        traits.show(lines)

    def _draw(self) -> None:
        made = [
            parts(("heroterm", "$accent bold"), ": the workstation of this week's Support Hero"),
            Content(""),
            parts("There is no Zendesk account here yet. How do you want to begin?"),
            Content(""),
        ]
        for at, way in enumerate(WAYS):
            mark = ">" if at == self._at else " "
            made.append(parts((f" {mark} {way.key}  ", "$accent bold"), (way.name, "bold")))
            made.append(parts(("      " + way.about, "$text-muted")))
        self.query_one("#ways", Static).update(Content("\n").join(made))

    def on_key(self, event: events.Key) -> None:
        """A letter begins at once; arrows and Enter do the same."""
        event.stop()
        if event.key in (PRACTICE, CONNECT, IMPORT):
            self._choose(event.key)
        elif event.key in ("q", "escape", "ctrl+q", "ctrl+c"):
            self.exit()
        elif event.key in ("down", "up", "j", "k", "tab", "shift+tab"):
            step = 1 if event.key in ("down", "j", "tab") else -1
            self._at = (self._at + step) % len(WAYS)
            self._draw()
        elif event.key == "enter":
            self._choose(WAYS[self._at].key)

    def on_click(self, event: events.Click) -> None:
        """A click on a way begins it."""
        ways = self.query_one("#ways", Static)
        if event.widget is ways:
            line = event.y - 4
            if 0 <= line < 2 * len(WAYS):
                self._choose(WAYS[line // 2].key)

    def _choose(self, key: str) -> None:
        self.chosen = key
        self.exit()
