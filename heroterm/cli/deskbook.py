"""The rulebook as the screen uses it: replies, playbooks, and advice on what is being written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heroterm.cli.mirrors import open_mirror
from heroterm.cli.rules import rulebook, source_of
from heroterm.domain.advice import AdvisedStatus, Conversation, advise, advised_status
from heroterm.domain.findings import Finding
from heroterm.domain.outbox import Intent
from heroterm.domain.reply import made_from
from heroterm.domain.sla_policy import Schedule
from heroterm.errors import StoreError
from heroterm.mirror.reader import Mirror
from heroterm.paths import Paths
from heroterm.rulebook import Rulebook, local_zone
from heroterm.tui.book import DeskBook


def desk_book(where: Paths) -> DeskBook:
    """Everything that a team edits as files. Raises ConfigError only for shipped files."""
    book = rulebook(where)

    def advice(intent: Intent) -> Sequence[Finding]:
        talk = _conversation(where, intent, book)
        return advise(intent, talk, book.tone) if talk is not None else ()

    def advised(intent: Intent) -> AdvisedStatus | None:
        talk = _conversation(where, intent, book)
        return advised_status(intent, talk, book.tone) if talk is not None else None

    return DeskBook(
        replies=book.replies,
        playbooks=book.playbooks,
        tiers=book.tiers,
        targets=book.targets,
        hours=book.hours(_schedules(where)),
        sources=book.sources,
        owners=book.owners,
        macro_keys=book.macro_keys,
        macros=book.macros,
        numbers=book.lifecycle,
        advise=advice,
        advised=advised,
        zone=local_zone(),
        findings=tuple(str(finding) for finding in book.findings),
    )


def _schedules(where: Paths) -> Sequence[Schedule]:
    """The account's business hours; none while the mirror does not say."""
    try:
        mirror = open_mirror(where.mirror)
    except StoreError:
        return ()
    try:
        return mirror.schedules()
    finally:
        mirror.close()


def _conversation(where: Paths, intent: Intent, book: Rulebook) -> Conversation | None:
    """What is being answered; None while the mirror does not say. Advice never blocks."""
    try:
        mirror = open_mirror(where.mirror)
    except StoreError:
        return None
    try:
        return _talk(mirror, intent, book)
    finally:
        mirror.close()


def _talk(mirror: Mirror, intent: Intent, book: Rulebook) -> Conversation | None:
    ticket = mirror.ticket(intent.ticket_id)
    if ticket is None:
        return None
    requester = mirror.person(ticket.requester_id) if ticket.requester_id else None
    said = [c for c in mirror.thread(ticket.id).comments if c.public and c.author_id is not None]
    people = mirror.people({c.author_id for c in said if c.author_id} | set(ticket.email_cc_ids))
    outside = {id_: person for id_, person in people.items() if not person.staff}
    here = {c.author_id for c in said} | {ticket.requester_id}
    merged = {id_: n for id_, n in _merged(mirror, ticket.id) if id_ not in here}
    theirs = [c.body for c in said if c.author_id in outside or c.author_id == ticket.requester_id]
    return Conversation(
        requester=requester.name if requester else "",
        last_words=theirs[-1] if theirs else ticket.description,
        others=tuple(
            p.name for id_, p in outside.items() if id_ not in (ticket.requester_id, *merged)
        ),
        merged=tuple((p.name, merged[id_]) for id_, p in mirror.people(set(merged)).items()),
        source=source_of(mirror, ticket, book),
        canned=made_from(book.replies, intent.comment.body) if intent.comment else None,
    )


def _merged(mirror: Mirror, ticket_id: int) -> Iterator[tuple[int, int]]:
    """Requesters of the tickets that were merged into one, each with the ticket's number."""
    for link in mirror.linked(ticket_id):
        source = mirror.ticket(link.ticket_id) if link.kind == "merged from" else None
        if source is not None and source.requester_id is not None:
            yield source.requester_id, source.id
