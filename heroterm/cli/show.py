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
from heroterm.cli.fetching import fetch, history_of
from heroterm.cli.files import save, saved_document, saved_lines
from heroterm.cli.invocation import Invocation
from heroterm.cli.memberships import belonging_lines, memberships_of
from heroterm.cli.numbers import TicketNumber, WholeNumber
from heroterm.cli.queue import freshness
from heroterm.cli.reading import Reading, reading
from heroterm.cli.rules import opening_of, rulebook, source_of
from heroterm.cli.surroundings import (
    Surroundings,
    deletion,
    surroundings,
    surroundings_document,
    surroundings_facts,
)
from heroterm.cli.table import aligned
from heroterm.cli.thread_lines import event_document, html_document, thread_lines
from heroterm.cli.verb import verb
from heroterm.domain.admin_line import Footer, parse
from heroterm.domain.calendar import Calendar
from heroterm.domain.lifecycle import consequence, dates, milestones
from heroterm.domain.outbox import STATE_WORDS, Intent
from heroterm.domain.sla import clock_words, describe, promise
from heroterm.domain.text import shown
from heroterm.domain.ticket import Comment, Person, Ticket
from heroterm.domain.view import Row
from heroterm.errors import UsageError
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
    history: History | None = None
    """None where nobody asked for it."""


@verb("show")
@click.argument("ticket", metavar="ID", type=TicketNumber())
@click.option("--events", is_flag=True, help="Also who changed what, between the messages.")
@click.option(
    "--organizations", is_flag=True, help="Also every organization of the requester, asked now."
)
@click.option(
    "--save-attachment",
    "file",
    type=WholeNumber(),
    metavar="N",
    help="Save the file with this number; it is never opened.",
)
@click.option("--picture", type=WholeNumber(), metavar="N", hidden=True)
@click.option("--cells", default="80x24", metavar="COLUMNSxROWS", hidden=True)
@click.option("--to", metavar="DIR", help="Where to save it; else a folder of heroterm's own.")
def command(
    call: Invocation,
    ticket: int,
    events: bool,
    organizations: bool,
    file: int | None,
    picture: int | None,
    cells: str,
    to: str | None,
) -> int:
    """Print a ticket with its thread, oldest message first.

    A ticket that is not here yet is asked of Zendesk, an archived one, too.
    """
    if to and file is None:
        raise UsageError("--to says where a file goes, and none was named.", "--save-attachment N.")
    with reading(call) as read:
        if read.mirror.ticket(ticket) is None:
            fetch(call, read, ticket)
        if picture is not None:
            from heroterm.cli.picture import picture as looked

            seen = looked(call, read, ticket, picture, cells)
            call.answer(
                {"picture": seen}, [f"A picture of {seen['whole'][0]} x {seen['whole'][1]}."]
            )
            return 0
        if file is not None:
            saved = save(call, read, ticket, file, to)
            call.answer({"saved": saved_document(saved)}, saved_lines(saved))
            return 0
        history = history_of(call, read, ticket) if events else None
        whole = _whole(call, read, ticket, history)
        document, lines = _document(whole, read), list(_lines(whole, read))
        if organizations:
            found = memberships_of(call, read, whole.ticket.requester_id)
            document["organizations"] = None if found is None else list(map(asdict, found))
            lines += belonging_lines(found or ())
        call.answer(document, lines)
    return 0


def _whole(call: Invocation, read: Reading, ticket_id: int, history: History | None) -> Whole:
    ticket = read.ticket(ticket_id)
    book = rulebook(call.paths)
    thread = read.mirror.thread(ticket_id)
    wanted = {c.author_id for c in thread.comments} | {ticket.requester_id, ticket.assignee_id}
    wanted |= {audit.author_id for audit in history.audits} if history else set()
    first = opening_of(read.mirror, ticket)
    where = source_of(read.mirror, ticket, book)
    numbers = book.lifecycle
    since = ticket.status_since or ticket.updated_at
    following = milestones(ticket.status, since, numbers)
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
            "say": consequence(ticket.status, read.now, numbers),
            "since": ticket.status_since,
            "dates": dates(
                ticket.status, ticket.status_since, ticket.updated_at, numbers, local_zone()
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
        "thread_stale": whole.stale,
        "thread_command": bring(ticket.id) if whole.stale or not whole.complete else None,
        "fetched_at": row.fetched_at if row else None,
    }
    return {
        "ticket": {**ticket_document(ticket), **names},
        "comments": [
            {**comment_document(each, whole.people.get(each.author_id or 0)), **html_document(each)}
            for each in whole.comments
        ],
        "footer": asdict(whole.footer),
        "sla": [clock_document(clock, read.now, whole.hours) for clock in ticket.slas or ()],
        "lifecycle": whole.lifecycle,
        "intents": [intent_document(intent) for intent in whole.intents],
        **surroundings_document(ticket, whole.around),
        **_events(whole),
    }


