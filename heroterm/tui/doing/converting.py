"""From a note to a public reply and back: the same words, to other readers."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.domain.outbox import Draft
from heroterm.journal.database import Journal
from heroterm.tui.doing import reviewing, seat, writing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.composer import NEW, NOTE, PUBLIC, Writing
from heroterm.tui.screens.before_after import BeforeAfter, Shown

_NOW = {PUBLIC: "It is a public reply now.", NOTE: "It is an internal note now."}
_NO_COPIES = " What you changed about its copies is gone: {review.copies} adds them."


def convert(kind: str) -> Callable[[OnDesk], None]:
    """A deed that makes the words the other kind; to the public only after a yes."""

    def deed(desk: OnDesk) -> None:
        composing = desk.composer.writing
        if composing is None or composing.kind == kind:
            return
        if composing.kind == NEW:
            desk.tell("A new ticket goes to a person and cannot become a note.")
            return
        if kind == NOTE:
            _become(desk, NOTE)
        else:
            _ask_for_public(desk, composing)

    return deed


def _ask_for_public(desk: OnDesk, composing: Writing) -> None:
    """Show the words together with who will read them."""
    verdict = seat.may_begin(desk, PUBLIC, desk.opened, None)
    if not verdict.ok:
        seat.refused(desk, verdict)
        return
    shown = Shown(
        title=f"#{composing.ticket_id}: from a note to a public reply",
        rows=(),
        notes=[(f"{_requester(desk)} will read this:", "bold")],
        words=desk.composer.body,
        yes="make it a public reply",
    )
    desk.app.push_screen(BeforeAfter(shown), lambda yes: _become(desk, PUBLIC) if yes else None)


def _requester(desk: OnDesk) -> str:
    opened = desk.opened
    if opened is None or opened.requester is None:
        return "The customer"
    return f"{opened.requester.name} <{opened.requester.email or 'no address'}>"


def _become(desk: OnDesk, kind: str) -> None:
    """Make the words the other kind on their own ticket; both former drafts go to the trash."""
    composing, opened = desk.composer.writing, desk.opened
    if composing is None or opened is None or opened.ticket.id != composing.ticket_id:
        return
    body = desk.composer.body

    def both_to_trash(journal: Journal) -> None:
        for old in (PUBLIC, NOTE):
            journal.drafts.trash(composing.ticket_id, old)

    desk.pen.write(both_to_trash)
    status = composing.status if kind == PUBLIC else None
    draft = Draft(
        composing.ticket_id,
        kind,
        body,
        desk.reading.local_now(),
        status=status,
        cursor=desk.composer.words.cursor_location,
        files=composing.files,
        changes=composing.changes,
        later=composing.later,
    )
    writing.begin(desk, kind, opened, draft=draft, status=status)
    reviewing.review(desk)
    copies = desk.filled(_NO_COPIES) if composing.add_ccs or composing.remove_ccs else ""
    desk.tell(f"{_NOW[kind]}{copies}")
