"""The handover so far, beside everything else: what still keeps the week from ending."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from textual.content import Content

from heroterm.tui.lines import LinePane
from heroterm.tui.messages import CommandClicked
from heroterm.tui.screens.handover import LEARNINGS, Line
from heroterm.tui.screens.handover import line as drawn
from heroterm.tui.text import parts

_MOST = 3
"""Of each section; the heading says how many there are."""
WAIT = " Looking through tickets, replies and drafts ..."


class WeekPane(LinePane):
    """Sections with something in them, the first lines of each; to be read. `g h` deals with it."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, can_focus=False)
        self._lines: list[Line] = []
        self._failed = ""
        self.asked_at: datetime | None = None
        """When what it shows was asked for last, by this machine's clock."""
        self.asked_with: frozenset[str] = frozenset()
        """The intents that waited at the last look."""

    def offer(self, lines: Sequence[Line], failed: str = "") -> None:
        """Show the pack's lines but for its empty sections; `failed` is why there are none."""
        self._failed = failed
        said: Counter[str] = Counter()
        self._lines = []
        for line in lines:
            empty = line.words.endswith("(0)") or line.section == LEARNINGS
            said[line.section] += line.entry is not None
            if said[line.section] <= _MOST and (line.entry is not None or not empty):
                self._lines.append(line)
        self.relay(max(1, len(self._lines)))

    def line(self, y: int, width: int) -> Content:
        """One of the lines, as the handover itself draws it."""
        if self._lines:
            return drawn(self._lines[y], width)
        return parts((f" {self._failed}", "$sla-breached") if self._failed else (WAIT, "$muted"))

    def clicked(self, at: int, again: bool) -> None:
        """A click opens the handover."""
        self.post_message(CommandClicked("go.handover"))
