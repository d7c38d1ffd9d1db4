"""Tickets by what can happen to them, so that one is drawn without looking at all."""

from __future__ import annotations

from random import Random

from heroterm.sandbox.records import WORKING, Ticket
from heroterm.sandbox.world import World

STATES = {"solved": "solved", "closed": "closed", **dict.fromkeys(WORKING, "working")}


class Pools:
    """Ids under "working", "solved" and "closed", and where each of them stands."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._ids: dict[str, list[int]] = {"working": [], "solved": [], "closed": []}
        self._at: dict[int, tuple[str, int]] = {}
        for ticket in world.live():
            self.place(ticket)

    def size(self, state: str) -> int:
        """How many tickets are in this state."""
        return len(self._ids[state])

    def place(self, ticket: Ticket) -> None:
        """Put a ticket where its status belongs; a deleted one nowhere."""
        self._drop(ticket.id)
        state = STATES.get(ticket.status)
        if state is not None:
            self._at[ticket.id] = (state, len(self._ids[state]))
            self._ids[state].append(ticket.id)

    def draw(self, rng: Random, state: str) -> Ticket | None:
        """A ticket in that state; None when there is none."""
        ids = self._ids[state]
        return self.world.tickets[rng.choice(ids)] if ids else None

    def _drop(self, key: int) -> None:
        state, index = self._at.pop(key, ("", 0))
        if not state:
            return
        ids = self._ids[state]
        last = ids.pop()
        if last != key:
            ids[index] = last
            self._at[last] = (state, index)
