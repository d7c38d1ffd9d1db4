"""What a signed-in person may do, in flags and in words (api.md §11; features H6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from heroterm.domain.rules_of_recipients import UPGRADE
from heroterm.errors import NotAllowed
from heroterm.sync.strategy import ADMIN, AGENT, LIGHT
from heroterm.zendesk.client import Zendesk
from heroterm.zendesk.pages import Me

PROBES = {
    "incremental": "incremental/tickets/cursor.json?start_time=1",
    "slas_policies": "slas/policies.json",
}
"""Paths that admins alone may read (api.md §11): whether they answer decides how to pull."""
_CANNOT = {
    "reply": "Public replies: a light agent writes internal notes only. " + UPGRADE,
    "note": "Internal notes: this role may not comment.",
    "history": "Who changed what in a ticket: without it an update whose answer got lost could not "
    "be found again, so nothing is sent. Sign in with the scopes read and write, or ask an admin.",
    "incremental": "Admin exports: tickets are read page by page instead; no ticket is missing.",
    "slas_policies": "The list of SLA policies: clocks come with each ticket, and what is promised "
    "comes with a ticket that you open.",
}


@dataclass(frozen=True, slots=True)
class Rights:
    """A person, the names of their groups, and what they may do."""

    me: Me
    groups: tuple[str, ...]
    can: dict[str, bool]

    @property
    def role(self) -> str:
        """The role in words."""
        return "light agent" if self.me.light else self.me.role

    @property
    def strategy(self) -> str:
        """How the carrier will pull: `admin`, `agent` or `light` (sync.strategy)."""
        if self.me.light or self.me.role == LIGHT:
            return LIGHT
        return ADMIN if self.me.role == ADMIN and self.can["incremental"] else AGENT

    @property
    def user(self) -> dict[str, Any]:
        """The person as `connect --json` gives it (cli.md)."""
        me = self.me
        return {"id": me.id, "name": me.name, "email": me.email, "role": me.role}

    @property
    def cannot(self) -> list[str]:
        """A sentence for each thing that this role may not do, with what happens instead."""
        return [_CANNOT[name] for name, allowed in self.can.items() if not allowed]

    @property
    def line(self) -> str:
        """Name, role and groups in one line."""
        groups = f", in {', '.join(self.groups)}" if self.groups else ""
        return f"{self.me.name}, {self.role}{groups}"


def look(client: Zendesk) -> Rights:
    """Ask who is signed in, and try what they may read.

    Raises NotAllowed for a customer's account and as `Zendesk.me` does.
    """
    me = client.me()
    if me.role == "end-user":
        raise NotAllowed(
            f"{me.name} signs in as a customer, and customers have no queue.",
            "Sign in as an agent, or ask an admin for an agent's seat.",
        )
    can = {"reply": not me.light, "note": True, "history": _history(client)}
    can |= {name: client.probe(path) for name, path in PROBES.items()}
    return Rights(me, _groups(client, me), can)


def _history(client: Zendesk) -> bool:
    """Whether a ticket's audits can be read, tried on the newest; True while there is no ticket."""
    newest = client.tickets_page().tickets[:1]
    return all(client.probe(f"tickets/{ticket.id}/audits") for ticket in newest)


def _groups(client: Zendesk, me: Me) -> tuple[str, ...]:
    """Names of a person's groups; none for a seat that may not read them."""
    try:
        own = set(client.my_groups(me.id))
        return tuple(group.name for group in client.groups() if group.id in own) if own else ()
    except NotAllowed as error:
        if error.signed_out:
            raise
        return ()