def _events(whole: Whole) -> dict[str, Any]:
    """The ticket's audits, where they were asked for."""
    if whole.history is None:
        return {}
    labels = whole.around.labels
    told = [event_document(audit, whole.people, labels) for audit in whole.history.audits]
    return {"events": told, "events_complete": whole.history.complete}


def _lines(whole: Whole, read: Reading) -> Iterator[str]:
    ticket, row = whole.ticket, whole.row
    yield f"#{ticket.id}  {shown(ticket.subject, single_line=True)}"
    yield from aligned(_facts(whole, read), most=200)
    for note in whole.footer.notes:
        yield f"! {note}"
    audits = whole.history.audits if whole.history else ()
    yield from thread_lines(whole.comments, audits, whole.people, whole.around.labels, read.now)
    if not whole.complete:
        held = len(whole.comments)
        more = f" of {ticket.comment_count}" if ticket.comment_count else ""
        yield f"\n({held}{more} messages are here; `{bring(ticket.id)}` brings the rest)"
    elif whole.stale and ticket.comment_count != len(whole.comments):
        yield f"\n(newer messages have not been fetched; `{bring(ticket.id)}` brings them)"
    for intent in whole.intents:
        body = intent.comment.body if intent.comment else ""
        yield f"\n~~ {intent.kind.replace('_', ' ')}, {STATE_WORDS[intent.state]} {intent.why}"
        yield from (f"  {line}" for line in body.splitlines())
    yield freshness(read)
    if row is not None and row.missing:
        gone = deletion(whole.around, read.now)
        yield f"! The server no longer shows this ticket: {gone or 'deleted, or no access'}."


def _facts(whole: Whole, read: Reading) -> list[tuple[object, ...]]:
    ticket, row, footer = whole.ticket, whole.row, whole.footer
    found: list[tuple[object, ...]] = [
        ("status", f"{_status(whole)}: {whole.lifecycle['dates'] or whole.lifecycle['say']}"),
        ("priority", ticket.priority),
        ("source", whole.source),
    ]
    if row is not None:
        found += [
            ("tier", row.tier),
            *_clocks(whole, row, read),
            ("requester", f"{row.requester} <{row.requester_email or 'no address'}>"),
            ("organization", row.organization or None),
            ("assignee", f"{row.assignee or 'nobody'}, {row.group or 'no group'}"),
        ]
    found.append(("tags", " ".join(ticket.tags) or None))
    found += surroundings_facts(ticket, whole.around)
    for name in ("region", "organization", "project_id", "project", "session", "admin"):
        value = getattr(footer, name)
        if value:
            found.append((f"form: {name.replace('_', ' ')}", value))
    return found


def _clocks(whole: Whole, row: Row, read: Reading) -> list[tuple[object, ...]]:
    """A line for each clock, the one that breaches next first, with what is promised."""
    first = (row.metric, row.stage)
    clocks = sorted(whole.ticket.slas or (), key=lambda each: (each.metric, each.stage) != first)
    lines: list[tuple[object, ...]] = []
    for clock in clocks:
        words = clock_words(clock, read.now, whole.hours)
        promised = promise(clock.policy, clock.target_seconds)
        lines.append(("SLA", f"{words} ({promised})" if promised else words))
    return lines or [("SLA", describe(None, None, None, read.now))]


def _status(whole: Whole) -> str:
    """The status as agents read it, with its category where that is another word."""
    label = whole.around.labels.status(whole.ticket.custom_status_id)
    same = label is None or label.casefold() == whole.ticket.status
    return whole.ticket.status if same else f"{whole.ticket.status} ({label})"
