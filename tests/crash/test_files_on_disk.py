"""Whatever is on the disk at any moment of a write, a migration or a purge opens whole."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from heroterm.journal.database import Journal, open_journal
from tests.conftest import NOW
from tests.crash.desk import KILLED, PROJECT, Desk, journal_of
from tests.journal.test_database import made_by_the_first_release

HERE = Path(__file__).parent
FIRST = ("Dear", "Dear Ada, it is", "Dear Ada, it is fixed.")


@pytest.fixture(scope="module")
def preload(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that copies the files before each of SQLite's writes."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("copies at every write need Linux and a C compiler (cc)")
    made = tmp_path_factory.mktemp("preload") / "snapshot.so"
    words = [compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(HERE / "snapshot.c"), "-ldl"]
    subprocess.run(words, check=True, capture_output=True)
    return made


def copies(preload: Path, home: Path, out: Path) -> list[Path]:
    """The files as they were before each write of a journal's life."""
    out.mkdir()
    open_journal(home / "journal.db", clock=lambda: NOW).close()
    # Whose clock and disk are slow stays out of it: what counts is the order of the writes.
    subprocess.run(
        [sys.executable, "-m", "tests.crash.life", str(home / "journal.db")],
        env={**os.environ, "LD_PRELOAD": str(preload), "SNAPSHOT_OF": str(home),
             "SNAPSHOT_TO": str(out)},
        check=True, cwd=PROJECT,
    )  # fmt: skip
    return sorted(out.iterdir())


def held(journal: Journal) -> tuple[set[str], dict[str, str]]:
    """Every text in drafts and trash, and the state of every intent."""
    drafts = [*journal.drafts.list(), *(one.draft for one in journal.drafts.thrown())]
    return {d.body for d in drafts}, {i.id: i.state for i in journal.outbox.list(all=True)}


def test_27_a_copy_at_any_write_opens_whole_and_loses_nothing(
    preload: Path, tmp_path: Path
) -> None:
    found = copies(preload, tmp_path / "home", tmp_path / "out")
    assert len(found) > 100
    seen: list[dict[str, str]] = []
    typed = 0
    for copy in found:
        journal = open_journal(copy / "journal.db", clock=lambda: NOW)
        try:
            texts, states = held(journal)
            assert journal.integrity() == "ok", copy
            kept = [FIRST.index(t) + 1 for t in texts if t in FIRST]
            words = bool(kept) or "a" in states or "b" in states
            assert words or typed == 0 or len(seen) > 10, f"{copy}: the words are gone"
            # A draft only grows until it is queued, and then it is in one place alone.
            if not states:
                assert max(kept, default=0) >= typed, copy
                typed = max(kept, default=0)
            if states.get("b") in ("held", "queued", "sending", "verify"):
                assert FIRST[-1] not in texts, copy
            if states.get("a") == "recalled" and "b" not in states:
                assert FIRST[-1] in texts, copy
            if not seen or seen[-1] != states:
                seen.append(states)
        finally:
            journal.close()
    # Each step is there as a whole, and in its order.
    assert [s.get("b") for s in seen if "b" in s] == [
        "held", "held", "queued", "sending", "verify", "queued", "sending", "sent", "sent",
    ]  # fmt: skip


def test_25_a_purge_that_is_killed_took_whole_intents_or_none(desk: Desk) -> None:
    for event in ("_finished.after statement#1", "_finished.before commit#1",
                  "_finished.after commit#1", "tidy.before commit#1"):  # fmt: skip
        case, home = desk.case("reply", hold=500.0), desk.home()
        assert desk.run(home, "put", **case.job) == 0
        other = desk.case("reply", hold=500.0)
        assert desk.run(home, "put", **other.job) == 0
        assert desk.run(home, "recall", **case.job) == 0
        desk.moment.turn(60)
        words = ["purge", "--all", "--yes", "--home", str(home)]
        assert desk.run(home, "verb", words=words, plan={event: "kill"}) == KILLED, desk.log(home)
        with journal_of(home, desk.moment) as journal:
            assert journal.integrity() == "ok"
            kept = {intent.id for intent in journal.outbox.list(all=True)}
            assert kept in ({other.name}, {case.name, other.name})
            assert [d.body for d in journal.drafts.list()] == [f"words of {case.name}"]
        assert desk.run(home, "verb", words=words) == 0, desk.log(home)
        with journal_of(home, desk.moment) as journal:
            assert [intent.id for intent in journal.outbox.list(all=True)] == [other.name]


def test_22_a_migration_that_is_killed_at_any_statement_is_ended_by_the_next(desk: Desk) -> None:
    template = desk.folder / "old"
    made_by_the_first_release(template / "data" / "journal.db")
    struck = 0
    for number in range(1, 200):
        home = desk.folder / f"old-{number}"
        shutil.copytree(template, home)
        ended = desk.run(home, "open", plan={f"-.before statement#{number}": "kill"})
        with closing(sqlite3.connect(home / "data" / "journal.db")) as raw:
            # Whatever version it has, its own words are there before anybody mends anything.
            assert raw.execute("SELECT body FROM draft").fetchall() == [("Dear Ada",)]
        with journal_of(home, desk.moment) as journal:
            assert [i.id for i in journal.outbox.unfinished()] == ["old"]
            assert journal.integrity() == "ok"
        shutil.rmtree(home)
        if ended == 0:
            break
        struck += 1
    assert struck > 20


def test_25_files_that_nothing_names_go_one_by_one_and_no_other(desk: Desk) -> None:
    case, home = desk.case("file", hold=500.0), desk.home()
    assert desk.run(home, "put", **case.job) == 0
    with journal_of(home, desk.moment) as journal:
        loose = [journal.enclosures.keep(n, "text/plain", n.encode()) for n in ("one", "two")]
        for file in loose:
            os.utime(home / "data" / "enclosures" / file.sha256, (0, 0))
        now = desk.moment.local() + timedelta(days=40_000)
        assert journal.housekeeping.tidy(now, older_than=None)["enclosure"] == 2
        (waiting,) = journal.outbox.unfinished()
        assert journal.enclosures.read(waiting.files[0])
