"""A ticket's audits: who changed what and when, as Zendesk recorded it (api.md §4)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from heroterm.domain.ticket import Audit
from heroterm.mirror.connection import Connection
from heroterm.mirror.decoding import known_moment
from heroterm.mirror.encoding import LARGEST, epoch, packed, unstorable
from heroterm.mirror.people import replace


@dataclass(frozen=True, slots=True)
class History:
    """Audits of one ticket, oldest first. Not complete and empty: they were not fetched yet."""

    ticket_id: int
    audits: tuple[Audit, ...] = ()
    complete: bool = False


def save(connection: Connection, ticket_id: int, audits: Iterable[Audit], *, complete: bool) -> int:
    """Keep audits of one ticket; how many were written. An audit never changes once it is made.

    A ticket that is not held keeps none, since its history would be worth nothing.
    """
    rows = [columns for a in audits if not unstorable(columns := _columns(ticket_id, a))]
    with connection.transaction():
        held = "select 1 from ticket where id = ?"
        if abs(ticket_id) > LARGEST or connection.row(held, [ticket_id]) is None:
            return 0
        replace(connection, "audit", rows)
        connection.run(
            "update ticket set audits_complete = ? where id = ?",
            [int(complete), ticket_id],
        )
    return len(rows)


def mark(connection: Connection, ticket_id: int) -> tuple[int | None, str]:
    """The audit down to which nothing has to be read again, and the stamp that was not reached.

    None where what is held may have gaps; "" where the history is as new as its ticket, or the
    ticket is not held.
    """
    row = None
    if abs(ticket_id) <= LARGEST:
        row = connection.row(_MARK, [ticket_id])
    if row is None:
        return None, ""
    whole = bool(row["audits_complete"])
    current = whole and row["newest"] is not None and row["newest"] >= row["updated_at"]
    return row["last"] if whole else None, "" if current else row["updated_stamp"]


_MARK = """
    select audits_complete, updated_at, updated_stamp,
        (select max(id) from audit a where a.ticket_id = t.id) as last,
        (select max(created_at) from audit a where a.ticket_id = t.id) as newest
    from ticket t where t.id = ?"""


def _columns(ticket_id: int, a: Audit) -> tuple[object, ...]:
    channel = getattr(a, "channel", None)
    own = (a.id, ticket_id, epoch(a.created_at), a.author_id, channel, a.marker)
    changes = ((field, str(before), str(after)) for field, before, after in a.changes)
    return (*own, packed(a.comments), packed(changes))


def read(connection: Connection, ticket_id: int) -> History:
    """What is held of a ticket's history."""
    if abs(ticket_id) > LARGEST:
        return History(ticket_id)
    whole = connection.number("select audits_complete from ticket where id = ?", [ticket_id])
    rows = connection.rows(
        "select * from audit where ticket_id = ? order by created_at, id", [ticket_id]
    )
    return History(ticket_id, tuple(_audit(row) for row in rows), bool(whole))


def _audit(row: sqlite3.Row) -> Audit:
    return Audit(
        id=row["id"],
        created_at=known_moment(row["created_at"]),
        author_id=row["author_id"],
        marker=row["marker"],
        comments=tuple((id_, bool(public)) for id_, public in json.loads(row["comments"])),
        changes=tuple((name, old, new) for name, old, new in json.loads(row["changes"])),
        channel=row["channel"],
    )
