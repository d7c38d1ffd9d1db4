"""Reminders, warnings given, tickets passed on and claims, across connections."""

from __future__ import annotations

from datetime import timedelta

from heroterm.domain.claims import IDLE, Claim
from heroterm.domain.handover import Passing
from heroterm.domain.waits import Wait, Wake
from heroterm.journal.database import Journal
from tests.conftest import NOW
from tests.journal.conftest import Turnable

HOUR = timedelta(hours=1)


def test_a_wait_is_kept_as_it_was_set_and_replaced_by_the_next(journal: Journal) -> None:
    first = Wait(7, Wake(NOW + HOUR, on_reply=True), "1h or on reply", NOW, 31)
    journal.waits.set(first)
    assert journal.waits.get(7) == first
    second = Wait(7, Wake(on_reply=True), "on reply", NOW)
    journal.waits.set(second)
    assert journal.waits.list() == [second]


def test_a_wait_wakes_once(journal: Journal, clock: Turnable) -> None:
    journal.waits.set(Wait(7, Wake(NOW + HOUR), "1h", NOW))
    clock.turn(3600)
    assert journal.waits.wake(7, "its time has come")
    assert not journal.waits.wake(7, "its time has come")
    (kept,) = journal.waits.list()
    assert (kept.woken_at, kept.why) == (NOW + HOUR, "its time has come")
    assert journal.waits.end(7)
    assert not journal.waits.wake(7, "again")
    assert [entry.what for entry in journal.trail.list()] == ["wait ended", "wait woke", "wait set"]


def test_what_woke_stands_first_then_by_time(journal: Journal) -> None:
    for ticket_id, hours in ((1, 9), (2, 1), (3, 5)):
        journal.waits.set(Wait(ticket_id, Wake(NOW + hours * HOUR), "x", NOW))
    journal.waits.set(Wait(4, Wake(on_reply=True), "on reply", NOW))
    journal.waits.wake(1, "the customer answered")
    assert [wait.ticket_id for wait in journal.waits.list()] == [1, 2, 3, 4]


def test_warnings_given_are_kept_until_they_are_taken_back_or_old(
    journal: Journal, clock: Turnable
) -> None:
    journal.week.keep_warned({7: frozenset({3}), 8: frozenset({3, 2})})
    assert journal.week.warned() == {7: frozenset({3}), 8: frozenset({3, 2})}
    journal.week.keep_warned({8: frozenset({3, 2, 1})})
    assert journal.week.warned() == {8: frozenset({3, 2, 1})}
    clock.turn(timedelta(days=31).total_seconds())
    journal.week.keep_warned({8: frozenset({3, 2, 1})})
    assert journal.week.warned() == {}


def test_a_ticket_is_passed_on_until_that_is_taken_back(journal: Journal) -> None:
    passing = Passing("Lee", "note", NOW, 12, "an-intent")
    journal.week.pass_on(7, passing)
    assert journal.week.passed() == {7: passing}
    assert journal.week.take_back(7)
    assert not journal.week.take_back(7)
    assert journal.week.passed() == {}


def test_a_claim_is_idle_after_half_an_hour_without_a_touch(
    journal: Journal, clock: Turnable
) -> None:
    journal.week.claim(7, "tag")
    clock.turn(20 * 60)
    journal.week.touch_claim(7)
    clock.turn(20 * 60)
    (claim,) = journal.week.claims()
    assert claim == Claim(7, "tag", NOW, NOW + timedelta(minutes=20))
    assert not claim.idle(clock())
    assert claim.idle(claim.touched_at + IDLE)
    assert journal.week.unclaim(7)
    assert journal.week.claims() == []


def test_the_trail_is_asked_for_one_kind_since_a_moment(journal: Journal, clock: Turnable) -> None:
    for ticket_id, what in ((1, "given"), (2, "given"), (3, "skipped"), (4, "given")):
        journal.trail.write(what, ticket_id=ticket_id)
        clock.turn(3600)
    found = journal.trail.since(NOW + HOUR, "given")
    assert [(entry.ticket_id, entry.at) for entry in found] == [
        (4, NOW + 3 * HOUR),
        (2, NOW + HOUR),
    ]
    assert len(journal.trail.since(NOW - HOUR, "given")) == 3
