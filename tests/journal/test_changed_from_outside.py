"""A row that somebody changed by hand stops itself, and nothing else; its words are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from heroterm.domain.outbox import NEEDS_YOU, UNFINISHED, VERIFY
from heroterm.domain.playbook_run import Run, hash_of
from heroterm.errors import RefusedByRule
from heroterm.journal.database import Journal, open_journal
from heroterm.rulebook import SHIPPED, load
from tests.conftest import NOW
from tests.journal.conftest import Turnable, note, reply
from tests.journal.garbage import GARBAGE, changed, columns, filled, full_intent, letter

TABLES = (
    "intent",
    "draft",
    "draft_trash",
    "mark",
    "skip",
    "tick",
    "memo",
    "warned",
    "claim",
    "wait",
)
READS: tuple[Callable[[Journal], object], ...] = (
    lambda j: j.outbox.list(all=True),
    lambda j: j.outbox.due(NOW),
    lambda j: j.outbox.next_due(NOW),
    lambda j: j.outbox.overlay_parts(),
    lambda j: j.outbox.undoable(),
    lambda j: [j.outbox.uploads(intent.id) for intent in j.outbox.list()],
    lambda j: (j.drafts.list(), j.drafts.thrown(), j.drafts.get(7, "x")),
    lambda j: (j.marks.tier1(), j.marks.tier1_link(7), j.marks.seen(7), j.marks.skips()),
    lambda j: (j.marks.ticks(7, "2fa"), j.marks.mutes(), j.marks.uses(), j.marks.sent_with()),
    lambda j: (j.marks.recall("remarks"), j.marks.recall_words("remarks")),
    lambda j: (j.week.warned(), j.week.passed(), j.week.claims(), j.waits.list()),
    lambda j: (j.runs.under_way(all=True), j.runs.unreadable(), j.runs.is_note("i0")),
    lambda j: j.housekeeping.tidy(NOW, older_than=NOW),
)
MOST_JSON = ("changes", "overrides", "deed", "files", "inverse")


@pytest.mark.parametrize("table", TABLES)
def test_whatever_stands_in_a_column_everything_can_be_read(
    path: Path, clock: Turnable, table: str
) -> None:
    journal = open_journal(path, clock=clock)
    filled(journal, (7, 8))
    for column in columns(path, table):
        for value in GARBAGE:
            changed(path, table, column, value, f"rowid = (SELECT min(rowid) FROM {table})")
            for read in READS:
                read(journal)
    assert [i.state for i in journal.outbox.of_ticket(8)] == ["held"] or table == "intent"
    journal.close()


@pytest.mark.parametrize("column", MOST_JSON)
@pytest.mark.parametrize("value", ["not json", "null", "7", '{"status": 5}', b"\xff"])
def test_an_intent_that_was_changed_needs_a_person_and_gives_its_words_back(
    path: Path, clock: Turnable, journal: Journal, column: str, value: str | bytes
) -> None:
    journal.outbox.put(full_intent("a", 7))
    journal.outbox.put(note("b", 7))
    journal.outbox.put(reply("c", 8))
    changed(path, "intent", column, value, "id = 'a'")
    clock.turn(60)
    assert [i.id for i in journal.outbox.due(clock())] == ["c"]
    found = journal.outbox.get("a")
    assert found is not None
    assert (found.state, found.unreadable) == (NEEDS_YOU, (column,))
    assert column in found.why and "number 1" in found.why and "discarding" in found.why
    with pytest.raises(RefusedByRule):
        journal.outbox.again("a")
    assert journal.outbox.discard("a") is not None
    (draft,) = journal.drafts.list()
    assert draft.body == "Dear Ada, it is fixed." and draft.torn
    assert [i.id for i in journal.outbox.due(clock())] == ["b", "c"]


@pytest.mark.parametrize(
    "changes", ['{"status": 5}', '{"add_ccs": [5]}', '{"custom_fields": [["x", {}]]}', "[]",
                '{"add_tags": "vip"}', '{"assignee_id": true}', '{"unknown": "x"}'],
)  # fmt: skip
def test_changes_of_the_wrong_kind_are_no_changes(
    path: Path, journal: Journal, changes: str
) -> None:
    journal.outbox.put(reply("a"))
    changed(path, "intent", "changes", changes)
    found = journal.outbox.get("a")
    assert found is not None and found.changes.empty and found.unreadable == ("changes",)


def test_what_may_have_left_stays_to_be_looked_for(
    path: Path, clock: Turnable, journal: Journal
) -> None:
    journal.outbox.put(letter("a", 7))
    clock.turn(60)
    journal.outbox.due(clock())
    journal.outbox.begin("a", stamp="s", now=clock())
    journal.outbox.settle("a", VERIFY)
    changed(path, "intent", "deed", "not json")
    found = journal.outbox.get("a")
    assert found is not None and (found.state, found.deed) == (VERIFY, None)
    assert journal.outbox.recall("a") is None, "it may still land"


def test_an_attempt_whose_outcome_is_no_word_of_ours_may_still_land(
    path: Path, clock: Turnable, journal: Journal
) -> None:
    journal.outbox.put(reply("a"))
    clock.turn(60)
    journal.outbox.due(clock())
    journal.outbox.begin("a", stamp="s", now=clock())
    journal.outbox.settle("a", NEEDS_YOU, outcome="refused")
    assert not journal.outbox.attempts("a")[0].live
    changed(path, "attempt", "outcome", "maybe")
    assert journal.outbox.attempts("a")[0].live
    assert journal.outbox.discard("a") is None


def test_a_finished_intent_that_was_changed_stays_finished(path: Path, journal: Journal) -> None:
    journal.outbox.put(reply("a"))
    journal.outbox.recall("a")
    changed(path, "intent", "changes", "not json")
    (found,) = journal.outbox.list(all=True)
    assert found.state == "recalled" and found.state not in UNFINISHED


def test_no_file_goes_while_a_changed_row_may_name_it(
    path: Path, clock: Turnable, journal: Journal
) -> None:
    file = journal.enclosures.keep("a", "text/plain", b"a")
    journal.outbox.put(full_intent("a", 7))
    changed(path, "intent", "files", "not json")
    clock.turn(86_400 * 400)
    assert journal.housekeeping.tidy(clock(), older_than=None)["enclosure"] == 0
    assert journal.enclosures.read(file) == b"a"


ODD = (("state", "gone"), ("comment_kind", "shout"), ("comment_kind", None), ("body", None))


@pytest.mark.parametrize(("column", "value"), ODD)
def test_a_value_that_its_column_does_not_take_costs_its_own_row_alone(
    path: Path, clock: Turnable, column: str, value: str | None
) -> None:
    journal = open_journal(path, clock=clock)
    journal.outbox.put(reply("a", 7))
    journal.outbox.put(reply("b", 8))
    journal.close()
    changed(path, "intent", column, value, "id = 'a'")
    journal = open_journal(path, clock=clock)
    assert journal.integrity() == "ok"
    found = {intent.id: intent for intent in journal.outbox.list()}
    assert {name: intent.state for name, intent in found.items()} == {"a": NEEDS_YOU, "b": "held"}
    assert "changed from outside" in found["a"].why
    clock.turn(60)
    assert [i.id for i in journal.outbox.due(clock())] == ["b"]
    assert journal.outbox.discard("a") is not None
    words = [draft.body for draft in journal.drafts.list()]
    assert words == ([] if column == "body" else [reply("a", 7).comment.body])  # type: ignore[union-attr]
    assert [intent.id for intent in journal.outbox.list()] == ["b"]
    journal.close()


def test_a_run_whose_state_was_changed_stands_where_its_events_say(
    path: Path, clock: Turnable
) -> None:
    journal = open_journal(path, clock=clock)
    playbook = load(SHIPPED, None).playbook("self-hosted")
    assert playbook is not None
    text = playbook.text
    assert journal.runs.begin(Run("r", playbook, hash_of(text), text, 7, NOW, "Ana"))
    journal.close()
    changed(path, "run", "state", "gone")
    journal = open_journal(path, clock=clock)
    assert [run.ticket_id for run in journal.runs.under_way()] == [7]
    assert journal.runs.open_steps(7)
    journal.close()
