"""What stands around a ticket: labels, its other tickets, the survey, identities, its deletion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from heroterm.domain.ages import clock_time
from heroterm.domain.text import shown
from heroterm.domain.ticket import DeletedTicket, Identity, Person, Ticket
from heroterm.domain.zone import LOCAL
from heroterm.mirror.labels import Labels, TicketLink
from heroterm.mirror.reader import Mirror


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Read from the mirror; empty parts were not fetched yet or do not exist."""

    labels: Labels
    linked: Sequence[TicketLink]
    identities: Sequence[Identity]
    deleted: DeletedTicket | None
    sharing: Sequence[Person] = ()
    """Others with the requester's address, which names nobody for certain then."""


def surroundings(mirror: Mirror, ticket: Ticket) -> Surroundings:
    """Everything that stands around a ticket."""
    return Surroundings(
        mirror.labels(),
        mirror.linked(ticket.id),
        mirror.identities(ticket.requester_id) if ticket.requester_id else [],
        mirror.deleted(ticket.id),
        mirror.sharing_address(ticket.requester_id) if ticket.requester_id else (),
    )


def surroundings_document(ticket: Ticket, around: Surroundings) -> dict[str, Any]:
    """As keys of the document of `show`."""
    fields = []
    for id_, value in ticket.custom_fields:
        title, words = around.labels.field(id_, value)
        fields.append({"id": id_, "title": title, "value": value, "label": words})
    return {
        "labels": {
            "status": around.labels.status(ticket.custom_status_id),
            "form": around.labels.form(ticket.form_id),
            "fields": fields,
        },
        "linked": [asdict(link) for link in around.linked],
        "identities": [asdict(identity) for identity in around.identities],
        "deleted": asdict(around.deleted) if around.deleted else None,
        "same_address": [{"id": each.id, "name": each.name} for each in around.sharing],
    }


def surroundings_facts(ticket: Ticket, around: Surroundings) -> Iterator[tuple[str, object]]:
    """As named facts for a person; only what there is."""
    if form := around.labels.form(ticket.form_id):
        yield "form", form
    for id_, value in ticket.custom_fields:
        title, words = around.labels.field(id_, value)
        yield f"field: {shown(title, single_line=True)}", words
    for link in around.linked:
        yield link.kind, f"#{link.ticket_id}"
    if ticket.satisfaction:
        said = f": {ticket.satisfaction_comment}" if ticket.satisfaction_comment else ""
        yield "satisfaction", ticket.satisfaction + said
    for identity in around.identities:
        if not identity.primary:
            known = "" if identity.verified else " (not verified)"
            yield f"also {identity.type}", identity.value + known

    for other in around.sharing:
        yield "ambiguous", f"{other.name} (user {other.id}) has the same address"


def deletion(around: Surroundings, now: Any) -> str:
    """Who deleted the ticket and when; "" where nobody did, as far as is known."""
    gone = around.deleted
    if gone is None:
        return ""
    when = clock_time(gone.deleted_at, now, LOCAL)
    return f"{shown(gone.actor, single_line=True)} deleted it, {when}"
