"""Labels that numbers stand for: fields, forms, statuses; identities; deletions; linked tickets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from heroterm.domain.ticket import (
    CustomStatus,
    DeletedTicket,
    Identity,
    Person,
    TicketField,
    TicketForm,
)
from heroterm.mirror.connection import Connection
from heroterm.mirror.decoding import known_moment, numbers, pairs
from heroterm.mirror.encoding import LARGEST, epoch, packed, unstorable
from heroterm.mirror.library import replace_whole
from heroterm.mirror.people import replace
from heroterm.mirror.values import person_of

MERGED_TAG = "closed_by_merge"
"""The tag that Zendesk leaves on a ticket that went up in another one (api.md §10)."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What numbers in a ticket stand for; a number that is not known stands for itself."""

    fields: dict[int, TicketField]
    forms: dict[int, TicketForm]
    statuses: dict[int, CustomStatus]

    def field(self, id_: int, value: str) -> tuple[str, str]:
        """A custom field's title and its value in words; several options stand after commas."""
        field = self.fields.get(id_)
        if field is None:
            return f"field {id_}", value
        names = dict(field.options)
        return field.title, ", ".join(names.get(part, part) for part in value.split(", "))

    def named(self, field: str, value: str) -> tuple[str, str]:
        """A changed field's name and value in words, as far as they are known."""
        number = value[:19] if value.isascii() and value.isdigit() else ""
        if field.isascii() and field.isdigit():
            return self.field(int(field[:19]), value)
        if field == "custom_status_id" and number:
            return "status", self.status(int(number)) or value
        return field, value

    def status(self, id_: int | None) -> str | None:
        """What agents read for a custom status."""
        found = self.statuses.get(id_ or 0)
        return found.label if found else None

    def form(self, id_: int | None) -> str | None:
        """A form's title."""
        found = self.forms.get(id_ or 0)
        return found.title if found else None


@dataclass(frozen=True, slots=True)
class TicketLink:
    """Another ticket that belongs to this one.

    `kind`: `merged into`, `merged from`, `follow-up of`, `followed up by`.
    """

    kind: str
    ticket_id: int


def save_fields(connection: Connection, fields: Iterable[TicketField]) -> None:
    """The account's ticket fields, all of them."""
    rows = ((f.id, f.title, f.type, packed(f.options)) for f in fields)
    replace_whole(connection, "field", rows)


def save_forms(connection: Connection, forms: Iterable[TicketForm]) -> None:
    """The account's ticket forms, all of them."""
    replace_whole(connection, "form", ((form.id, form.title) for form in forms))


def save_statuses(connection: Connection, statuses: Iterable[CustomStatus]) -> None:
    """The account's custom statuses, all of them."""
    replace_whole(connection, "custom_status", ((s.id, s.category, s.label) for s in statuses))


def save_identities(connection: Connection, person_id: int, found: Iterable[Identity]) -> None:
    """How one person is known, all of it."""
    rows = [(i.id, person_id, i.type, i.value, int(i.primary), int(i.verified)) for i in found]
    with connection.transaction():
        connection.run("delete from identity where person_id = ?", [person_id])
        replace(connection, "identity", [row for row in rows if not unstorable(row)])


def save_deleted(connection: Connection, found: Iterable[DeletedTicket]) -> None:
    """Tickets that were deleted, whether or not they are held; those known before stay."""
    rows = [(d.id, d.actor, epoch(d.deleted_at)) for d in found]
    with connection.transaction():
        replace(connection, "deleted", [row for row in rows if not unstorable(row)])


def read(connection: Connection) -> Labels:
    """Every label that is held."""
    fields = [
        TicketField(row["id"], row["title"], row["type"], pairs(row["options"]))
        for row in connection.rows("select * from field")
    ]
    forms = [TicketForm(*row) for row in connection.rows("select * from form")]
    statuses = [CustomStatus(*row) for row in connection.rows("select * from custom_status")]
    return Labels(
        {each.id: each for each in fields},
        {each.id: each for each in forms},
        {each.id: each for each in statuses},
    )


def identities(connection: Connection, person_id: int) -> list[Identity]:
    """How a person is known, the primary one first."""
    if abs(person_id) > LARGEST:
        return []
    sql = "select * from identity where person_id = ? order by is_primary desc, type, value, id"
    return [
        Identity(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5]))
        for row in connection.rows(sql, [person_id])
    ]


def sharing(connection: Connection, person_id: int) -> list[Person]:
    """Others who have a person's address."""
    if abs(person_id) > LARGEST:
        return []
    sql = (
        "select o.* from person p join person o on o.email = p.email collate nocase "
        "where p.id = ? and o.id <> p.id and p.email <> '' order by o.id"
    )
    return [person_of(row) for row in connection.rows(sql, [person_id])]


def deleted(connection: Connection, ticket_id: int) -> DeletedTicket | None:
    """Who deleted a ticket and when, if Zendesk has told."""
    if abs(ticket_id) > LARGEST:
        return None
    row = connection.row("select * from deleted where ticket_id = ?", [ticket_id])
    return DeletedTicket(row[0], row[1], known_moment(row[2])) if row is not None else None


def linked(connection: Connection, ticket_id: int) -> list[TicketLink]:
    """Tickets that this one was merged with or follows up, as far as the mirror knows."""
    if abs(ticket_id) > LARGEST:
        return []
    found = connection.row(
        "select tags, followup_ids, via_followup_source_id from ticket where id = ?", [ticket_id]
    )
    if found is None:
        return []
    merges = connection.rows(
        "select merged_ticket_id from comment where ticket_id = ? "
        "and merged_ticket_id is not null order by created_at, id",
        [ticket_id],
    )
    gone = f'"{MERGED_TAG}"' in found["tags"]
    links = [TicketLink("merged from", row[0]) for row in merges if row[0] != ticket_id]
    if gone and links:
        # A closed ticket takes no more comments, so the last merge is the one that closed it.
        links[-1] = TicketLink("merged into", links[-1].ticket_id)
    source = found["via_followup_source_id"]
    links += [TicketLink("follow-up of", source)] if source is not None else []
    links += [TicketLink("followed up by", id_) for id_ in numbers(found["followup_ids"])]
    return list(dict.fromkeys(links))
