"""A ticket with everything that stands around it in the mirror, gathered once for every form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from heroterm.cli.invocation import Invocation
from heroterm.cli.reading import Reading
from heroterm.cli.rules import opening_of, rulebook, source_of
from heroterm.cli.surroundings import (
    Surroundings,
    surroundings,
)
from heroterm.domain.admin_line import Footer, parse
from heroterm.domain.calendar import Calendar
from heroterm.domain.lifecycle import consequence, dates, milestones
from heroterm.domain.outbox import Intent
from heroterm.domain.ticket import Comment, Person, Ticket
from heroterm.domain.view import Row
from heroterm.mirror.audits import History
from heroterm.rulebook import local_zone


@dataclass(frozen=True, slots=True)
class Whole:
    """A ticket with everything that stands around it in the mirror."""

    ticket: Ticket
    row: Row | None
    comments: Sequence[Comment]
    complete: bool
    stale: bool
    people: dict[int, Person]
    footer: Footer
    source: str
    lifecycle: dict[str, Any]
    intents: Sequence[Intent]
    around: Surroundings
    hours: Calendar
    """In which work time is told."""
    history: History | None
    """None where nobody asked for it."""


def whole_of(call: Invocation, read: Reading, ticket_id: int, history: History | None) -> Whole:
    """Gather it. Raises UsageError for a ticket that is not here, StoreError."""
    ticket = read.ticket(ticket_id)
    book = rulebook(call.paths)
    thread = read.mirror.thread(ticket_id)
    wanted = {c.author_id for c in thread.comments} | {ticket.requester_id, ticket.assignee_id}
    wanted |= {audit.author_id for audit in history.audits} if history else set()
    first = opening_of(read.mirror, ticket)
    where = source_of(read.mirror, ticket, book)
    numbers = book.lifecycle
    since = ticket.status_since or ticket.updated_at
    zone = local_zone()
    following = milestones(ticket.status, since, numbers, zone)
    return Whole(
        ticket=ticket,
        row=read.mirror.row(ticket_id, read.overlay),
        comments=thread.comments,
        complete=thread.complete,
        stale=thread.stale,
        people=dict(read.mirror.people({id_ for id_ in wanted if id_ is not None})),
        footer=parse(first, ticket.subject, from_form=where == "app"),
        source=where,
        lifecycle={
            "status": ticket.status,
            "say": consequence(ticket.status, read.now, numbers, zone),
            "since": ticket.status_since,
            "dates": dates(
                ticket.status,
                ticket.status_since,
                ticket.updated_at,
                numbers,
                zone,
                read.now,
            ),
            "milestones": [asdict(each) for each in following],
        },
        intents=read.journal.outbox.of_ticket(ticket_id, all=True),
        around=surroundings(read.mirror, ticket),
        hours=book.hours(read.mirror.schedules()),
        history=history,
    )


def bring(ticket_id: int) -> str:
    """The command that fetches one ticket with its whole thread."""
    return f"heroterm sync --once --ticket {ticket_id}"
