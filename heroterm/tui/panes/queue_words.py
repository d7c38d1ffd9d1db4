"""What is said around the queue's rows: its title, and the line at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from heroterm.domain.view import QueueCounts, View
from heroterm.tui.text import Part, parts


def title(view: View, counts: QueueCounts) -> str:
    """Which queue, how many, and what narrows it."""
    words = f"1 {view.name}  {counts.to_answer} to answer"
    if counts.breached:
        words += f", {counts.breached} breached"
    if view.text:
        words += f"  filter: {view.text}"
    if view.only_me_and_unassigned is not None:
        words += "  mine and unassigned"
    return words


@dataclass(slots=True)
class News:
    """What a refresh brought that is not in sight. `waiting` is not taken over yet.

    `waiting` None: nothing waits; 0: no new ticket, but the queue would look otherwise.
    """

    waiting: int | None = None
    above: int = 0

    def words(self) -> str:
        """For the foot; empty when everything is in sight."""
        fresh = self.above + (self.waiting or 0)
        if fresh:
            return f" +{fresh} new (R to show)"
        return " changed meanwhile (R to show)" if self.waiting is not None else ""


def foot(marked: int, left: int | None, news: News) -> Sequence[Content]:
    """The line at the foot of the queue, or none."""
    said: list[Part] = []
    if marked:
        said.append((f" {marked} marked (X unmarks)", "$accent bold"))
    if left is not None:
        said.append((f" #{left} left this queue; j or k goes on", "$sla-soon bold"))
    if words := news.words():
        said.append((words, "$accent bold"))
    return [parts(*said)] if said else []
