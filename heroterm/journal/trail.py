"""The trail: who did what when, append only. No bodies and no tokens are ever written here."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from heroterm.domain.record import record
from heroterm.domain.text import storable
from heroterm.journal.connection import Connection
from heroterm.journal.epoch import moment, seconds


@record(frozen=True, slots=True)
class Entry:
    """One thing that happened at this desk."""

    at: datetime
    what: str
    """A few words: "intent held -> queued", "skipped", "tier 1 marked"."""
    ticket_id: int | None
    intent_id: str | None
    detail: str


class Trail:
    """Writes and lists what happened."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def write(
        self,
        what: str,
        *,
        ticket_id: int | None = None,
        intent_id: str | None = None,
        detail: str = "",
    ) -> None:
        """Add one entry in a transaction of its own."""
        with self._db.writing():
            self.add(what, ticket_id=ticket_id, intent_id=intent_id, detail=detail)

    def add(
        self,
        what: str,
        *,
        ticket_id: int | None = None,
        intent_id: str | None = None,
        detail: str = "",
    ) -> None:
        """Add one entry inside the transaction that is open."""
        self._db.run(
            "INSERT INTO trail (at, what, ticket_id, intent_id, detail) VALUES (?, ?, ?, ?, ?)",
            self._db.now, storable(what), ticket_id, intent_id, storable(detail),
        )  # fmt: skip

    def since(self, begin: datetime, what: str) -> list[Entry]:
        """Entries of one kind that were written since a moment, newest first.

        The trail only grows, so that it is walked from its end: what is older costs nothing.
        """
        rows = self._db.rows(
            "SELECT at, what, ticket_id, intent_id, detail FROM trail WHERE what = ?2 AND id >"
            " ifnull((SELECT id FROM trail WHERE at < ?1 ORDER BY id DESC LIMIT 1), 0)"
            " ORDER BY id DESC",
            seconds(begin), what,
        )  # fmt: skip
        return [_entry(row) for row in rows]

    def list(self, limit: int = 200, *, intent_id: str | None = None) -> list[Entry]:
        """The newest entries, newest first; of one intent when it is named."""
        rows = self._db.rows(
            "SELECT at, what, ticket_id, intent_id, detail FROM trail"
            " WHERE ?1 IS NULL OR intent_id = ?1 ORDER BY id DESC LIMIT ?2",
            intent_id, limit,
        )  # fmt: skip
        return [_entry(row) for row in rows]


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(moment(row["at"]), row["what"], row["ticket_id"], row["intent_id"], row["detail"])
