"""A ticket's audits: who changed what and when, as Zendesk recorded it (api.md §4)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from heroterm.mirror.connection import Connection
from heroterm.mirror.decoding import known_moment
from heroterm.mirror.encoding import LARGEST, epoch, packed, unstorable
from heroterm.mirror.people import replace


class Recorded(Protocol):
    """An audit as the wire gives it."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def created_at(self) -> datetime:
        """When it happened, to the second."""

    @property
    def author_id(self) -> int | None:
        """Who did it; None or below 1 for a rule or the system."""

    @property
    def marker(self) -> str | None:
        """The id of the intent that made it, if one did."""

    @property
    def comments(self) -> Sequence[tuple[int, bool]]:
        """Comments that it added: id, and whether public."""

    @property
    def changes(self) -> Sequence[tuple[str, Any, Any]]:
        """Fields that it changed: name, value before, value after."""


@dataclass(frozen=True, slots=True)
class Audit:
    """One update of a ticket, as the mirror holds it."""

    id: int
    created_at: datetime
    author_id: int | None
    marker: str | None = None
    comments: tuple[tuple[int, bool], ...] = ()
    changes: tuple[tuple[str, str, str], ...] = ()
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Audits of one ticket, oldest first. Not complete and empty: they were not fetched yet."""

    ticket_id: int
    audits: tuple[Audit, ...] = ()
    complete: bool = False


def save(
    connection: Connection, ticket_id: int, audits: Iterable[Recorded], *, complete: bool
) -> int:
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
            "update ticket set audits_complete = max(audits_complete, ?) where id = ?",
            [int(complete), ticket_id],
        )
    return len(rows)


def _columns(ticket_id: int, a: Recorded) -> tuple[object, ...]:
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
