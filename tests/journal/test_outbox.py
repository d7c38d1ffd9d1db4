from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from heroterm.domain.outbox import Draft
from heroterm.errors import RefusedByRule
from heroterm.journal.database import Journal, open_journal
from tests.conftest import NOW
from tests.journal.conftest import Turnable, note, reply

STAMP = "2026-03-04T09:59:00Z"
LATER = NOW + timedelta(seconds=20)


def draft(body: str, ticket_id: int = 7, kind: str = "public_reply") -> Draft:
    return Draft(ticket_id, kind, body, NOW, "pending", (2, 5), "stamp", 500)


def sending(journal: Journal, name: str) -> None:
    journal.outbox.put(reply(name))
    journal.outbox.due(LATER)
    assert journal.outbox.begin(name, stamp=STAMP, now=NOW) is not None


def test_an_intent_comes_back_as_it_was_put(journal: Journal) -> None:
    for intent in (reply("a"), note("b"), replace(reply("c"), comment=None)):
        journal.outbox.put(intent)
        assert journal.outbox.get(intent.id) == intent


def test_putting_an_intent_takes_its_draft_out_in_the_same_step(journal: Journal) -> None:
    journal.drafts.save(draft("Dear Ada, it is fixed."))
    journal.drafts.save(draft("for colleagues", kind="internal_note"))
    journal.outbox.put(reply("a"))
    assert [d.kind for d in journal.drafts.list()] == ["internal_note"]
    assert journal.drafts.thrown() == []


def test_a_draft_that_says_something_else_goes_to_the_trash(journal: Journal) -> None:
    journal.drafts.save(draft("A longer text"))
    journal.outbox.put(reply("a"))
    assert [d.draft.body for d in journal.drafts.thrown()] == ["A longer text"]


def test_a_recalled_reply_is_the_draft_again_with_its_cursor(journal: Journal) -> None:
    journal.drafts.save(draft("Dear Ada, it is fixed."))
    journal.outbox.put(reply("a"))
    recalled = journal.outbox.recall("a")
    assert recalled is not None and recalled.state == "recalled"
    back = journal.drafts.get(7, "public_reply")
    assert back is not None
    assert (back.body, back.cursor, back.status) == ("Dear Ada, it is fixed.", (2, 5), "pending")
    assert journal.outbox.unfinished() == []


def test_a_recall_keeps_what_was_begun_meanwhile(journal: Journal) -> None:
    journal.outbox.put(reply("a", body="first"))
    journal.drafts.save(draft("second"))
    journal.outbox.recall("a")
    back = journal.drafts.get(7, "public_reply")
    assert back is not None and back.body == "first\n\nsecond"


def test_a_recall_comes_too_late_once_it_is_being_sent(journal: Journal) -> None:
    sending(journal, "a")
    assert journal.outbox.recall("a") is None
    journal.outbox.settle("a", "verify")
    assert journal.outbox.recall("a") is None


def test_what_may_still_land_is_neither_recalled_nor_held_nor_discarded(journal: Journal) -> None:
    sending(journal, "a")
    journal.outbox.settle("a", "verify")
    journal.outbox.settle("a", "queued")
    assert journal.outbox.recall("a") is None
    assert journal.outbox.hold("a") is None
    assert journal.outbox.discard("a") is None
    journal.outbox.fence("a", "2026-03-04T10:01:00Z")
    assert journal.outbox.recall("a") is not None


def test_the_hero_who_looked_at_the_server_may_discard_all_the_same(journal: Journal) -> None:
    sending(journal, "a")
    journal.outbox.settle("a", "verify")
    journal.outbox.settle("a", "needs_you", why="No audits may be read.")
    assert journal.outbox.discard("a", seen_on_server=True) is not None


def test_a_second_put_of_the_same_intent_changes_nothing(journal: Journal) -> None:
    journal.outbox.put(reply("a"))
    again = journal.outbox.put(reply("a", body="other words"))
    assert again == reply("a")
    assert len(journal.outbox.list(all=True)) == 1


def test_a_held_intent_is_due_when_its_time_has_come(journal: Journal) -> None:
    journal.outbox.put(reply("a"))
    assert journal.outbox.due(NOW + timedelta(seconds=14)) == []
    assert journal.outbox.next_due(NOW + timedelta(seconds=10)) == 5
    assert [i.state for i in journal.outbox.due(NOW + timedelta(seconds=15))] == ["queued"]


