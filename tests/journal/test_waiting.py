"""When what waits in the outbox may move, whatever happens to the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from heroterm.journal.database import Journal
from heroterm.tui import intent_words
from tests.conftest import NOW
from tests.journal.conftest import reply

LATER = NOW + timedelta(seconds=20)


def test_a_wait_is_kept_until_it_is_over(journal: Journal) -> None:
    journal.outbox.put(reply("a"))
    journal.outbox.due(LATER)
    journal.outbox.postpone("a", LATER + timedelta(seconds=30))
    assert journal.outbox.due(LATER + timedelta(seconds=29)) == []
    assert len(journal.outbox.due(LATER + timedelta(seconds=30))) == 1


def test_a_clock_turned_back_does_not_stretch_a_wait(journal: Journal) -> None:
    journal.outbox.put(reply("a"))
    journal.outbox.due(LATER)
    journal.outbox.postpone("a", LATER + timedelta(seconds=30))
    assert len(journal.outbox.due(LATER - timedelta(hours=2))) == 1


def test_a_clock_turned_back_begins_a_hold_anew_and_moves_no_chosen_moment(
    journal: Journal,
) -> None:
    held, tomorrow = reply("a"), replace(reply("b", 8), send_after=NOW + timedelta(hours=20))
    journal.outbox.put(held)
    journal.outbox.put(tomorrow)
    back = NOW - timedelta(hours=3)
    assert intent_words.when(held, back, "!", offline=False) == "sends in 0:15"
    assert journal.outbox.due(back) == []
    anew = journal.outbox.get("a")
    assert anew is not None and anew.send_after == back + timedelta(seconds=15)
    assert (
        intent_words.when(anew, back + timedelta(seconds=5), "!", offline=False) == "sends in 0:10"
    )
    assert journal.outbox.due(back + timedelta(seconds=14)) == []
    assert [i.id for i in journal.outbox.due(back + timedelta(seconds=15))] == ["a"]
    assert journal.outbox.get("b") == tomorrow
