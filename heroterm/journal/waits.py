"""Waits: reminders on tickets, with the moment at which each woke."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from heroterm.domain.text import storable
from heroterm.journal.connection import Connection
from heroterm.journal.epoch import moment, seconds
from heroterm.journal.trail import Trail

if TYPE_CHECKING:
    from heroterm.domain.waits import Wait


class Waits:
    """One wait at most for each ticket; a new one takes the place of the one before."""

    def __init__(self, connection: Connection, trail: Trail) -> None:
        self._db = connection
        self._trail = trail

    def set(self, wait: Wait) -> None:
        """Keep a wait; it counts as not woken."""
        until = wait.wake.until
        with self._db.writing():
            self._db.run(
                "INSERT OR REPLACE INTO wait (ticket_id, until, on_reply, said, set_at,"
                " seen_comment_id) VALUES (?, ?, ?, ?, ?, ?)",
                wait.ticket_id, None if until is None else seconds(until),
                int(wait.wake.on_reply), storable(wait.said), seconds(wait.set_at),
                wait.seen_comment_id,
            )  # fmt: skip
            self._trail.add("wait set", ticket_id=wait.ticket_id, detail=wait.said)

    def wake(self, ticket_id: int, why: str) -> bool:
        """Note that a wait is over; False when it was woken or ended by somebody else."""
        with self._db.writing():
            done = self._db.run(
                "UPDATE wait SET woken_at = ?, why = ? WHERE ticket_id = ? AND woken_at IS NULL",
                self._db.now, storable(why), ticket_id,
            )  # fmt: skip
            if done:
                self._trail.add("wait woke", ticket_id=ticket_id, detail=why)
        return bool(done)

    def end(self, ticket_id: int) -> bool:
        """Take a wait away: the hero has seen that it woke, or needs it no more."""
        with self._db.writing():
            done = self._db.run("DELETE FROM wait WHERE ticket_id = ?", ticket_id)
            if done:
                self._trail.add("wait ended", ticket_id=ticket_id)
        return bool(done)

    def get(self, ticket_id: int) -> Wait | None:
        """The wait on a ticket."""
        row = self._db.row("SELECT * FROM wait WHERE ticket_id = ?", ticket_id)
        return _wait(row) if row is not None else None

    def list(self) -> list[Wait]:
        """Every wait: those that woke first, then by moment, then those for an answer alone."""
        rows = self._db.rows(
            "SELECT * FROM wait ORDER BY woken_at IS NULL, until IS NULL, until, ticket_id"
        )
        return [_wait(row) for row in rows]


def _wait(row: sqlite3.Row) -> Wait:
    from heroterm.domain.waits import Wait, Wake  # not needed for the first painted queue

    until, woke = row["until"], row["woken_at"]
    return Wait(
        row["ticket_id"],
        Wake(None if until is None else moment(until), bool(row["on_reply"])),
        row["said"],
        moment(row["set_at"]),
        row["seen_comment_id"],
        None if woke is None else moment(woke),
        row["why"],
    )
