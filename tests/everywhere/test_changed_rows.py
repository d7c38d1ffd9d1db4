"""Rows that were changed by hand: every verb answers, or refuses with what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from heroterm.cli.rules import rulebook
from heroterm.domain.playbook_run import ANSWERED, OPEN, Event, Run, hash_of
from heroterm.journal.database import open_journal
from tests.cli.conftest import Home
from tests.cli.door import Door
from tests.conftest import NOW
from tests.journal.garbage import changed, columns, filled

TABLES = ("intent", "draft", "draft_trash", "mark", "memo", "skip", "tick", "warned", "claim",
          "passed_on", "wait", "run", "run_event", "trail")  # fmt: skip
NOT_TRIED = {"id", "run_id", "key"}
"""Columns by which rows are found and joined."""
READING = (
    ("outbox", "list"), ("outbox", "list", "--all"), ("queue",), ("next",), ("show", "101"),
    ("show", "104"), ("playbook", "runs", "--all"), ("stats",), ("brief",), ("handover",),
    ("doctor", "--offline"), ("search", "funnel"), ("tally",),
)  # fmt: skip


def begin_runs(home: Home, tickets: tuple[int, ...]) -> None:
    """A run on each ticket."""
    playbook = rulebook(home.paths).playbook("self-hosted")
    assert playbook is not None
    journal = open_journal(home.paths.journal, clock=lambda: NOW)
    for ticket_id in tickets:
        text = playbook.text
        said = tuple(Event(n, NOW, "Ana", ANSWERED, "ask", "x") for n in (1, 2, 3))
        run = Run(
            f"r{ticket_id}", playbook, hash_of(text), text, ticket_id, NOW, "Ana", events=said
        )
        assert journal.runs.begin(run) and run.state == OPEN
    journal.close()


def corrupt(path: Path, value: str | bytes) -> Iterator[str]:
    """Change one column after the other, each in another row while there are rows."""
    for table in TABLES:
        with closing(sqlite3.connect(path)) as raw:
            rows = [row[0] for row in raw.execute(f"SELECT rowid FROM {table} ORDER BY rowid")]
        names = [name for name in columns(path, table) if name not in NOT_TRIED]
        for place, name in enumerate(names if rows else ()):
            changed(path, table, name, value, f"rowid = {rows[place % len(rows)]}")
            yield f"{table}.{name}"


@pytest.mark.parametrize("value", ["[]", b"\xff[red]"])
def test_every_verb_answers_over_rows_that_were_changed(
    door: Door, home: Home, value: str | bytes
) -> None:
    tickets = (101, 102, 103, 104, 105, *range(201, 215))
    journal = open_journal(home.paths.journal, clock=lambda: NOW)
    filled(journal, tickets)
    journal.close()
    begin_runs(home, (101, 102, 103))
    assert len(list(corrupt(home.paths.journal, value))) > 40
    for words in READING:
        answer = door(*words)
        said = answer.out + answer.err
        assert answer.code in ((0, 3) if words[0] == "doctor" else (0, 1)), (words, said)
        assert "Traceback" not in said and "heroterm bug" not in said, words
    told = door.json("outbox", "list")["intents"]
    assert len(told) == len(tickets)
    stuck = [each for each in told if each["state"] == "needs_you"]
    assert len(stuck) >= 3
    for each in stuck:
        assert "was changed from outside" in each["why"]
        assert door("outbox", "discard", each["intent"]).code == 0
    left = door.json("outbox", "list")["intents"]
    assert [each["state"] for each in left] == ["held"] * (len(tickets) - len(stuck))
