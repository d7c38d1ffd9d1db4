"""`heroterm show`: one ticket with its thread, the form's facts, its clocks and its intents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click

from heroterm.cli.documents import (
    clock_document,
    comment_document,
    intent_document,
    ticket_document,
)
from heroterm.cli.invocation import Invocation
from heroterm.cli.numbers import WholeNumber
from heroterm.cli.queue import freshness
from heroterm.cli.reading import Reading, reading
from heroterm.cli.rules import opening_of, rulebook, source_of
from heroterm.cli.table import aligned
from heroterm.cli.verb import verb
from heroterm.domain.admin_line import Footer, parse
from heroterm.domain.ages import clock_time
from heroterm.domain.lifecycle import consequence, milestones
from heroterm.domain.outbox import STATE_WORDS, Intent
from heroterm.domain.sla import describe
from heroterm.domain.text import shown
from heroterm.domain.ticket import Comment, Person, Ticket
from heroterm.domain.view import Row


@dataclass(frozen=True, slots=True)
class Whole:
    """A ticket with everything that stands around it in the mirror."""

    ticket: Ticket
    row: Row | None
    comments: Sequence[Comment]
    complete: bool
    people: dict[int, Person]
    footer: Footer
    source: str
    lifecycle: dict[str, Any]
    intents: Sequence[Intent]


@verb("show")
@click.argument("ticket", metavar="ID", type=WholeNumber())
@click.option("--events", is_flag=True, help="Comes with a later version: the ticket's audits.")
def command(call: Invocation, ticket: int, events: bool) -> int:
    """Print a ticket with its thread, oldest message first."""
    with reading(call) as read:
        whole = _whole(call, read, ticket)
        if events:
            call.say("Audits are not kept yet; --events comes with a later version.")
        call.answer(_document(whole, read), _lines(whole, read))
    return 0


def _whole(call: Invocation, read: Reading, ticket_id: int) -> Whole:
    ticket = read.ticket(ticket_id)
    book = rulebook(call.paths)
    thread = read.mirror.thread(ticket_id)
    wanted = {c.author_id for c in thread.comments} | {ticket.requester_id, ticket.assignee_id}
    first = opening_of(read.mirror, ticket)
    where = source_of(read.mirror, ticket, book)
    numbers = book.lifecycle
    following = milestones(ticket.status, ticket.updated_at, numbers)
    return Whole(
        ticket=ticket,
        row=read.mirror.row(ticket_id, read.overlay),
        comments=thread.comments,
        complete=thread.complete,
        people=dict(read.mirror.people({id_ for id_ in wanted if id_ is not None})),
        footer=parse(first, ticket.subject, from_form=where == "app"),
        source=where,
        lifecycle={
            "status": ticket.status,
            "say": consequence(ticket.status, read.now, numbers),
            "milestones": [asdict(each) for each in following],
        },
        intents=read.journal.outbox.of_ticket(ticket_id, all=True),
    )


def bring(ticket_id: int) -> str:
    """The command that fetches one ticket with its whole thread."""
    return f"heroterm sync --once --ticket {ticket_id}"


def _document(whole: Whole, read: Reading) -> dict[str, Any]:
    ticket, row = whole.ticket, whole.row
    names = {
        "source": whole.source,
        "tier": row.tier if row else None,
        "requester": row.requester if row else None,
        "requester_email": row.requester_email if row else None,
        "organization": (row.organization or None) if row else None,
        "assignee": (row.assignee or None) if row else None,
        "group": (row.group or None) if row else None,
        "never_answered": row.never_answered if row else None,
        "thread_complete": whole.complete,
        "thread_command": None if whole.complete else bring(ticket.id),
        "fetched_at": row.fetched_at if row else None,
    }
    return {
        "ticket": {**ticket_document(ticket), **names},
        "comments": [
            comment_document(each, whole.people.get(each.author_id or 0)) for each in whole.comments
        ],
        "footer": asdict(whole.footer),
        "sla": [clock_document(clock, read.now) for clock in ticket.slas or ()],
        "lifecycle": whole.lifecycle,
        "intents": [intent_document(intent) for intent in whole.intents],
    }


def _lines(whole: Whole, read: Reading) -> Iterator[str]:
    ticket, row = whole.ticket, whole.row
    yield f"#{ticket.id}  {shown(ticket.subject, single_line=True)}"
    yield from aligned(_facts(whole, read), most=200)
    for note in whole.footer.notes:
        yield f"! {note}"
    for comment in whole.comments:
        yield from _message(comment, whole.people.get(comment.author_id or 0), read)
    if not whole.complete:
        held = len(whole.comments)
        more = f" of {ticket.comment_count}" if ticket.comment_count else ""
        yield f"\n({held}{more} messages are here; `{bring(ticket.id)}` brings the rest)"
    for intent in whole.intents:
        body = intent.comment.body if intent.comment else ""
        yield f"\n~~ {intent.kind.replace('_', ' ')}, {STATE_WORDS[intent.state]} {intent.why}"
        yield from (f"  {line}" for line in body.splitlines())
    yield freshness(read)
    if row is not None and row.missing:
        yield "! The server no longer shows this ticket: deleted, or no access."


def _facts(whole: Whole, read: Reading) -> list[tuple[object, ...]]:
    ticket, row, footer = whole.ticket, whole.row, whole.footer
    found: list[tuple[object, ...]] = [
        ("status", f"{ticket.status}: {whole.lifecycle['say']}"),
        ("priority", ticket.priority),
        ("source", whole.source),
    ]
    if row is not None:
        found += [
            ("tier", row.tier),
            ("SLA", describe(row.metric, row.stage, row.breach_at, read.now)),
            ("requester", f"{row.requester} <{row.requester_email or 'no address'}>"),
            ("organization", row.organization or None),
            ("assignee", f"{row.assignee or 'nobody'}, {row.group or 'no group'}"),
        ]
    found.append(("tags", " ".join(ticket.tags) or None))
    for name in ("region", "organization", "project_id", "project", "session", "admin"):
        value = getattr(footer, name)
        if value:
            found.append((f"form: {name.replace('_', ' ')}", value))
    return found


def _message(comment: Comment, author: Person | None, read: Reading) -> Iterator[str]:
    who = author.name if author else comment.from_address or "unknown"
    role = "staff" if author is not None and author.staff else "customer"
    kind = "public" if comment.public else "INTERNAL NOTE"
    when = clock_time(comment.created_at, read.now)
    yield f"\n-- {shown(who, single_line=True)} ({role}), {when}, {kind}"
    yield shown(comment.body)
    for attachment in comment.attachments:
        name = shown(attachment.file_name, single_line=True)
        yield f"  [file] {name}, {attachment.content_type}, {attachment.size} bytes"
