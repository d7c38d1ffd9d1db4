from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from heroterm.domain.outbox import Draft
from heroterm.domain.priority import Skip
from heroterm.journal.database import Journal, open_journal
from heroterm.journal.lock import SenderLock
from tests.conftest import NOW
from tests.journal.conftest import Turnable

TOMORROW = NOW + timedelta(days=1)


def words(body: str) -> Draft:
    """A draft on ticket 7."""
    return Draft(7, "public_reply", body, NOW)


def test_a_draft_is_kept_whole_whatever_was_typed(journal: Journal) -> None:
    body = "a\0b \ud800 " + "long " * 200_000
    journal.drafts.save(Draft(7, "public_reply", body, NOW, cursor=(3, 4), later=TOMORROW))
    kept = journal.drafts.get(7, "public_reply")
    assert kept is not None and (kept.cursor, kept.later) == ((3, 4), TOMORROW)
    assert len(kept.body) == len(body) and "\0" not in kept.body


def test_a_trashed_draft_stays_for_thirty_days(journal: Journal, clock: Turnable) -> None:
    journal.drafts.save(Draft(7, "public_reply", "old words", NOW))
    journal.drafts.trash(7, "public_reply")
    assert journal.drafts.list() == []
    for days, left in ((29, ["old words"]), (2, [])):
        clock.turn(timedelta(days=days).total_seconds())
        journal.housekeeping.tidy(clock(), older_than=None)
        assert [d.draft.body for d in journal.drafts.thrown()] == left


def test_a_clock_set_wrong_while_something_is_thrown_away_empties_no_trash(
    journal: Journal, clock: Turnable
) -> None:
    journal.drafts.save(Draft(7, "public_reply", "the only copy", NOW))
    journal.drafts.trash(7, "public_reply")
    clock.turn(timedelta(days=400).total_seconds())
    journal.drafts.save(Draft(8, "public_reply", "other words", NOW))
    journal.drafts.trash(8, "public_reply")
    assert "the only copy" in [d.draft.body for d in journal.drafts.thrown()]


def test_tier_1_marks_come_and_go(journal: Journal) -> None:
    journal.marks.set_tier1(7, True, "https://slack.example.com/x")
    journal.marks.set_tier1(8, True)
    journal.marks.set_tier1(8, False)
    assert journal.marks.tier1() == {7}
    assert journal.marks.tier1_link(7).endswith("/x")


def test_a_skip_keeps_its_reason_and_its_moment(journal: Journal, clock: Turnable) -> None:
    journal.marks.skip(7, "not our team")
    clock.turn(60)
    journal.marks.skip(8, "somebody is on it")
    assert journal.marks.skips() == {
        7: Skip("not our team", NOW),
        8: Skip("somebody is on it", NOW + timedelta(seconds=60)),
    }


def test_a_tick_keeps_its_first_moment(journal: Journal, clock: Turnable) -> None:
    journal.marks.tick(7, "refund", "check-plan", True)
    clock.turn(60)
    journal.marks.tick(7, "refund", "check-plan", True)
    assert journal.marks.ticks(7, "refund") == {"check-plan": NOW}
    journal.marks.tick(7, "refund", "check-plan", False)
    assert journal.marks.ticks(7, "refund") == {}


def test_the_desk_remembers_small_things(journal: Journal) -> None:
    journal.marks.remember("view", "360001")
    journal.marks.remember("view", "360002")
    assert (journal.marks.recall("view"), journal.marks.recall("none")) == ("360002", None)


def test_one_process_is_the_sender_and_a_killed_one_frees_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "journal.lock"
    code = (
        "import sys; from pathlib import Path; from heroterm.journal.lock import SenderLock\n"
        f"lock = SenderLock(Path({str(path)!r}))\n"
        "print(lock.acquire(), flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe) as other:
        assert other.stdout is not None and other.stdout.readline() == b"True\n"
        mine = SenderLock(path)
        assert not mine.acquire()
        assert mine.holder() == other.pid
        other.kill()
    assert mine.holder() is None
    assert mine.acquire()
    assert not SenderLock(path).acquire()
    mine.release()


def test_words_that_another_writer_kept_are_not_replaced_in_silence(
    journal: Journal, path: Path, clock: Turnable
) -> None:
    journal.drafts.save(words("mine"), over="")
    other = open_journal(path, clock=clock)
    other.drafts.save(words("mine and theirs"), over="mine")
    other.close()
    assert journal.drafts.thrown() == []
    journal.drafts.save(words("mine, longer"), over="mine")
    kept = journal.drafts.get(7, "public_reply")
    assert kept is not None and kept.body == "mine, longer"
    assert [d.draft.body for d in journal.drafts.thrown()] == ["mine and theirs"]


def test_a_fresh_composer_does_not_replace_a_draft_that_it_never_saw(journal: Journal) -> None:
    journal.drafts.save(words("an hour's work"))
    journal.drafts.save(words("x"), over="")
    assert [d.draft.body for d in journal.drafts.thrown()] == ["an hour's work"]


def test_own_words_saved_again_leave_the_trash_empty(journal: Journal) -> None:
    for before, body in (("", "a\0\ud800"), ("a\0\ud800", "ab"), ("ab", "ab")):
        journal.drafts.save(words(body), over=before)
    assert journal.drafts.thrown() == []
