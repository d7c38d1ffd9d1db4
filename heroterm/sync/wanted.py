"""Tickets that are wanted, in the order in which they are."""

from __future__ import annotations

from collections import deque


class Wanted(deque[int]):
    """Ids of tickets, each once."""

    def want(self, ticket_id: int, *, at_once: bool = False) -> None:
        """Put one last, unless it is wanted already; `at_once` before all others."""
        if at_once and ticket_id in self:
            self.remove(ticket_id)
        if at_once:
            self.appendleft(ticket_id)
        elif ticket_id not in self:
            self.append(ticket_id)
