"""Placeholders in an agent's comment: rendered when it is saved (api.md §7, Placeholders)."""

from __future__ import annotations

import re

from heroterm.sandbox.records import Ticket, User
from heroterm.sandbox.world import World

PLACEHOLDER = re.compile(r"\{\{\s*([a-z_.]+)\s*\}\}")


def rendered(world: World, ticket: Ticket, author: User, text: str) -> str:
    """The text with the known placeholders filled; unknown ones become nothing."""
    requester = world.users[ticket.requester_id]
    assignee = world.users.get(ticket.assignee_id or 0)
    organization = world.organizations.get(ticket.organization_id or 0)
    known = {
        "ticket.id": str(ticket.id),
        "ticket.title": ticket.subject,
        "ticket.requester.name": requester.name,
        "ticket.requester.first_name": requester.name.split(" ")[0],
        "ticket.requester.email": requester.email,
        "ticket.assignee.name": assignee.name if assignee else "",
        "ticket.organization.name": organization.name if organization else "",
        "current_user.name": author.name,
        "current_user.first_name": author.name.split(" ")[0],
    }
    return PLACEHOLDER.sub(lambda match: known.get(match.group(1), ""), text)
