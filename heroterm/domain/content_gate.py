"""The content warning: what stands before a ticket's words until the hero asks for them.

Handbook, Content Warnings: some organizations track content that may offend, "to avoid team
members inadvertently seeing anything offensive". So nothing that such a customer wrote, enclosed
or linked is shown unasked (features C4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from heroterm.domain.ticket import Organization


@dataclass(frozen=True, slots=True)
class Gate:
    """Why a ticket is closed, and for whom it may be opened for a week."""

    reason: str
    """The text of the organization's field; "" where only the ticket's tag warns."""
    organization_id: int | None = None
    organization: str = ""


def gate_for(organization: Organization | None, *, placeholder: bool) -> Gate:
    """The gate of a ticket that carries the warning.

    `placeholder`: the organization stands in for a free mail provider, and a week's leave for it
    would be one for strangers.
    """
    if organization is None:
        return Gate("")
    reason = (organization.content_warning or "").strip()
    return Gate(reason, None if placeholder else organization.id, organization.name)


def week_of(moment: datetime) -> str:
    """The hero's week, by the calendar of the moment's own zone: `2026-W48`."""
    year, week, _ = moment.isocalendar()
    return f"{year}-W{week:02}"
