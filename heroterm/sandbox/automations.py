"""What the desk does by itself every hour: pending tickets are solved, solved ones closed.

A pending ticket without an answer for 7 days is solved; a solved one is closed after 20 days
(handbook: How do I use Zendesk?). The hour is the desk's own, so turning the clock is enough.
A ticket that has been closed for 120 days is archived (api.md §10).
"""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.sandbox.changes import Change
from heroterm.sandbox.clock import DAY, HOUR
from heroterm.sandbox.records import Ticket, Via
from heroterm.sandbox.threads import CLOSES_AFTER
from heroterm.sandbox.world import World

SOLVES_AFTER = 7 * DAY
ARCHIVED_AFTER = 120 * DAY


@dataclass(slots=True)
class Automations:
    """Runs at most once an hour of the desk's clock; `next_run` in epoch seconds."""

    world: World
    next_run: int = 0

    def sweep(self) -> list[int]:
        """Do what is due; the numbers of the tickets that changed."""
        now = self.world.clock.seconds()
        if now < self.next_run:
            return []
        self.next_run = now + HOUR
        due = [(each, _next_status(self.world, each, now)) for each in self.world.tickets.values()]
        moved = [(ticket, status) for ticket, status in due if status is not None]
        for ticket, status in moved:
            self._move(ticket, status)
        self._archive(now)
        return [ticket.id for ticket, _ in moved]

    def _archive(self, now: int) -> None:
        for ticket in self.world.tickets.values():
            old = ticket.status == "closed" and now - ticket.updated_at >= ARCHIVED_AFTER
            if old and not ticket.archived:
                ticket.archived = True
                self.world.version += 1

    def _move(self, ticket: Ticket, status: str) -> None:
        via = Via("rule", rel="automation", source_id=35079801)
        change = Change(self.world, ticket, self.world.automation, via)
        change.set("status", status)
        change.finish()


def _next_status(world: World, ticket: Ticket, now: int) -> str | None:
    if ticket.status == "pending":
        since = world.thread(ticket).statuses[-1][0]
        return "solved" if now - since >= SOLVES_AFTER else None
    if ticket.status == "solved":
        since = ticket.solved_at or ticket.updated_at
        return "closed" if now - since >= CLOSES_AFTER else None
    return None
