"""Every audit of the desk by its moment, without keeping the threads that nobody opened."""

from __future__ import annotations

from heroterm.sandbox.world import World

AuditKey = tuple[int, int, int]
"""Moment in epoch seconds, audit id, ticket id."""


class AuditIndex:
    """Reads all threads once, then follows the world's log."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._rows: list[AuditKey] | None = None

    def rows(self) -> list[AuditKey]:
        """All audits, oldest first."""
        fresh, self.world.log[:] = list(self.world.log), []
        if self._rows is None:
            self._rows = sorted(self._all())
        elif fresh:
            # Nearly in order already, which the sort notices.
            self._rows.extend(fresh)
            self._rows.sort()
        return self._rows

    def _all(self) -> list[AuditKey]:
        world = self.world
        return [
            (audit.at, audit.id, ticket.id)
            for ticket in (*world.tickets.values(), *world.gone.values())
            for audit in world.peek(ticket).audits
        ]
