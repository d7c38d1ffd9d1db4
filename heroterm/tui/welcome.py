"""The first screen of all: three ways to begin, and what this terminal can do, as plain lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from heroterm.tui.guarded import Guarded
from heroterm.tui.lines import TextLines
from heroterm.tui.screens.explain import scrolled
from heroterm.tui.text import hung, parts

PRACTICE, CONNECT, IMPORT, LEAVE = "d", "c", "i", "q"
_SAID = re.compile(r"\S+ +\S.*? {2,}(?=\S)")
"""What stands before the words of a trait: `yes  size      `."""


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


class Wrapped(TextLines, can_focus=False):
    """Lines that wrap at whatever width there is; `lay` makes them."""

    def __init__(
        self,
        lay: Callable[[int], Sequence[Content]],
        picked: Callable[[int], None] = lambda at: None,
        *,
        id: str,
    ) -> None:
        super().__init__(id=id)
        self._lay, self._picked = lay, picked

    def on_resize(self) -> None:
        """Wrap at the new width."""
        super().on_resize()
        self.wrap()

    def wrap(self) -> None:
        """Show the lines as they are now."""
        self.show(self._lay(max(20, self.scrollable_content_region.width)))

    def clicked(self, at: int, again: bool) -> None:
        """A line was clicked."""
        self._picked(at)


class Welcome(Guarded):
    """Ends with `chosen` set to one of the keys; empty when the person left."""

    CSS = """
    Screen { align: center top; background: $background; color: $foreground; }
    #welcome { width: 100%; max-width: 100; height: 1fr; padding: 1 2 0 2; }
    Wrapped {
        scrollbar-gutter: stable; scrollbar-size-vertical: 1; overflow-x: hidden;
        scrollbar-background: $background; scrollbar-color: $muted 35%;
    }
    #ways { height: 13; max-height: 1fr; margin-bottom: 1; }
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
        self.wear_first(theme, folders)
        self._at = 0
        self._lines: list[str] = []
        """To which way each line of them belongs."""

    def compose(self) -> ComposeResult:
        """The ways above, the terminal below, the keys last."""
        with Vertical(id="welcome"):
            yield Wrapped(self._ways, self._clicked, id="ways")
            yield Wrapped(self._terminal, id="traits")
        yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Say it all at once; nothing is waited for."""
        self.query_one("#traits", Wrapped).entitle("This terminal (nothing is required)")
        keys = "d c i begin, or up down Enter   space scrolls   q leaves; nothing was written"
        self.query_one("#keys", Static).update(parts((f" {keys}", "$text-muted")))

    def _terminal(self, width: int) -> list[Content]:
        lines = []
        for line in self._traits:
            style, told = "$sla-ok" if line.startswith("yes") else "$sla-soon", _SAID.match(line)
            lines += hung(parts((line[:4], style), line[4:]), width, told.end() if told else None)
        return lines

    def _ways(self, width: int) -> list[Content]:
        made = [
            parts(("heroterm", "$accent bold"), ": the workstation of this week's Support Hero"),
            Content(""),
            parts("There is no Zendesk account here yet. How do you want to begin?"),
            Content(""),
        ]
        self._lines = [""] * len(made)
        for at, way in enumerate(WAYS):
            mark = ">" if at == self._at else " "
            name = parts((f" {mark} {way.key}  ", "$accent bold"), (way.name, "bold"))
            lines = [name, *hung(parts(("      " + way.about, "$text-muted")), width)]
            self._lines += [way.key] * len(lines)
            made += lines
        self.query_one("#ways").styles.height = len(made)
        return made

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
            self._follow()
        elif scrolled(self.query_one("#traits", Wrapped), event.key):
            return
        elif event.key == "enter":
            self._choose(WAYS[self._at].key)

    def _follow(self) -> None:
        """Draw the way that is picked, and bring it into a small screen."""
        ways = self.query_one("#ways", Wrapped)
        ways.wrap()
        picked = [y for y, key in enumerate(self._lines) if key == WAYS[self._at].key]
        first = 0 if self._at == 0 else picked[0]
        seen = Region(0, first, 1, picked[-1] + 1 - first)
        ways.scroll_to_region(seen, animate=False)

    def _clicked(self, at: int) -> None:
        """A click on a way begins it."""
        if at < len(self._lines) and self._lines[at]:
            self._choose(self._lines[at])

    def _choose(self, key: str) -> None:
        self.chosen = key
        self.exit()
