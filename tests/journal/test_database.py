from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from heroterm.domain.outbox import Draft
from heroterm.errors import StoreError
from heroterm.journal import database
from heroterm.journal.database import Journal, open_journal
from tests.conftest import NOW
from tests.journal.conftest import Turnable, reply


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def words(body: str) -> Draft:
    return Draft(7, "public_reply", body, NOW)


def test_nobody_else_may_read_the_journal(journal: Journal, path: Path) -> None:
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)


def test_a_screen_waits_once_for_a_file_that_stays_locked(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def patience() -> int:
        return journal._db.number("PRAGMA busy_timeout")

    monkeypatch.setattr("heroterm.journal.connection.HASTY_SECONDS", 0.1)
    assert patience() == 5000
    journal.hasty()
    assert patience() == 100
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for _ in range(2):
            with pytest.raises(StoreError, match="locked: nothing was written"):
                journal.intents_wait()
        monkeypatch.undo()
        assert journal._db._db.execute("PRAGMA busy_timeout").fetchone()[0] == 20
    assert journal.intents_wait() is False
    assert patience() == 2000, "it waits again for whoever writes for a moment"


def test_a_journal_that_others_could_read_is_closed_to_them(path: Path, clock: Turnable) -> None:
    open_journal(path, clock=clock).close()
    path.chmod(0o644)
    open_journal(path, clock=clock).close()
    assert mode(path) == 0o600


def test_a_journal_of_the_present_version_opens_light(path: Path, clock: Turnable) -> None:
    open_journal(path, clock=clock).close()
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from heroterm.journal.database import open_journal\n"
        "clock = lambda: datetime(2026, 3, 4, tzinfo=UTC)\n"
        f"open_journal(Path({str(path)!r}), clock=clock).close()\n"
        "sys.exit('sqlite_utils' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


def test_a_newer_journal_is_left_alone(path: Path, clock: Turnable) -> None:
    open_journal(path, clock=clock).close()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer heroterm"):
        open_journal(path, clock=clock)
    assert path.read_bytes() == before


def smashed(path: Path) -> None:
    path.write_bytes(b"this is no database, " * 400)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize("harm", [smashed, cut])
def test_a_damaged_journal_is_named_and_not_rebuilt(
    path: Path, clock: Turnable, harm: Callable[[Path], None]
) -> None:
    journal = open_journal(path, clock=clock)
    for number in range(60):
        journal.outbox.put(reply(f"i{number}", body="x" * 500))
    journal.close()
    harm(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="damaged"):
        opened = open_journal(path, clock=clock)
        try:
            opened.outbox.unfinished()
        finally:
            opened.close()
    assert path.read_bytes() == before


def test_no_zeroed_page_makes_a_journal_look_empty(path: Path, clock: Turnable) -> None:
    journal = open_journal(path, clock=clock)
    for number in range(60):
        journal.outbox.put(reply(f"i{number}", ticket_id=number, body="x" * 500))
        journal.drafts.save(words("y" * 500))
    size = journal._db.number("PRAGMA page_size")
    journal.close()
    whole = path.read_bytes()
    for start in range(size, len(whole), size):
        path.write_bytes(whole[:start] + b"\0" * size + whole[start + size :])
        with pytest.raises(StoreError, match="damaged"):
            open_journal(path, clock=clock).close()


def test_a_link_in_place_of_the_journal_is_not_followed(tmp_path: Path, clock: Turnable) -> None:
    (tmp_path / "other.db").touch()
    (tmp_path / "journal.db").symlink_to(tmp_path / "other.db")
    with pytest.raises(StoreError, match="symbolic link"):
        open_journal(tmp_path / "journal.db", clock=clock)


def test_a_full_disk_keeps_the_draft_and_takes_no_intent(path: Path, clock: Turnable) -> None:
    journal = open_journal(path, clock=clock)
    journal.drafts.save(words("Dear Ada"))
    pages = journal._db.number("PRAGMA page_count")
    journal._db.row(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="No room"):
        journal.outbox.put(reply("a", body="y" * 50_000))
    assert [d.body for d in journal.drafts.list()] == ["Dear Ada"]
    assert journal.outbox.list(all=True) == []
    journal.close()


@pytest.mark.skipif(os.getuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_journal_says_so(path: Path, clock: Turnable) -> None:
    open_journal(path, clock=clock).close()
    path.chmod(0o400)
    journal = open_journal(path, clock=clock)
    with pytest.raises(StoreError, match="may not be written"):
        journal.drafts.save(words("Dear Ada"))
    journal.close()


def test_a_query_only_journal_says_that_nothing_was_written(journal: Journal) -> None:
    journal._db.row("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="may not be written"):
        journal.drafts.save(words("Dear Ada"))


def test_a_locked_journal_says_so(
    path: Path, clock: Turnable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heroterm.journal.connection.BUSY_SECONDS", 0.0)
    journal = open_journal(path, clock=clock)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="locked"):
        journal.drafts.save(words("Dear Ada"))
    other.close()
    journal.drafts.save(words("Dear Ada"))
    journal.close()


def test_a_locked_journal_is_not_waited_for_where_nobody_has_the_patience(
    path: Path, clock: Turnable
) -> None:
    open_journal(path, clock=clock).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="locked"):
            open_journal(path, clock=clock, patience=0.0)
    journal = open_journal(path, clock=clock, patience=0.0)
    assert journal._db.number("PRAGMA busy_timeout") == 5_000, "once it is open it waits as ever"
    journal.close()


def test_another_connection_sees_that_something_was_written(
    journal: Journal, path: Path, clock: Turnable
) -> None:
    before = journal.version()
    other = open_journal(path, clock=clock)
    other.drafts.save(words("Dear Ada"))
    other.close()
    assert journal.version() != before
    assert journal.integrity() == "ok"


class Crash(BaseException):
    """The process dies here."""


def test_a_crash_in_any_statement_of_the_migration_leaves_nothing_half_made(
    tmp_path: Path, clock: Turnable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlite_utils import Database

    real, left = Database.execute, [0]

    def execute(self: Database, *words: object) -> object:
        left[0] -= 1
        if left[0] == 0:
            raise Crash
        return real(self, *words)  # type: ignore[arg-type]

    def crashed(path: Path, statement: int) -> bool:
        left[0] = statement
        with monkeypatch.context() as patch:
            patch.setattr(Database, "execute", execute)
            try:
                open_journal(path, clock=clock).close()
            except Crash:
                return True
        return False

    statement = 1
    while crashed(path := tmp_path / f"{statement}" / "journal.db", statement):
        journal = open_journal(path, clock=clock)
        journal.outbox.put(reply("a"))
        assert journal.integrity() == "ok"
        journal.close()
        statement += 1
    assert statement > 40


def made_by_the_first_release(path: Path) -> None:
    """A journal as version 1 left it, with a draft and an intent."""
    from sqlite_utils import Database

    from heroterm.journal.migrations import steps

    path.parent.mkdir(mode=0o700, parents=True)
    with closing(sqlite3.connect(path)) as raw:
        steps.apply(Database(raw), stop_before="m002_deeds_files_bulk_undo")
        raw.execute(
            "INSERT INTO draft (ticket_id, kind, body, updated_at) VALUES (7, ?, ?, 0)",
            ["public_reply", "Dear Ada"],
        )
        raw.execute(
            "INSERT INTO intent (id, ticket_id, comment_kind, body, changes, created_at, state,"
            " send_after) VALUES ('old', 7, 'public_reply', 'words', ?, 0, 'held', 9e9)",
            [
                json.dumps(
                    {"status": "pending", "priority": None, "add_tags": [], "remove_tags": []}
                )
            ],
        )
        raw.commit()


def test_an_older_journal_is_copied_before_it_is_brought_forward(
    path: Path, clock: Turnable
) -> None:
    made_by_the_first_release(path)
    before = path.read_bytes()
    journal = open_journal(path, clock=clock)
    assert [d.body for d in journal.drafts.list()] == ["Dear Ada"]
    assert [(i.id, i.changes.status) for i in journal.outbox.unfinished()] == [("old", "pending")]
    journal.close()
    copy = path.with_name("journal.db.v1.backup")
    assert mode(copy) == 0o600
    with closing(sqlite3.connect(path)) as new, closing(sqlite3.connect(copy)) as old:
        assert old.execute("PRAGMA user_version").fetchone()[0] == 1
        assert old.execute("SELECT body FROM draft").fetchall() == [("Dear Ada",)]
        assert new.execute("PRAGMA user_version").fetchone()[0] == database.VERSION
    assert before != path.read_bytes()
