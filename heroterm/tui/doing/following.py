"""A follow-up of a closed ticket: a new ticket that is linked to it, written and reviewed first."""

from __future__ import annotations

from datetime import datetime

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import Draft, Intent, end_of
from heroterm.domain.text import shown
from heroterm.journal.database import Journal
from heroterm.tui.doing import merging, writing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes.composer import NEW

_SUBJECT = 120
_NO_ADDRESS = "No address of the requester is known: {open.ticket} makes the follow-up in Zendesk."


def begin(desk: OnDesk, opened: Opened) -> None:
    """Write a follow-up of a closed ticket, or go on with its draft."""
    new = follow_up(opened)
    if new is None:
        desk.tell(desk.filled(_NO_ADDRESS), severity="warning")
        return
    if writing.begin(desk, NEW, opened, draft=opened.draft(NEW), new=new):
        _told(desk, opened.ticket.id)


def _told(desk: OnDesk, ticket_id: int) -> None:
    mirror = desk.reading.mirror
    into = merging.target(mirror, ticket_id) if mirror is not None else None
    if into is None:
        desk.tell(f"#{ticket_id} is closed: what you write begins a follow-up ticket.")
        return
    desk.tell(
        f"#{ticket_id} was merged into #{into} and goes on there ({desk.key('desk.goto')}): "
        "a follow-up is a ticket of its own.",
        severity="warning",
    )


def of_intent(desk: OnDesk, intent: Intent) -> None:
    """Make a follow-up of words that a closed ticket did not take."""
    if not desk.open_ticket(intent.ticket_id) or desk.opened is None or intent.comment is None:
        return
    opened, body = desk.opened, intent.comment.body
    new = follow_up(opened)
    if new is None:
        desk.tell(desk.filled(_NO_ADDRESS), severity="warning")
        return
    draft = _draft(intent, body, new, desk.reading.local_now())

    def exchange(journal: Journal) -> bool:
        """The words leave the outbox and become the draft of the follow-up, and of it alone."""
        if journal.outbox.recall(intent.id) is None:
            return False
        journal.drafts.trash(intent.ticket_id, intent.kind)
        journal.drafts.save(draft, over="")
        return True

    def begun(done: bool) -> None:
        if not done:
            desk.tell(
                f"Nothing done: it stands elsewhere by now ({desk.key('pane.outbox')} shows it).",
                severity="warning",
            )
            return
        desk.refresh_desk()
        if writing.begin(desk, NEW, opened, draft=draft, new=new):
            desk.tell(
                "A follow-up of your words: look through it, then "
                f"{desk.key('composer.review')} and {desk.key('review.queue')}."
            )

    desk.pen.write(exchange, begun)


def _draft(intent: Intent, body: str, new: NewTicket, now: datetime) -> Draft:
    """The words of an intent, with its copies and files, as the draft of a follow-up."""
    return Draft(
        intent.ticket_id,
        NEW,
        body,
        now,
        status="pending",
        cursor=end_of(body),
        to=new.to_address,
        subject=new.subject,
        ccs=intent.changes.add_ccs,
        files=intent.files,
    )


def follow_up(opened: Opened) -> NewTicket | None:
    """The follow-up of a closed ticket, to whoever asked; None without an address."""
    asks = opened.requester
    if asks is None or not asks.email:
        return None
    # An in-app subject is generic; what it was about stands in the row's title.
    about = shown(opened.row.title, single_line=True, limit=_SUBJECT)
    return NewTicket(asks.email, asks.name, f"Re: {about}", opened.ticket.id)
