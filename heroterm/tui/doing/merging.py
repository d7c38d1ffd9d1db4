"""Drafts of a ticket that was merged into another go along with it (features D6).

The desk moves them and not the carrier, because the desk alone knows what is being typed: a
draft that moved under the typist's hands would be written twice.
"""

from __future__ import annotations

from heroterm.mirror.reader import Mirror
from heroterm.sync.orders import Open
from heroterm.tui.doing import writing
from heroterm.tui.on_desk import OnDesk


def target(mirror: Mirror, ticket_id: int) -> int | None:
    """The ticket into which one was merged; None for one that stands by itself."""
    merged = (link for link in mirror.linked(ticket_id) if link.kind == "merged into")
    found = next(merged, None)
    return found.ticket_id if found is not None else None


def follow(desk: OnDesk) -> None:
    """Move every draft whose ticket was merged; cheap while there is none."""
    journal, mirror = desk.reading.journal, desk.reading.mirror
    if journal is None or mirror is None:
        return
    for ticket_id in {draft.ticket_id for draft in journal.drafts.list() if draft.ticket_id}:
        into = target(mirror, ticket_id)
        if into is not None:
            _move(desk, ticket_id, into)


def _move(desk: OnDesk, ticket_id: int, into: int) -> None:
    composing = desk.composer.writing
    kind = composing.kind if composing is not None and composing.ticket_id == ticket_id else None
    if kind is not None and (desk.composer.queuing or not writing.leave(desk)):
        return
    desk.pen.write(
        lambda journal: journal.drafts.follow(ticket_id, into),
        lambda moved: _told(desk, ticket_id, into, kind) if moved else None,
    )


def _told(desk: OnDesk, ticket_id: int, into: int, kind: str | None) -> None:
    desk.refresh_outbox()
    words = f"#{ticket_id} was merged into #{into}: your draft went along"
    if kind is not None and desk.open_ticket(into) and desk.opened is not None:
        writing.begin(desk, kind, desk.opened, draft=desk.opened.draft(kind))
    else:
        desk.order(Open(into))
        words += f" ({desk.key('go.drafts')})"
    desk.tell(f"{words}.", severity="warning")
