"""A journal in which every text column of every table was once changed from outside."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from heroterm.domain.deeds import EnclosedFile, NewTicket
from heroterm.domain.handover import Passing
from heroterm.domain.outbox import Draft, Intent, PublicReply
from heroterm.domain.waits import Wait, Wake
from heroterm.journal.database import Journal
from tests.conftest import NOW
from tests.journal.conftest import reply

GARBAGE: tuple[str | bytes, ...] = (
    "not json", "", "null", "7", "[]", "{}", "[" * 3_000, '"\\ud800"', b"\xff\xfe",
    '{"status": 5}', '{"add_ccs": [5]}', '{"custom_fields": [["x", {}]]}', '{"kind": "new_ticket"}',
    '[{"name": 1}]', '{"to": 7}', '{"ticket_id": "x"}', '{"assignee_id": 99999999999999999999999}',
)  # fmt: skip
"""What may stand where JSON or a word was: nothing of it was written by this program."""
OUTBOX = ("id", "comment_kind", "state")
"""Columns of `intent` that a person sees as they are, or by which SQLite itself finds the row."""


def full_intent(name: str, ticket_id: int) -> Intent:
    """An intent that fills every column which one can fill when it is put."""
    file = EnclosedFile("a.txt", "text/plain", 1, "0" * 64)
    return replace(reply(name, ticket_id), files=(file,), overrides=("collision",))


def letter(name: str, ticket_id: int) -> Intent:
    """A new ticket that waits in a ticket's line."""
    deed = NewTicket("ada@example.com", "Ada", "About it")
    return replace(reply(name, ticket_id), comment=PublicReply("Dear Ada."), deed=deed)


def draft(ticket_id: int, kind: str = "public_reply") -> Draft:
    return Draft(ticket_id, kind, f"Words for {ticket_id}.", NOW, ccs=("bob@example.com",))


def columns(path: Path, table: str) -> list[str]:
    """The text columns of a table."""
    with closing(sqlite3.connect(path)) as raw:
        rows = raw.execute(f"PRAGMA table_info({table})").fetchall()
    return [row[1] for row in rows if row[2] == "TEXT"]


def changed(
    path: Path, table: str, column: str, value: str | bytes | None, where: str = "1"
) -> None:
    """Change a column by hand, as somebody with sqlite3 would: past triggers and checks."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        kept = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [table]
        ).fetchall()
        for name, _ in kept:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE {where}", [value])
        for _, sql in kept:
            raw.execute(sql)
        raw.commit()


def filled(journal: Journal, tickets: tuple[int, ...]) -> None:
    """Something in every table that a desk fills by itself, but runs."""
    for number, ticket_id in enumerate(tickets):
        journal.outbox.put(full_intent(f"i{number}", ticket_id))
        journal.drafts.save(draft(ticket_id))
        journal.drafts.save(draft(ticket_id, "internal_note"))
        journal.drafts.trash(ticket_id, "internal_note")
        journal.marks.set_tier1(ticket_id, True, "https://example.com")
        journal.marks.saw(ticket_id, 501)
        journal.marks.skip(ticket_id, "not mine")
        journal.marks.tick(ticket_id, "2fa", "ask", True)
        journal.week.claim(ticket_id, "tag")
        journal.week.pass_on(ticket_id, Passing("Lee", "told", NOW))
        journal.waits.set(Wait(ticket_id, Wake(NOW), "until then", NOW))
    journal.week.keep_warned({ticket_id: frozenset({4}) for ticket_id in tickets})
    journal.marks.use("looking", 0.2, reply("used"))
    journal.marks.mute("greeting", "known")
    journal.marks.remember("remarks", '{"x": "y"}')
