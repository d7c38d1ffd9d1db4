"""What an answer answers: who asked, what they wrote last, and which canned reply it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from heroterm.cli.rules import source_of
from heroterm.domain.advice import Conversation
from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import Intent
from heroterm.domain.reply import made_from
from heroterm.mirror.reader import Mirror
from heroterm.rulebook import Rulebook


def conversation(mirror: Mirror, intent: Intent, book: Rulebook) -> Conversation | None:
    """What these words answer, as far as the mirror says; None where it lacks the ticket. A new
    ticket answers nothing: whoever gets it has written none of what stands on this one.
    """
    canned = made_from(book.replies, intent.comment.body) if intent.comment else None
    if isinstance(intent.deed, NewTicket) and intent.deed.follows_up is None:
        return Conversation(requester=intent.deed.to_name, canned=canned)
    ticket = mirror.ticket(intent.ticket_id)
    if ticket is None:
        return None
    requester = mirror.person(ticket.requester_id) if ticket.requester_id else None
    said = [c for c in mirror.thread(ticket.id).comments if c.public and c.author_id is not None]
    people = mirror.people({c.author_id for c in said if c.author_id} | set(ticket.email_cc_ids))
    outside = {id_: person for id_, person in people.items() if not person.staff}
    here = {c.author_id for c in said} | {ticket.requester_id}
    merged = {id_: n for id_, n in _merged(mirror, ticket.id) if id_ not in here}
    asking = {*outside, ticket.requester_id}
    theirs = [c.body for c in said if c.author_id in asking]
    ours = next((at for at, c in enumerate(reversed(said)) if c.author_id not in asking), len(said))
    return Conversation(
        requester=requester.name if requester else "",
        last_words=theirs[-1] if theirs else ticket.description,
        before=tuple(c.body for c in said[len(said) - ours : -1]),
        others=tuple(
            p.name for id_, p in outside.items() if id_ not in (ticket.requester_id, *merged)
        ),
        merged=tuple((p.name, merged[id_]) for id_, p in mirror.people(set(merged)).items()),
        source=source_of(mirror, ticket, book),
        canned=canned,
    )


def _merged(mirror: Mirror, ticket_id: int) -> Iterator[tuple[int, int]]:
    """Requesters of the tickets that were merged into one, each with the ticket's number."""
    for link in mirror.linked(ticket_id):
        source = mirror.ticket(link.ticket_id) if link.kind == "merged from" else None
        if source is not None and source.requester_id is not None:
            yield source.requester_id, source.id
