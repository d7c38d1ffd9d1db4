"""What stands beside the open ticket: asked once the hero rests on it, off the screen's thread."""

from __future__ import annotations

from heroterm.errors import StoreError
from heroterm.mirror.reader import Mirror
from heroterm.tui import beside
from heroterm.tui.beside import Beside
from heroterm.tui.doing import showing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened

_REST_SECONDS = 0.25


def look(desk: OnDesk, opened: Opened) -> None:
    """Ask soon for what is beside this state of the ticket, unless it is known already."""
    known, ticket = desk.seeing.beside, opened.ticket
    if known is not None and (known.ticket_id, known.stamp) == (ticket.id, ticket.updated_stamp):
        return
    if known is not None and known.ticket_id != ticket.id:
        desk.seeing.beside = None
    desk.set_timer(_REST_SECONDS, lambda: _ask(desk, opened))


def _ask(desk: OnDesk, opened: Opened) -> None:
    if not _still(desk, opened):
        return
    ticket, words = opened.ticket, opened.first_words

    def question(mirror: Mirror) -> Beside:
        return beside.read(mirror, ticket, words)

    def failed(error: StoreError) -> None:
        _known(desk, opened, Beside(ticket.id, ticket.updated_stamp, trouble=str(error)))

    desk.lookups.ask(question, lambda found: _known(desk, opened, found), failed)


def _still(desk: OnDesk, opened: Opened) -> bool:
    return desk.opened is not None and desk.opened.ticket == opened.ticket


def _known(desk: OnDesk, opened: Opened, found: Beside) -> None:
    if _still(desk, opened):
        desk.seeing.beside = found
        showing.card(desk)
