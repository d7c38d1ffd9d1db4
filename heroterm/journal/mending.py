"""Rows whose word for where they stand was changed from outside, so that no list would find them.

Nothing else of a row is touched: what cannot be read of it stays, and is read with doubt.
"""

from __future__ import annotations

from heroterm.domain.outbox import STATES
from heroterm.domain.playbook_run import ABORTED, FINISHED, OPEN
from heroterm.journal.connection import Connection
from heroterm.journal.runs import Runs

_WHY = "Where it stood was changed from outside heroterm: look whether it arrived."


def mend(runs: Runs, db: Connection) -> None:
    """Give each such row a state again: what can be told of it, else one that asks for a person."""
    with db.writing():
        marks = ", ".join("?" for _ in STATES)
        db.run(
            "UPDATE intent SET why = ?, state = CASE WHEN audit_id IS NOT NULL THEN 'sent'"
            f" WHEN attempts > 0 THEN 'verify' ELSE 'needs_you' END WHERE state NOT IN ({marks})",
            _WHY, *STATES,
        )  # fmt: skip
        ends = (OPEN, FINISHED, ABORTED)
        for row in db.rows("SELECT id FROM run WHERE state NOT IN (?, ?, ?)", *ends):
            run = runs.get(row["id"])
            state = run.state if run is not None else OPEN
            db.run("UPDATE OR IGNORE run SET state = ? WHERE id = ?", state, row["id"])
