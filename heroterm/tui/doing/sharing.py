"""Sharing a draft with colleagues, and taking up one that somebody shared."""

from __future__ import annotations

from heroterm.domain import shared_draft
from heroterm.domain.outbox import Draft, Intent, InternalNote
from heroterm.domain.shared_draft import Shared
from heroterm.tui.doing import queueing, sending, writing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes.composer import NOTE, PUBLIC


def share(desk: OnDesk) -> None:
    """Review: put the reply into an internal note; the draft stays here as it is."""
    draft, composing = writing.draft_of(desk), desk.composer.writing
    if draft is None or composing is None or not draft.body.strip() or not draft.ticket_id:
        desk.tell("There are no words yet that could be shared.")
        return
    if composing.kind == NOTE:
        desk.tell(f"A note is read by colleagues anyway: {desk.key('review.queue')} queues it.")
        return
    if writing.leave(desk):
        queueing.put(desk, _intent(desk, draft))


def _intent(desk: OnDesk, draft: Draft) -> Intent:
    name = desk.reading.state.user_name
    return Intent(
        id=desk.parts.new_id(),
        ticket_id=draft.ticket_id,
        created_at=desk.reading.local_now(),
        send_after=sending.send_after(desk, words=True),
        comment=InternalNote(shared_draft.note(draft, name)),
        base_stamp=draft.base_stamp,
        seen_comment_id=draft.seen_comment_id,
    )


def of(opened: Opened) -> Shared | None:
    """The draft that a colleague shared on the ticket and that nobody has sent yet."""
    staff = frozenset(id_ for id_, person in opened.people.items() if person.staff)
    return shared_draft.newest(opened.comments, staff)


def take(desk: OnDesk) -> None:
    """Take up the shared draft; one of the hero's own is gone on with instead."""
    opened = desk.target
    found = of(opened) if opened is not None else None
    if opened is None or found is None:
        desk.tell("Nobody has shared a draft on this ticket.")
        return
    own = opened.draft(PUBLIC)
    mine = own is not None and not own.blank
    words = "" if mine else found.body
    begun = writing.begin(desk, PUBLIC, opened, draft=own, status=found.status, insert=words)
    if begun and mine:
        desk.tell("You have a draft of your own here: it is gone on with, the other is kept.")
