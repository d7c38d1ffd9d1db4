"""Which tickets of a queue are marked, in the order of marking."""

from __future__ import annotations

from collections.abc import Collection, Iterable

MOST = 500
"""Tickets that can be marked at once."""


class Marked:
    """Marks belong to tickets: no refresh moves one to another."""

    def __init__(self) -> None:
        self.ids: tuple[int, ...] = ()

    def turn(self, ticket_id: int) -> None:
        """Mark a ticket, or take its mark off."""
        if ticket_id in self.ids:
            self.ids = tuple(id_ for id_ in self.ids if id_ != ticket_id)
        elif len(self.ids) < MOST:
            self.ids = (*self.ids, ticket_id)

    def all(self, ids: Iterable[int]) -> None:
        """Mark all of these instead of the ones before."""
        self.ids = tuple(ids)[:MOST]

    def keep(self, held: Collection[int]) -> None:
        """What left the queue is out of sight, and no action may reach it."""
        self.ids = tuple(id_ for id_ in self.ids if id_ in held)
