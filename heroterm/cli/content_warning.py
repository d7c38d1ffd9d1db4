"""What stands before the words of a customer whose content may offend (domain.content_gate)."""

from __future__ import annotations

from heroterm.cli.reading import Reading
from heroterm.domain.view import Overlay


def content_warning(read: Reading, ticket_id: int) -> str | None:
    """Why a ticket's words may offend; None where nothing warns."""
    row = read.mirror.row(ticket_id, Overlay())
    if row is None or not row.content_warning:
        return None
    ticket = read.mirror.ticket(ticket_id)
    key = ticket.organization_id if ticket is not None else None
    organization = read.mirror.organization(key) if key else None
    said = organization.content_warning if organization is not None else None
    return said or "the organization's field says no reason."
