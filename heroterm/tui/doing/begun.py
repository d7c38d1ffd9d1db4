"""A draft as what is being written now: on the ticket as it is, to whom, and where they read it."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import Draft
from heroterm.tui.opened import Opened
from heroterm.tui.panes.composer import NOTE, PUBLIC, Writing

_TORN = (
    "This draft was changed from outside heroterm: its words are here, who reads it and what goes "
    "with it may be missing. Look at both before you send it."
)
_STEP_DONE = "Your draft; the step of the playbook that it was for is done, or its run has ended."


def writing(
    kept: Draft,
    opened: Opened | None,
    new: NewTicket | None,
    new_id: Callable[[], str],
    step: str | None,
) -> Writing:
    """A draft as what is being written on the ticket as it is now. `step` is the id under which it
    does its step of a playbook; None: it does none (any more).
    """
    kind = kept.kind
    return Writing(
        ticket_id=kept.ticket_id,
        kind=kind,
        to=_readers(kind, opened, new),
        where="" if kind == NOTE else _read_where(_source(opened, new)),
        status=kept.status or (None if kind == NOTE else "pending"),
        base_stamp=opened.ticket.updated_stamp if opened is not None else "",
        seen_comment_id=opened.seen_comment_id if opened is not None else None,
        then_next=kind == PUBLIC and step is None,
        intent_id=step or new_id(),
        new=new,
        add_ccs=kept.ccs,
        remove_ccs=kept.remove_ccs,
        files=kept.files,
        later=kept.later,
        chosen=bool(kept.status),
        changes=kept.changes,
        step=kept.step if step is not None else None,
    )


def _source(opened: Opened | None, new: NewTicket | None) -> str:
    return opened.row.source if opened is not None and new is None else "mail"


def _read_where(source: str) -> str:
    """Where the customer of a ticket of this source reads an answer, in words."""
    return "in Slack" if source == "slack" else "in a mail"


def _readers(kind: str, opened: Opened | None, new: NewTicket | None) -> str:
    """Who will read it, in words."""
    if kind == NOTE:
        return "colleagues only"
    if new is not None:
        return f"{new.to_name} <{new.to_address}>" if new.to_name else new.to_address
    asks = opened.requester if opened is not None else None
    name = asks.name if asks is not None else "the requester"
    address = asks.email if asks is not None else None
    return f"{name} <{address}>" if address else name


def new_of(draft: Draft, opened: Opened | None) -> NewTicket:
    """The new ticket of a draft; on a closed ticket it is its follow-up."""
    if opened is None:
        return NewTicket(draft.to, "", draft.subject)
    asks = opened.requester
    name = asks.name if asks is not None and asks.email == draft.to else ""
    follows = draft.ticket_id if opened.ticket.status == "closed" else None
    return NewTicket(draft.to, name, draft.subject, follows)


def as_left(draft: Draft, *, does_step: bool) -> str:
    """What to say of a draft that is gone on with; "" where there is nothing to say."""
    if draft.torn:
        return _TORN
    if not draft.body:
        return ""
    if draft.step is None:
        return "Your draft, as you left it."
    if not does_step:
        return _STEP_DONE
    return "Your draft, as you left it: queueing it does its step of the playbook."
