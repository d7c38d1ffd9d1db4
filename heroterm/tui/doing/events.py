"""`E`: what happened between the messages, from the mirror's history."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from heroterm.domain.ticket import Audit
from heroterm.errors import StoreError
from heroterm.tui.naming import Names
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.event import event_lines


def turn(desk: OnDesk) -> None:
    """Show the events, or hide them again; for every ticket until turned back."""
    desk.seeing.events = not desk.seeing.events
    show(desk)
    opened, mirror = desk.opened, desk.reading.mirror
    if not desk.seeing.events or opened is None or mirror is None:
        return
    history = mirror.history(opened.ticket.id)
    if not history.complete:
        desk.tell("The history is still being brought; it shows by itself.")
    elif not any(audit.changes for audit in history.audits):
        desk.tell("Nothing but messages has happened on this ticket.")


def show(desk: OnDesk) -> None:
    """Hand the open ticket's history down, or take it away. Raises StoreError."""
    opened, mirror = desk.opened, desk.reading.mirror
    if opened is None or mirror is None:
        return
    audits: Sequence[Audit] = ()
    try:
        audits = mirror.history(opened.ticket.id).audits if desk.seeing.events else ()
    except StoreError as error:
        desk.tell(str(error), severity="error")
    names = Names(mirror)

    def lines(audit: Audit, width: int) -> list[Content]:
        return event_lines(audit, width, names, desk.reading.now())

    desk.thread.interleave(audits, lines)
