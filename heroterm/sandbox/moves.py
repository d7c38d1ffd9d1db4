"""A person moves to another organisation and takes unsolved tickets along (api.md §7)."""

from __future__ import annotations

from heroterm.sandbox.changes import Change
from heroterm.sandbox.records import WORKING, User, Via
from heroterm.sandbox.world import World


def move(world: World, user: User, target: int | None, actor: User) -> None:
    """Let `user` belong to the organisation `target`, or to none."""
    before, user.organization_id = user.organization_id, target
    user.updated_at = world.clock.seconds()
    for ticket in list(world.tickets.values()):
        mine = ticket.requester_id == user.id and ticket.organization_id == before
        if mine and ticket.status in WORKING:
            change = Change(world, ticket, actor, Via("system"))
            change.set("organization_id", target)
            change.finish()
