"""Playbook runs as they are kept: read with all that happened to them, whatever their state."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from heroterm.domain.playbook import Playbook
from heroterm.domain.playbook_marker import event_of
from heroterm.domain.playbook_run import FINISHED, MADE, OPEN, Event, Run
from heroterm.journal import strict
from heroterm.journal.connection import Connection
from heroterm.journal.definitions import definition
from heroterm.journal.epoch import moment
from heroterm.journal.outbox import Outbox


class KeptRuns:
    """Reads runs; those that cannot be read here are left out. Every method raises StoreError for a
    journal that fails.
    """

    def __init__(self, connection: Connection, outbox: Outbox) -> None:
        self._db = connection
        self._outbox = outbox
        self._read: dict[str, Playbook | None] = {}

    def get(self, run_id: str) -> Run | None:
        """A run with everything that happened to it; None when there is none, or none readable."""
        row = self._db.row("SELECT * FROM run WHERE id = ?", run_id)
        return self._run(row) if row is not None else None

    def open_on(self, ticket_id: int) -> Run | None:
        """The run that is open on a ticket, or that made it."""
        id_ = self._open_id(ticket_id)
        if id_ is not None:
            return self.get(id_)
        ours = (run for run in self.under_way() if ticket_id in _made(run))
        return next(ours, None)

    def of_ticket(self, ticket_id: int) -> list[Run]:
        """Every run on a ticket, the newest first."""
        rows = self._db.rows(
            "SELECT * FROM run WHERE ticket_id = ? ORDER BY begun_at DESC, id", ticket_id
        )
        return [run for row in rows if (run := self._run(row)) is not None]

    def finished_on(self, ticket_id: int, *, made: bool = False) -> list[Run]:
        """Runs that were finished on a ticket, or that `made` it, the newest first. All events are
        looked through for the latter.
        """
        makers = (
            "id IN (SELECT run_id FROM run_event WHERE what = ? AND NOT overruled"
            " AND CASE WHEN json_valid(told) THEN json_extract(told, '$.ticket_id') END = ?)"
        )
        which, wanted = (makers, (MADE, ticket_id)) if made else ("ticket_id = ?", (ticket_id,))
        rows = self._db.rows(
            f"SELECT * FROM run WHERE state = ? AND {which} ORDER BY begun_at DESC, id",
            FINISHED, *wanted,
        )  # fmt: skip
        return [run for row in rows if (run := self._run(row)) is not None]

    def under_way(self, *, all: bool = False) -> list[Run]:
        """Open runs, or with `all` every one; the oldest first."""
        rows = self._db.rows(
            "SELECT * FROM run WHERE state = 'open' OR ? ORDER BY begun_at, id", int(all)
        )
        return [run for row in rows if (run := self._run(row)) is not None]

    def _open_id(self, ticket_id: int) -> str | None:
        row = self._db.row("SELECT id FROM run WHERE ticket_id = ? AND state = ?", ticket_id, OPEN)
        return str(row["id"]) if row is not None else None

    def _run(self, row: sqlite3.Row) -> Run | None:
        hash_ = row["hash"]
        if hash_ not in self._read:
            self._read[hash_] = definition(row["playbook"], row["definition"])
        playbook = self._read[hash_]
        if playbook is None:
            return None
        try:
            events = self._events(row["id"])
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            return None
        run = Run(
            row["id"], playbook, hash_, row["definition"], row["ticket_id"],
            moment(row["begun_at"]), row["begun_by"], events=events,
        )  # fmt: skip
        return replace(run, intents=self._states(run))

    def _events(self, run_id: str) -> tuple[Event, ...]:
        rows = self._db.rows(
            "SELECT * FROM run_event WHERE run_id = ? AND NOT overruled ORDER BY n", run_id
        )
        return tuple(
            event_of(
                row["n"], moment(row["at"]), row["by"], row["what"], row["step"],
                strict.named(strict.parsed(row["told"])),
            )
            for row in rows
        )  # fmt: skip

    def _states(self, run: Run) -> dict[str, str]:
        ids = {event.intent_id for event in run.events if event.intent_id}
        found = ((id_, self._outbox.get(id_)) for id_ in sorted(ids))
        return {id_: intent.state for id_, intent in found if intent is not None}


def _made(run: Run) -> set[int]:
    return {event.ticket_id for event in run.events if event.what == "made" and event.ticket_id}