def test_only_the_first_intent_of_each_ticket_is_due(journal: Journal) -> None:
    for name, ticket_id in (("a", 7), ("b", 7), ("c", 8)):
        journal.outbox.put(reply(name, ticket_id))
    assert [i.id for i in journal.outbox.due(LATER)] == ["a", "c"]
    journal.outbox.begin("a", stamp=STAMP, now=NOW)
    assert [i.id for i in journal.outbox.due(LATER)] == ["c"]
    journal.outbox.settle("a", "sent", audit_id=1, comment_id=2)
    assert [i.id for i in journal.outbox.due(LATER)] == ["b", "c"]


@pytest.mark.parametrize("state", ["held", "needs_you"])
def test_what_waits_for_a_person_blocks_its_own_ticket_only(journal: Journal, state: str) -> None:
    journal.outbox.put(reply("a", 7))
    journal.outbox.put(replace(reply("b", 7), send_after=NOW))
    journal.outbox.put(reply("c", 8))
    if state == "held":
        journal.outbox.hold("a")
    else:
        journal.outbox.due(LATER)
        journal.outbox.settle("a", "needs_you", why="Kim wrote.")
    assert [i.id for i in journal.outbox.due(LATER)] == ["c"]
    assert journal.outbox.get("b") == replace(reply("b", 7), send_after=NOW)


def test_a_claim_writes_the_attempt_with_it(journal: Journal, path: Path) -> None:
    sending(journal, "a")
    with sqlite3.connect(path) as other:
        rows = other.execute(
            "SELECT state, attempts, attempt.stamp FROM intent, attempt"
        ).fetchall()
    other.close()
    assert rows == [("sending", 1, STAMP)]
    assert journal.outbox.begin("a", stamp=STAMP, now=NOW) is None


def test_after_a_crash_what_was_being_sent_is_verified(path: Path, clock: Turnable) -> None:
    first = open_journal(path, clock=clock)
    sending(first, "a")
    first.close()
    second = open_journal(path, clock=clock)
    assert second.outbox.after_crash() == 1
    assert [i.state for i in second.outbox.unfinished()] == ["verify"]
    assert [a.live for a in second.outbox.attempts("a")] == [True]
    assert second.outbox.after_crash() == 0
    second.close()


