"""`heroterm show`: one ticket with its thread, the form's facts, its clocks and its intents."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from heroterm.cli import ticket_page
from heroterm.cli.content_warning import content_warning
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
from heroterm.cli.reading import Reading, reading
from heroterm.cli.show_lines import lines_of
from heroterm.cli.surroundings import (
    surroundings_document,
)
from heroterm.cli.thread_lines import event_document, html_document
from heroterm.cli.verb import verb
from heroterm.cli.whole import Whole, bring, whole_of
from heroterm.errors import UsageError
from heroterm.rulebook import local_zone


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
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a redacted page for a colleague; it holds nothing that runs.",
)
@click.option("--past-content-warning", "opened", is_flag=True, help="Its words, too.")
@click.option("--picture", type=WholeNumber(), metavar="N", hidden=True)
@click.option("--cells", default="80x24", metavar="COLUMNSxROWS", hidden=True)
@click.option("--to", metavar="DIR", help="Where to save it; else a folder of heroterm's own.")
def command(
    call: Invocation,
    ticket: int,
    events: bool,
    organizations: bool,
    page: Path | None,
    opened: bool,
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
            _look(call, read, ticket, picture, cells)
            return 0
        if file is not None:
            saved = save(call, read, ticket, file, to)
            call.answer({"saved": saved_document(saved)}, saved_lines(saved))
            return 0
        history = history_of(call, read, ticket) if events else None
        whole = whole_of(call, read, ticket, history)
        if page is not None:
            _write_page(whole, read, page, opened=opened)
            call.answer({"page": page}, [f"Written: {page}"])
            return 0
        warning = None if opened else content_warning(read, ticket)
        document, lines = _document(whole, read), list(lines_of(whole, read, warning))
        if organizations:
            found = memberships_of(call, read, whole.ticket.requester_id)
            document["organizations"] = None if found is None else list(map(asdict, found))
            lines += belonging_lines(found or ())
        call.answer(document, lines)
    return 0


def _look(call: Invocation, read: Reading, ticket: int, number: int, cells: str) -> None:
    from heroterm.cli.picture import picture

    seen = picture(call, read, ticket, number, cells)
    call.answer({"picture": seen}, [f"A picture of {seen['whole'][0]} x {seen['whole'][1]}."])


def _write_page(whole: Whole, read: Reading, path: Path, *, opened: bool) -> None:
    ticket, row = whole.ticket, whole.row
    organization = read.mirror.organization(ticket.organization_id or 0)
    made = ticket_page.page(
        ticket,
        whole.comments,
        whole.people,
        organization,
        whole.footer,
        warned=not opened and (row is None or row.content_warning),
        made_at=read.now,
        zone=local_zone(),
    )
    ticket_page.write(path, made)


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
