"""The ledger of events for which the team's own hooks run: each is begun once, whatever happens.

An event is written down before its hook starts, so a crash can lose a run and never repeat one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from heroterm.journal.connection import Connection

_NAME = "event:"
_KEPT = timedelta(days=365)


class Events:
    """Events by the name of their hook, a key that tells one from another, and their ticket.

    They stand among the marks: a ticket, a name, a moment.
    """

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def begin(self, hook: str, key: str, ticket_id: int) -> bool:
        """Write one down; False when it was begun before, by this process or another."""
        with self._db.writing():
            return self._add(hook, key, ticket_id)

    def learn(self, hook: str, events: Iterable[tuple[str, int]]) -> None:
        """Write down what was there before anybody asked for it; what is a year old is let go."""
        with self._db.writing():
            for key, ticket_id in events:
                self._add(hook, key, ticket_id)
            old = self._db.now - _KEPT.total_seconds()
            self._db.run("DELETE FROM mark WHERE name GLOB ? AND at < ?", f"{_NAME}*", old)

    def begun(self, hook: str) -> frozenset[tuple[str, int]]:
        """The keys and tickets of every event of a hook."""
        start = f"{_NAME}{hook}:"
        rows = self._db.rows("SELECT ticket_id, name FROM mark WHERE name GLOB ?", f"{start}*")
        return frozenset((row["name"].removeprefix(start), row["ticket_id"]) for row in rows)

    def _add(self, hook: str, key: str, ticket_id: int) -> bool:
        return bool(
            self._db.run(
                "INSERT OR IGNORE INTO mark (ticket_id, name, link, at) VALUES (?, ?, '', ?)",
                ticket_id, f"{_NAME}{hook}:{key}", self._db.now,
            )
        )  # fmt: skip