def test_the_words_of_an_intent_never_change_and_it_is_never_deleted(
    path: Path, journal: Journal
) -> None:
    journal.outbox.put(reply("a"))
    other = sqlite3.connect(path, isolation_level=None)
    for sql in (
        "UPDATE intent SET body = 'x'",
        "UPDATE intent SET changes = '{}'",
        "DELETE FROM intent",
        "UPDATE trail SET what = ''",
        "DELETE FROM trail",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            other.execute(sql)
    other.close()


def test_sending_again_takes_over_what_the_hero_has_read(journal: Journal) -> None:
    journal.outbox.put(reply("a"))
    assert journal.outbox.again("a") is None
    journal.outbox.due(LATER)
    journal.outbox.settle("a", "needs_you", why="Kim wrote.")
    again = journal.outbox.again("a", overrides=["collision"], seen_comment_id=777)
    assert again is not None
    assert (again.state, again.overrides, again.seen_comment_id) == ("queued", ("collision",), 777)


def test_a_hold_lasts_until_it_is_released(journal: Journal) -> None:
    journal.outbox.put(reply("a"))
    journal.outbox.hold("a")
    assert journal.outbox.due(NOW + timedelta(days=30_000)) == []
    assert [i.id for i in journal.outbox.release()] == ["a"]
    assert [i.id for i in journal.outbox.due(NOW)] == ["a"]


def test_the_overlay_shows_the_newest_intent_of_a_ticket(journal: Journal) -> None:
    journal.outbox.put(reply("a"))
    journal.outbox.put(note("b"))
    assert journal.outbox.overlay_parts() == ({7: "pending"}, {7: "held"})


def test_what_needs_the_hero_moves_its_ticket_nowhere(journal: Journal) -> None:
    sending(journal, "a")
    journal.outbox.settle("a", "needs_you", why="They wrote.")
    assert journal.outbox.overlay_parts() == ({}, {7: "needs_you"})
    journal.outbox.put(reply("b"))
    assert journal.outbox.overlay_parts() == ({}, {7: "held"}), "it stands behind the other one"


def test_every_change_of_state_leaves_a_trail_without_words(journal: Journal) -> None:
    sending(journal, "a")
    journal.outbox.settle("a", "sent", audit_id=1)
    trail = journal.trail.list(intent_id="a")
    steps = [
        "intent sending -> sent",
        "intent queued -> sending",
        "intent held -> queued",
        "intent held",
    ]
    assert [entry.what for entry in trail] == steps
    assert not any("Ada" in entry.detail for entry in trail)


def test_discarded_words_are_the_draft_again(journal: Journal) -> None:
    journal.outbox.put(reply("a"))
    assert journal.outbox.discard("a") is not None
    back = journal.drafts.get(7, "public_reply")
    assert back is not None and back.body == "Dear Ada, it is fixed."
    assert journal.drafts.thrown() == []


def test_discarded_words_lie_in_the_trash_where_another_draft_is(journal: Journal) -> None:
    journal.outbox.put(reply("a"))
    journal.drafts.save(draft("second thoughts"))
    journal.outbox.discard("a")
    assert [d.body for d in journal.drafts.list()] == ["second thoughts"]
    assert [d.draft.body for d in journal.drafts.thrown()] == ["Dear Ada, it is fixed."]


def test_words_that_may_be_on_the_server_become_no_draft(journal: Journal) -> None:
    sending(journal, "a")
    journal.outbox.settle("a", "verify")
    journal.outbox.settle("a", "needs_you")
    assert journal.outbox.discard("a") is None
    assert not journal.drafts.list() and not journal.drafts.thrown()
    assert journal.outbox.discard("a", seen_on_server=True) is not None
    assert journal.drafts.list() == []
    assert [d.draft.body for d in journal.drafts.thrown()] == ["Dear Ada, it is fixed."]


def test_a_discard_gives_the_words_back_in_the_same_step(journal: Journal) -> None:
    journal.outbox.put(reply("a"))
    journal._db.run(
        "CREATE TEMP TRIGGER stop BEFORE INSERT ON draft BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        journal.outbox.discard("a")
    kept = journal.outbox.get("a")
    assert kept is not None and kept.state == "held"


def test_a_sealed_journal_takes_back_and_lets_nothing_out(tmp_path: Path) -> None:
    sealed = [False]
    path = tmp_path / "j" / "journal.db"
    journal = open_journal(path, clock=lambda: NOW, sealed=lambda: sealed[0])
    for name in ("one", "two"):
        journal.outbox.put(replace(note(name), state="held"))
    sealed[0] = True
    deeds: tuple[Callable[[], object], ...] = (
        lambda: journal.outbox.put(note("three")),
        lambda: journal.outbox.put_all([note("three")]),
        lambda: journal.outbox.release("one"),
        lambda: journal.outbox.again("one"),
    )
    for deed in deeds:
        with pytest.raises(RefusedByRule, match="read only"):
            deed()
    assert [i.id for i in journal.outbox.unfinished()] == ["one", "two"]
    assert journal.outbox.recall("one") is not None and journal.outbox.hold("two") is not None
    journal.close()


def test_a_bulk_change_is_taken_back_whole_however_many_tickets_it_has(journal: Journal) -> None:
    """The list of what can be undone ends behind it, not within it."""
    journal.outbox.put(reply("before"))
    many = [replace(note(f"m{n}", ticket_id=100 + n), comment=None, group="m") for n in range(5)]
    journal.outbox.put_all(many)
    whole = ["m4", "m3", "m2", "m1", "m0"]
    assert [each.id for each in journal.outbox.undoable(3)] == whole
    assert [each.id for each in journal.outbox.undoable(6)] == [*whole, "before"]


def test_for_a_list_what_waits_comes_with_what_was_done_with_last(
    journal: Journal, clock: Turnable
) -> None:
    for name in ("a", "b", "c", "d"):
        journal.outbox.put(reply(name))
    for name in ("c", "a"):
        clock.turn(1)
        journal.outbox.recall(name)
    assert [each.id for each in journal.outbox.lately(1)] == ["b", "d", "a"]
    assert [each.id for each in journal.outbox.lately(9)] == ["b", "d", "a", "c"]
