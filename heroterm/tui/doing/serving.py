"""Which tickets `n` gave: they stay this hero's turn, whatever comes in, also after a restart; and
which were picked out of order, and were counted.
"""

from __future__ import annotations

from datetime import timedelta

from heroterm.domain.stats import OUT_OF_ORDER, SERVED
from heroterm.tui.on_desk import OnDesk

_REMEMBERED = timedelta(days=7)
_SHIFT = timedelta(hours=12)


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


def picked(desk: OnDesk, ticket_id: int) -> bool:
    """Whether a ticket was counted as picked out of order in this shift: words that are recalled,
    or come back to be decided, and what follows them, are no second pick.
    """
    journal = desk.reading.journal
    if journal is None:
        return False
    counted = journal.trail.since(desk.reading.local_now() - _SHIFT, OUT_OF_ORDER)
    return any(entry.ticket_id == ticket_id for entry in counted)
