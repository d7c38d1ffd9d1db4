"""What is said around the queue's rows: its title, and the line at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from heroterm.domain.ages import clock_time
from heroterm.domain.freshness import age_words, freshness
from heroterm.domain.view import ORDERS, POLICY, QueueCounts, View
from heroterm.domain.zone import LOCAL
from heroterm.tui.keymap import Keys
from heroterm.tui.reading import Reading
from heroterm.tui.text import Part, parts

HELP = (
    "The tickets of your queue in your policy's order: usually tier first, then closest to "
    "breach; {ticket.why} says what makes a tier. -0:20!! breached, 0:42! under an hour, ~paused, "
    "-- no target; 3:10 w: working time of it; @12m: last looked at 12 minutes ago. "
    "T2+ marked. [CW] content warning, [ORG?] free-mail organization, [HELD] waits in the "
    "outbox, [SKIP] [WAIT] left out of {desk.next}. {views.keep} keeps a filter as a queue."
)
AGE_STYLES = {"fresh": "", "late": "$sla-soon", "stale": "$sla-breached bold"}


def title(view: View, counts: QueueCounts | None) -> str:
    """Which queue, how many (None: that is not known yet), and what narrows it."""
    how_many = "not known yet" if counts is None else f"{counts.to_answer} to answer"
    words = f"{view.name}  {how_many}"
    if counts is not None and counts.breached:
        words += f", {counts.breached} breached"
    if view.text:
        words += f"  filter: {view.text}"
    if view.only_me_and_unassigned is not None:
        words += "  mine and unassigned"
    return words


def age(reading: Reading) -> Part:
    """How old the queue is, for the end of its title."""
    now, synced, promise = reading.now(), reading.state.synced_at, reading.promise
    style = AGE_STYLES[freshness(synced, now, promise)] if synced is not None else ""
    return age_words(synced, now, promise), style


@dataclass(slots=True)
class News:
    """What a refresh brought that is not in sight. `waiting` is not taken over yet.

    `waiting` None: nothing waits; 0: no new ticket, but the queue would look otherwise.
    """

    waiting: int | None = None
    above: int = 0
    picked: str = ""
    """What was picked out of order, in words, where there is room to say so."""

    def words(self, sync: str) -> str:
        """For the foot; empty when everything is in sight. `sync` is the key that shows it."""
        fresh = self.above + (self.waiting or 0)
        if fresh:
            return f" +{fresh} new ({sync} to show)"
        return f" changed meanwhile ({sync} to show)" if self.waiting is not None else ""


def empty(view: View, reading: Reading, key: Keys) -> Sequence[Content]:
    """Why there is no row: nothing there, as of when, and what ends a filter; or nothing known
    (features I12).
    """
    state = reading.state
    said = list(reading.explained(view))
    if not state.first_fill_done or state.synced_at is None:
        said.append("The first pass has not ended: nothing can be said about this queue yet.")
    elif not said:
        when = clock_time(state.synced_at, reading.now(), LOCAL)
        narrowed = " as it is filtered" if view.text else ""
        said.append(f"No unsolved ticket in “{view.name}”{narrowed}, checked {when}.")
        if view.text:
            said.append(f"{key('desk.back')} here shows all.")
    return [parts((f" {each}", "$text-muted")) for each in said]


def foot(view: View, marked: int, left: int | None, news: News, key: Keys) -> Sequence[Content]:
    """The lines at the foot of the queue, or none; an order of the hero's own is never silent."""
    said: list[Part] = []
    sorted_by: list[Content] = []
    if view.order != POLICY:
        words = f" SORTED: {ORDERS[view.order]}, not by policy ({key('sort.policy')}) "
        sorted_by.append(parts((words, "$sla-soon bold reverse")))
    if marked:
        said.append((f" {marked} marked ({key('queue.mark_all')} unmarks)", "$accent bold"))
    if left is not None:
        moves = f"{key('queue.down')} or {key('queue.up')}"
        said.append((f" #{left} left this queue; {moves} goes on", "$sla-soon bold"))
    if words := news.words(key("desk.sync")):
        said.append((words, "$accent bold"))
    lines = [*sorted_by, *([parts(*said)] if said else [])]
    return [*lines, parts((news.picked, "$text-muted"))] if news.picked else lines
