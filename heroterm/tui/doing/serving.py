"""Which tickets `n` gave: they stay this hero's turn, whatever comes in, also after a restart."""

from __future__ import annotations

from datetime import timedelta

from heroterm.domain.stats import SERVED
from heroterm.tui.on_desk import OnDesk

_REMEMBERED = timedelta(days=7)


def served(desk: OnDesk, ticket_id: int) -> bool:
    """Whether `n` gave a ticket since the desk was opened, or in the last days."""
    return ticket_id in desk.served or _kept(desk, ticket_id)


def to_keep(desk: OnDesk, ticket_id: int) -> str:
    """What the trail is to say once the ticket is open; "" where it says so already."""
    return SERVED if ticket_id in desk.served and not _kept(desk, ticket_id) else ""


def _kept(desk: OnDesk, ticket_id: int) -> bool:
    journal = desk.reading.journal
    if journal is None:
        return False
    given = journal.trail.since(desk.reading.local_now() - _REMEMBERED, SERVED)
    return any(entry.ticket_id == ticket_id for entry in given)
