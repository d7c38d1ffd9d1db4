"""Playbooks: the handbook's procedures as checklists, for the open ticket.

A tick is kept on this machine with its moment. It says that a hero has done a step, not that it
is proven: the steps' text says what to look at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from textual.content import Content
from textual.message import Message

from heroterm.domain.playbook import Playbook
from heroterm.tui.lines import LinePane
from heroterm.tui.text import Part, parts


class PlaybookPane(LinePane):
    """First the list of playbooks, those that fit the ticket on top; then the steps of one."""

    HELP = "Playbooks. Enter opens one; x ticks a step; h goes back to the list."

    @dataclass
    class Ticked(Message):
        """A step was ticked or unticked."""

        playbook: str
        step: str
        on: bool

    @dataclass
    class Chosen(Message):
        """A playbook was opened; its ticks are wanted."""

        playbook: str

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._playbooks: Sequence[tuple[Playbook, bool]] = ()
        self.opened: Playbook | None = None
        self._ticks: Mapping[str, datetime] = {}
        self._region: str | None = None
        self._values: Mapping[str, str] = {}
        self._lines: list[tuple[Content, str | None]] = []

    def know(self, region: str | None, values: Mapping[str, str]) -> None:
        """Take over the region and ids that the trusted footer gives, for the links."""
        self._region, self._values = region, values
        if self.opened is not None:
            self._lay(keep=True)

    def offer(self, playbooks: Sequence[tuple[Playbook, bool]]) -> None:
        """Take over the playbooks; True marks one that the ticket's words suggest."""
        self._playbooks = playbooks
        self.opened = None
        self._lay()

    def open(self, playbook: Playbook) -> None:
        """Show the steps of one playbook."""
        self.opened = playbook
        self._ticks = {}
        self._lay()
        self.post_message(self.Chosen(playbook.name))

    def ticks(self, ticks: Mapping[str, datetime]) -> None:
        """Take over which steps are ticked, and when they were."""
        self._ticks = ticks
        self._lay(keep=True)

    def on_resize(self) -> None:
        """Wrap again."""
        self._lay(keep=True)

    def line(self, y: int, width: int) -> Content:
        """A playbook, or a line of a step."""
        return self._lines[y][0]

    def _lay(self, *, keep: bool = False) -> None:
        width = max(16, self.scrollable_content_region.width)
        self._lines = self._list() if self.opened is None else self._steps(self.opened, width)
        first = next((y for y, (_, step) in enumerate(self._lines) if step is not None), 0)
        at = self.cursor if keep and self.cursor is not None else first
        self.set_reactive(
            PlaybookPane.cursor, min(at, len(self._lines) - 1) if self._lines else None
        )
        self.relay(len(self._lines))

    def _list(self) -> list[tuple[Content, str | None]]:
        made: list[tuple[Content, str | None]] = []
        for playbook, fits in self._playbooks:
            fit: list[Part | str] = [("  fits this ticket", "$sla-soon bold")] if fits else []
            made.append((parts(f" {playbook.title}", *fit), playbook.name))
        return made

    def _steps(self, playbook: Playbook, width: int) -> list[tuple[Content, str | None]]:
        made: list[tuple[Content, str | None]] = [(parts((playbook.title, "bold")), None)]
        made += [
            (line, None) for line in parts((playbook.note, "italic")).wrap(width) if playbook.note
        ]
        for n, step in enumerate(playbook.steps, start=1):
            when = self._ticks.get(step.id)
            box = "[x]" if when is not None else "[ ]"
            style = "$sla-breached bold" if step.kind == "danger" else ""
            at = when.astimezone().strftime("  %a %H:%M") if when is not None else ""
            text = parts(f"{box} {n} ", (step.text, style), (at, "$text-muted"))
            made += [(line, step.id) for line in text.wrap(width)]
            if step.warning:
                warning = parts(("      " + step.warning, "$sla-breached bold"))
                made += [(line, step.id) for line in warning.wrap(width)]
            for link in step.links:
                url = link.address(self._region, self._values)
                said = url or "no link: the region or the id is not known from the trusted footer"
                made.append((parts(f"      {link.title}: ", (said, "$text-muted")), step.id))
        return made

    def move(self, by: int) -> None:
        """Move the cursor, stopping at the ends."""
        if self.count:
            self.cursor = max(0, min((self.cursor or 0) + by, self.count - 1))

    def choose(self) -> None:
        """Open the playbook under the cursor."""
        if self.opened is None and self.cursor is not None and self._playbooks:
            self.open(self._playbooks[self.cursor][0])

    def tick(self) -> None:
        """Tick or untick the step under the cursor."""
        if self.opened is None or self.cursor is None:
            return
        step = self._lines[self.cursor][1]
        if step is not None:
            self.post_message(self.Ticked(self.opened.name, step, step not in self._ticks))

    def leave(self) -> None:
        """Back to the list of playbooks."""
        self.opened = None
        self._lay()
