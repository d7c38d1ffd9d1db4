"""What goes with the words that are being written, beside them: copies and the moment, in words."""

from __future__ import annotations

from datetime import tzinfo
from zoneinfo import ZoneInfo

from heroterm.domain import later
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.composer import NOTE


def present(desk: OnDesk) -> list[str]:
    """Addresses that get copies of this ticket as the mirror has it."""
    composing, opened, mirror = desk.composer.writing, desk.opened, desk.reading.mirror
    same = opened is not None and composing is not None and composing.new is None
    if not same or opened is None or mirror is None or composing is None:
        return []
    if opened.ticket.id != composing.ticket_id:
        return []
    people = mirror.people(opened.ticket.email_cc_ids)
    found = (people.get(id_) for id_ in opened.ticket.email_cc_ids)
    return [p.email if p.email else p.name for p in found if p is not None]


def copy_words(desk: OnDesk) -> str:
    """Who gets copies, in words; what is not so yet has a sign before it."""
    composing = desk.composer.writing
    if composing is None or composing.kind == NOTE:
        return ""
    now = [one for one in present(desk) if one not in composing.remove_ccs]
    said = [*now, *(f"+{one}" for one in composing.add_ccs)]
    return ", ".join([*said, *(f"-{one}" for one in composing.remove_ccs)]) or "none"


def their_zone(desk: OnDesk) -> tzinfo | None:
    """The requester's time zone; None where it is not known."""
    asks = desk.opened.requester if desk.opened is not None else None
    if asks is None or not asks.time_zone:
        return None
    try:
        return ZoneInfo(asks.time_zone)
    except (KeyError, ValueError, OSError):
        return None


def moment_words(desk: OnDesk) -> str:
    """When it is to be sent, exactly; empty for the usual hold."""
    composing = desk.composer.writing
    if composing is None or composing.later is None:
        return ""
    now = desk.reading.local_now()
    return later.words(composing.later, now, desk.book.zone, their_zone(desk))
