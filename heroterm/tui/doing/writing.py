"""Writing on the desk: open and close the composer, keep the draft, put an intent."""

from __future__ import annotations

from heroterm.domain.outbox import Draft, Intent
from heroterm.errors import HeroError
from heroterm.sync.orders import Push
from heroterm.tui.doing import navigating, showing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes.composer import PUBLIC, Writing


def begin(
    desk: OnDesk,
    kind: str,
    opened: Opened,
    *,
    draft: Draft | None = None,
    status: str | None = None,
    insert: str = "",
) -> None:
    """Open the composer on a ticket, with its draft or fresh text."""
    reply = kind == PUBLIC
    name = opened.requester.name if opened.requester is not None else "the requester"
    address = opened.requester.email if opened.requester is not None else None
    chosen = (
        status or (draft.status if draft is not None else None) or ("pending" if reply else None)
    )
    desk.composer.begin(
        Writing(
            ticket_id=opened.ticket.id,
            kind=kind,
            to=f"{name} <{address}>" if address and reply else name if reply else "colleagues only",
            status=chosen,
            base_stamp=opened.ticket.updated_stamp,
            seen_comment_id=opened.seen_comment_id,
            then_next=reply,
        ),
        draft,
    )
    desk.show_place("compose")
    desk.set_class(True, "-composing")
    desk.composer.words.focus()
    if insert:
        desk.composer.insert(insert)
    elif draft is not None and draft.body:
        desk.tell("Your draft, as you left it.")


def stop(desk: OnDesk) -> None:
    """Close the composer; what was written stays as a draft."""
    keep_draft(desk)
    _close(desk)
    desk.focus_pane("thread" if desk.opened is not None else "queue")


def _close(desk: OnDesk) -> None:
    desk.composer.end()
    desk.set_class(False, "-composing")
    desk.show_place("ticket" if desk.opened is not None else "queue")


def draft_of(desk: OnDesk) -> Draft | None:
    """What is being written, as a draft; None when there are no words to keep."""
    composing = desk.composer.writing
    if composing is None:
        return None
    return Draft(
        ticket_id=composing.ticket_id,
        kind=composing.kind,
        body=desk.composer.body,
        updated_at=desk.reading.local_now(),
        status=composing.status,
        cursor=desk.composer.words.cursor_location,
        base_stamp=composing.base_stamp,
        seen_comment_id=composing.seen_comment_id,
    )


def keep_draft(desk: OnDesk) -> None:
    """Write what is being typed into the journal; say at once when it could not be kept."""
    draft = draft_of(desk)
    if draft is None:
        return
    if not draft.body.strip():
        desk.pen.write(lambda journal: journal.drafts.trash(draft.ticket_id, draft.kind))
        return

    def lost(error: HeroError) -> None:
        desk.tell(f"NOT KEPT: {error} Your text is still on the screen.", severity="error")

    desk.pen.write(lambda journal: journal.drafts.save(draft), lambda _: showing.kept(desk), lost)


def put(desk: OnDesk, intent: Intent) -> None:
    """Write an intent; the composer closes only once the journal has it."""
    composing = desk.composer.writing

    def lost(error: HeroError) -> None:
        desk.tell(f"Not queued: {error} Your text is still on the screen.", severity="error")

    def done(_: object) -> None:
        mine = composing is not None and composing is desk.composer.writing
        if mine:
            _close(desk)
        desk.refresh_desk()
        desk.order(Push())
        hold = desk.parts.settings.hold_seconds
        desk.tell(f"#{intent.ticket_id} is held for {hold:.0f} s, then sent: u recalls it.")
        if mine and composing is not None and composing.then_next:
            navigating.go_next(desk)
        elif mine:
            desk.focus_pane("thread")

    desk.pen.write(lambda journal: journal.outbox.put(intent), done, lost)


def tick(desk: OnDesk, playbook: str, step: str, on: bool) -> None:
    """Keep or take back a tick on a playbook step of the open ticket."""
    opened = desk.opened
    if opened is None:
        desk.tell("A tick belongs to a ticket: open one first.")
        return
    ticket_id = opened.ticket.id
    desk.pen.write(
        lambda journal: journal.marks.tick(ticket_id, playbook, step, on),
        lambda _: showing.ticks(desk, playbook),
    )
