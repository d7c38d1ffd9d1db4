"""Playbook runs: begun once, then only added to; what a step puts goes in with its event.

An event and the intent that it names are one transaction, so that no crash can leave a reply
without its step or a step without its reply. Two processes that go on with one run at the same
moment do not mix: who comes second is told by None and reads again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from heroterm.domain.outbox import Intent
from heroterm.domain.playbook_answers import may_put, put_event
from heroterm.domain.playbook_marker import event_values
from heroterm.domain.playbook_run import (
    ABORTED,
    HEROTERM,
    NOTED,
    OPEN,
    PUT,
    REOPENED,
    UNREADABLE,
    Event,
    Run,
    Unreadable,
    intent_id,
)
from heroterm.domain.playbook_way import open_titles
from heroterm.journal.connection import Connection
from heroterm.journal.epoch import moment, seconds
from heroterm.journal.kept_runs import KeptRuns
from heroterm.journal.outbox import Outbox
from heroterm.journal.trail import Trail


class Runs(KeptRuns):
    """Reads and writes runs. Every method raises StoreError for a journal that fails."""

    def __init__(self, connection: Connection, outbox: Outbox, trail: Trail) -> None:
        super().__init__(connection, outbox)
        self._trail = trail

    def begin(self, run: Run) -> Run | None:
        """Take a new run in; None while another is open on its ticket."""
        with self._db.writing():
            if self._db.row(
                "SELECT 1 FROM run WHERE ticket_id = ? AND state = ?", run.ticket_id, OPEN
            ):
                return None
            self._insert(run)
            self._add(run.id, run.events)
            self._trail.add(
                "playbook begun", ticket_id=run.ticket_id, detail=f"{run.playbook.name} {run.id}"
            )
        return run

    def append(
        self, run: Run, events: Sequence[Event], intents: Sequence[Intent] = ()
    ) -> Run | None:
        """Add what happened to a run as it was read, with what it puts into the outbox.

        None when somebody else has added something meanwhile, or where it would be open again
        beside another one on its ticket: then nothing was written.
        """
        after = run.with_events(events)
        with self._db.writing():
            if self._count(run.id) != len(run.events) or self._in_the_way(run, after):
                return None
            for intent in intents:
                self._outbox.take(intent, retire_draft=True)
            self._add(run.id, events)
            self._set_state(after)
            for event in events:
                self._say(run, event)
        return self.get(run.id)

    def put(self, intent: Intent, *, at: datetime, by: str) -> bool:
        """Put an intent together with the step that it does, by whose id it goes; False when it is
        no step's (any more), and nothing was written.
        """
        for run in self.under_way():
            for step in run.playbook.steps:
                if intent_id(run, step.id) == intent.id and may_put(run, step.id) is None:
                    what = intent.kind.replace("_", " ")
                    event = put_event(run, step.id, intent.id, intent.ticket_id, what, at, by)
                    return self.append(run, [event], [intent]) is not None
        return False

    def adopt(self, run: Run, events: Sequence[Event], *, kept: int) -> int | None:
        """Take over what other desks told of a run after its first `kept` events.

        Events of this desk beyond those are overruled, which says how many there were. None when
        another run is open here on its ticket.
        """
        with self._db.writing():
            found = self._db.row("SELECT 1 FROM run WHERE id = ?", run.id)
            if found is None:
                if run.state == OPEN and self._open_id(run.ticket_id) is not None:
                    return None
                self._insert(run)
            lost = self._db.run(
                "UPDATE run_event SET overruled = 1 WHERE run_id = ? AND n > ? AND NOT overruled",
                run.id, kept,
            )  # fmt: skip
            self._add(run.id, events)
            self._set_state(run)
            if events or lost:
                told = f"{run.playbook.name}: {len(events)} taken over, {lost} overruled"
                self._trail.add("playbook told", ticket_id=run.ticket_id, detail=told)
        return lost

    def taken_back(self, intent_id: str) -> bool:
        """An intent was recalled, in the transaction that is open: a run that had ended after it
        is open again, unless another one is by now, and the note of its end comes back, too.

        True when the intent is a note by which the run tells where it stands.
        """
        found = self._put_by(intent_id)
        run = self.get(found["run_id"]) if found is not None else None
        if found is None or run is None:
            return False
        if run.state != OPEN and self._open_id(run.ticket_id) is None:
            self._reopen(run)
        return bool(found["what"] == NOTED)

    def is_note(self, intent_id: str) -> bool:
        """Whether an intent is a note by which a run tells where it stands."""
        found = self._put_by(intent_id)
        return found is not None and found["what"] == NOTED

    def step_of(self, intent_id: str) -> tuple[str, str] | None:
        """Ids of run and step that put an intent; None: none did, or it tells of the run."""
        found = self._put_by(intent_id)
        return (found["run_id"], found["step"]) if found and found["what"] == PUT else None

    def _put_by(self, intent_id: str) -> sqlite3.Row | None:
        return self._db.row(
            "SELECT run_id, what, step FROM run_event"
            " WHERE CASE WHEN json_valid(told) THEN json_extract(told, '$.intent_id') END = ?"
            " AND NOT overruled",
            intent_id,
        )

    def _reopen(self, run: Run) -> None:
        last = run.events[-1]
        if last.what == NOTED:
            self._outbox.withdraw(last.intent_id)
        now = moment(self._db.now)
        again = Event(last.n + 1, now, HEROTERM, REOPENED, value="what it put was taken back")
        self._add(run.id, [again])
        self._set_state(run.with_events([again]))
        self._say(run, again)

    def unreadable(self) -> list[Unreadable]:
        """Open runs that this heroterm cannot read."""
        rows = self._db.rows("SELECT * FROM run WHERE state = ?", OPEN)
        torn = [row for row in rows if self._run(row) is None]
        return [Unreadable(row["id"], row["ticket_id"], row["playbook"]) for row in torn]

    def give_up(self, run_id: str, reason: str) -> bool:
        """End an open run that cannot be read; the trail keeps the reason. False: it is none."""
        with self._db.writing():
            row = self._db.row("SELECT * FROM run WHERE id = ? AND state = ?", run_id, OPEN)
            if row is None or self._run(row) is not None:
                return False
            self._db.run("UPDATE run SET state = ? WHERE id = ?", ABORTED, run_id)
            told = f"{row['playbook']} {run_id}: {reason}"
            self._trail.add("playbook given up", ticket_id=row["ticket_id"], detail=told)
        return True

    def given_up(self, run_id: str) -> bool:
        """Whether a run was ended here that could not be read."""
        row = self._db.row("SELECT * FROM run WHERE id = ? AND state = ?", run_id, ABORTED)
        return row is not None and self._run(row) is None

    def open_steps(self, ticket_id: int, intent: Intent | None = None) -> tuple[str, ...]:
        """Required steps that keep a ticket unsolved, as they are titled; the one that `intent`
        itself does is not among them.
        """
        id_ = self._open_id(ticket_id)
        run = self.get(id_) if id_ is not None else None
        if run is None:
            return (UNREADABLE,) if id_ is not None else ()
        doing = ""
        if intent is not None:
            steps = run.playbook.steps
            doing = next((s.id for s in steps if intent_id(run, s.id) == intent.id), "")
        return tuple(open_titles(run, but=doing))

    # Rows.

    def _in_the_way(self, run: Run, after: Run) -> bool:
        """Whether another run is open where this one would be opened again."""
        again = run.state != OPEN and after.state == OPEN
        return again and self._open_id(run.ticket_id) is not None

    def _count(self, run_id: str) -> int:
        return self._db.number(
            "SELECT count(*) FROM run_event WHERE run_id = ? AND NOT overruled", run_id
        )

    def _insert(self, run: Run) -> None:
        self._db.run(
            "INSERT INTO run (id, playbook, hash, definition, ticket_id, begun_at, begun_by)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            run.id, run.playbook.name, run.hash, run.definition, run.ticket_id,
            seconds(run.begun_at), run.begun_by,
        )  # fmt: skip

    def _add(self, run_id: str, events: Sequence[Event]) -> None:
        for event in events:
            told = json.dumps(event_values(event))
            self._db.run(
                "INSERT INTO run_event (run_id, n, at, by, what, step, told)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                run_id, event.n, seconds(event.at), event.by, event.what, event.step, told,
            )  # fmt: skip

    def _set_state(self, run: Run) -> None:
        self._db.run("UPDATE run SET state = ? WHERE id = ?", run.state, run.id)

    def _say(self, run: Run, event: Event) -> None:
        self._trail.add(
            f"playbook {event.what}",
            ticket_id=run.ticket_id,
            intent_id=event.intent_id or None,
            detail=f"{run.playbook.name}: {event.step}",
        )
