"""Bringing a ticket up on the desk: read it, keep what is written elsewhere, hand it to panes."""

from __future__ import annotations

from dataclasses import replace

from heroterm.errors import StoreError
from heroterm.tui import opened
from heroterm.tui.doing import changed, events, gating, showing, surroundings, writing
from heroterm.tui.on_desk import OnDesk


def show(desk: OnDesk, ticket_id: int) -> bool:
    """Show a ticket as the mirror has it; False when it is not held or cannot be read."""
    desk.failed = False
    try:
        found = opened.read(desk.reading, ticket_id)
    except StoreError as error:
        desk.failed = True
        desk.tell(str(error), severity="error")
        return False
    if found is None:
        return False
    if desk.opened is not None and found == replace(desk.opened, read_at=found.read_at):
        desk.opened = found
        gating.look(desk, found)
        showing.card(desk)
        events.show(desk)
        return True
    composing = desk.composer.writing
    elsewhere = composing is not None and composing.ticket_id != ticket_id
    if elsewhere and not writing.leave(desk):
        return False
    desk.seeing.looked = changed.look(desk, found)
    desk.opened = found
    gating.look(desk, found)
    surroundings.look(desk, found)
    showing.ticket(desk)
    events.show(desk)
    changed.banner(desk)
    return True
