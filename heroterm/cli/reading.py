"""What the reading verbs look at: mirror and journal of one home, closed at the end.

Reading verbs never touch the network; where nothing was synced yet they say so (exit 3), and
never print an empty list instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from heroterm.cli.invocation import Invocation
from heroterm.cli.mirrors import FIRST, open_mirror
from heroterm.cli.queues import choices_of
from heroterm.cli.rules import rulebook
from heroterm.domain import lifecycle_query
from heroterm.domain.query import asks_span
from heroterm.domain.ticket import Ticket
from heroterm.domain.tiers import policy_order
from heroterm.domain.view import Overlay, QueueChoice, SyncState, View
from heroterm.errors import StoreError, UsageError
from heroterm.journal.database import Journal, open_journal
from heroterm.mirror.reader import Mirror


@dataclass(frozen=True, slots=True)
class Reading:
    """Both databases and the moment, by the server's clock as far as it is known."""

    mirror: Mirror
    journal: Journal
    state: SyncState
    now: datetime

    @property
    def overlay(self) -> Overlay:
        """Marks and waiting intents of this machine, as the screen lays them over the mirror."""
        status, intent = self.journal.outbox.overlay_parts()
        return Overlay(self.journal.marks.tier1(), status, intent)

    def ticket(self, ticket_id: int) -> Ticket:
        """A ticket of the mirror; UsageError for one that it does not hold."""
        found = self.mirror.ticket(ticket_id)
        if found is None:
            raise UsageError(
                f"Ticket #{ticket_id} is not in the mirror.",
                f"`heroterm sync --once --ticket {ticket_id}` asks Zendesk for it.",
            )
        return found


@contextmanager
def reading(call: Invocation) -> Iterator[Reading]:
    """Open both databases of the home; raises StoreError before the first pass came through."""
    mirror = open_mirror(call.paths.mirror)
    try:
        state = mirror.state()
        if not state.first_fill_done and not state.tickets:
            raise StoreError("The mirror has not been filled yet.", FIRST)
        with over(call, mirror) as read:
            yield read
    finally:
        mirror.close()


@contextmanager
def over(call: Invocation, mirror: Mirror) -> Iterator[Reading]:
    """The same over a mirror that is open already and stays so."""
    journal, state = _journal(call), mirror.state()
    try:
        now = call.clock() + timedelta(seconds=state.clock_offset)
        yield Reading(mirror, journal, state, now)
    finally:
        journal.close()


def _journal(call: Invocation) -> Journal:
    return open_journal(call.paths.journal, clock=call.clock, sealed=lambda: call.read_only)


def view_of(call: Invocation, read: Reading, name: str | None, *, every: bool = False) -> View:
    """The queue asked for, in the order of the policy, its spans counted from now.

    Raises UsageError for a name that is not known.
    """
    view = _named(call, read, name, every=every)
    rules = rulebook(call.paths)
    return policy_order(replace(view, query=dated(call, read, view.query)), rules.tiers)


def dated(call: Invocation, read: Reading, query: str) -> str:
    """A search line whose spans (`onhold:>7d`) are moments, counted from now."""
    numbers = rulebook(call.paths).lifecycle if asks_span(query) else None
    return query if numbers is None else lifecycle_query.dated(query, read.now, numbers)


def _named(call: Invocation, read: Reading, name: str | None, *, every: bool) -> View:
    """The queue asked for: one of the team's by name or letter, else a Zendesk view by title or
    number, else the desk's own.

    `every` lifts the limits to groups and view.
    """
    if every and not name:
        return View(name="all")
    choices = choices_of(call.config)
    if not name:
        return choices[0].view(read.state.group_ids)
    views = read.mirror.views()
    saved = [QueueChoice(view.title, zendesk_view_id=view.id) for view in views]
    for choice in (*choices, *saved):
        number = choice.zendesk_view_id
        known = {choice.name.casefold(), *([str(number)] if number is not None else [])}
        if name == choice.key or name.casefold() in known:
            return choice.view(read.state.group_ids)
    own = ", ".join(choice.name for choice in choices)
    titles = ", ".join(view.title for view in views) or "none was synced"
    raise UsageError(
        f"There is no view {name!a} here.",
        f"Yours are: {own}. Saved in Zendesk are: {titles}.",
    )
