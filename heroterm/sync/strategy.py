"""How to pull, by what this sign-in may do (api.md §11)."""

from __future__ import annotations

from heroterm.sync.access import Access
from heroterm.sync.needs import Me

AGENT, ADMIN, LIGHT = "agent", "admin", "light"
"""List and working set; the same with exports; as an agent, and only notes may be written."""


def chosen(me: Me, access: Access) -> str:
    """The strategy for a role, after a try whether exports answer. Raises ZendeskError."""
    if me.light or me.role == LIGHT:
        return LIGHT
    if me.role == ADMIN and access.ask(access.wire.may_export):
        return ADMIN
    return AGENT
