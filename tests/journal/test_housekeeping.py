"""What goes by itself in time, and what never does."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from heroterm.domain.deeds import EnclosedFile
from heroterm.domain.outbox import Draft
from heroterm.errors import StoreError
from heroterm.journal.database import Journal
from tests.conftest import NOW
from tests.journal.conftest import Turnable, note, reply

DAY = timedelta(days=1).total_seconds()
STATES = ("held", "queued", "sending", "verify", "needs_you", "sent", "recalled", "discarded")


def in_every_state(journal: Journal) -> None:
    """One intent in each state, each with an attempt behind it where it can have one."""
    later = NOW + timedelta(seconds=20)
    for number, state in enumerate(STATES):
        journal.outbox.put(note(state, 100 + number))
        if state in ("sending", "verify", "needs_you", "sent"):
            journal.outbox.due(later)
            journal.outbox.begin(state, stamp="s", now=NOW)
            if state != "sending":
                journal.outbox.settle(state, state)
    journal.outbox.release("queued")
    journal.outbox.recall("recalled")
    journal.outbox.discard("discarded")


def states(journal: Journal) -> set[str]:
    return {intent.id for intent in journal.outbox.list(all=True)}


def test_only_what_is_finished_and_old_goes(journal: Journal, clock: Turnable) -> None:
    in_every_state(journal)
    clock.turn(89 * DAY)
    assert journal.housekeeping.if_due(clock()) is not None
    assert states(journal) == set(STATES)
    clock.turn(8 * DAY)
    gone = journal.housekeeping.if_due(clock())
    assert gone is not None and gone["intent"] == 3
    assert states(journal) == set(STATES) - {"sent", "recalled", "discarded"}
    assert len(journal.outbox.attempts("verify")) == 1
    assert journal.outbox.attempts("sent") == []
    assert journal.integrity() == "ok"


def test_once_a_week_is_enough_and_a_clock_turned_back_does_not_stop_it(
    journal: Journal, clock: Turnable
) -> None:
    assert journal.housekeeping.if_due(clock()) is not None
    clock.turn(6 * DAY)
    assert journal.housekeeping.if_due(clock()) is None
    clock.turn(-30 * DAY)
    assert journal.housekeeping.if_due(clock()) is not None


def test_no_hand_deletes_an_attempt_that_may_still_land(journal: Journal, path: Path) -> None:
    in_every_state(journal)
    other = sqlite3.connect(path, isolation_level=None)
    for state in ("sending", "verify", "needs_you"):
        with pytest.raises(sqlite3.IntegrityError):
            other.execute("DELETE FROM attempt WHERE intent_id = ?", [state])
    other.close()


def test_what_was_purged_is_not_in_the_file_any_more(
    journal: Journal, path: Path, clock: Turnable
) -> None:
    journal.outbox.put(reply("a", body="Dear Ada, your secret is safe."))
    journal.outbox.discard("a")
    journal.drafts.trash(7, "public_reply")
    assert b"your secret" in path.read_bytes()
    clock.turn(91 * DAY)
    journal.housekeeping.if_due(clock())
    assert b"your secret" not in path.read_bytes()


def test_files_stay_for_whom_they_are_needed(journal: Journal, path: Path, clock: Turnable) -> None:
    keep = journal.enclosures.keep
    files = {name: keep(name, "text/plain", name.encode()) for name in ("draft", "trash", "held")}
    files["sent"] = keep("sent", "text/plain", b"sent")
    files["loose"] = keep("loose", "text/plain", b"loose")
    journal.drafts.save(Draft(7, "public_reply", "words", NOW, files=(files["draft"],)))
    journal.drafts.save(Draft(8, "public_reply", "words", NOW, files=(files["trash"],)))
    journal.drafts.trash(8, "public_reply")
    journal.outbox.put(replace(reply("held", 9), files=(files["held"],)))
    journal.outbox.put(replace(reply("sent", 10), files=(files["sent"],)))
    journal.outbox.release("sent")
    journal.outbox.settle("sent", "sent")
    for file in files.values():
        os.utime(path.parent / "enclosures" / file.sha256, (NOW.timestamp(), NOW.timestamp()))
    gone = journal.housekeeping.tidy(NOW + timedelta(hours=2), older_than=None)
    assert gone["enclosure"] == 2
    for name in ("draft", "trash", "held"):
        assert journal.enclosures.read(files[name]) == name.encode()
    for name in ("sent", "loose"):
        with pytest.raises(StoreError):
            journal.enclosures.read(files[name])


def test_a_file_that_was_just_attached_waits_for_its_draft(journal: Journal, path: Path) -> None:
    old = journal.enclosures.keep("old", "text/plain", b"attached again")
    place = path.parent / "enclosures" / old.sha256
    os.utime(place, (0, 0))
    journal.enclosures.keep("again", "text/plain", b"attached again")
    from datetime import UTC, datetime

    now = datetime.fromtimestamp(place.stat().st_mtime, UTC)
    assert journal.housekeeping.tidy(now, older_than=None)["enclosure"] == 0


def test_half_a_file_under_its_name_is_written_anew(journal: Journal, path: Path) -> None:
    kept = journal.enclosures.keep("a", "text/plain", b"whole")
    (path.parent / "enclosures" / kept.sha256).write_bytes(b"wh")
    with pytest.raises(StoreError, match="is not what was attached"):
        journal.enclosures.read(kept)
    assert journal.enclosures.read(journal.enclosures.keep("a", "text/plain", b"whole")) == b"whole"


def test_many_who_keep_the_same_file_at_once_keep_one_whole_file(
    journal: Journal, path: Path
) -> None:
    content, kept = b"x" * 2_000_000, list[EnclosedFile]()
    hands = [
        Thread(target=lambda: kept.append(journal.enclosures.keep("a", "text/plain", content)))
        for _ in range(6)
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(kept) == 6 and journal.enclosures.read(kept[0]) == content
    assert len(list((path.parent / "enclosures").iterdir())) == 1


def test_a_few_backups_stay(journal: Journal, path: Path) -> None:
    for version in range(1, 5):
        copy = path.with_name(f"journal.db.v{version}.backup")
        copy.write_bytes(b"old")
        os.utime(copy, (version, version))
    assert journal.housekeeping.tidy(NOW, older_than=None)["backup"] == 2
    assert sorted(each.name for each in path.parent.glob("*.backup")) == [
        "journal.db.v3.backup",
        "journal.db.v4.backup",
    ]
