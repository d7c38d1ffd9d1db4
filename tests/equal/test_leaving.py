"""How tickets leave and come back: merged, reopened, archived, deleted, restored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from heroterm.domain.view import Overlay, View
from heroterm.sandbox.customers import say
from heroterm.sandbox.departures import MergeWords, delete, merge
from heroterm.sandbox.records import Ticket
from tests.equal.desk import Desk
from tests.equal.test_storm import check


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, role="agent", tickets=60)
    made.work(5)
    yield made
    made.close()


def some(desk: Desk, status: str) -> list[Ticket]:
    return [t for t in desk.sandbox.world.tickets.values() if t.status == status]


def queued(desk: Desk) -> set[int]:
    return {row.id for row in desk.mirror.queue(View(), Overlay(), limit=1_000)}


def test_a_merged_ticket_leaves_the_queue_within_a_minute(desk: Desk) -> None:
    source, target, *_ = some(desk, "open")
    words = MergeWords("Merged into this one.", "Merged into another one.")
    merge(desk.sandbox.world, target, source, desk.sandbox.world.hero, words)
    desk.work(61)
    held = desk.mirror.ticket(source.id)
    assert held is not None and "closed_by_merge" in held.tags
    assert source.id not in queued(desk) and target.id in queued(desk)
    check(desk)


def test_a_customers_word_on_a_solved_ticket_brings_it_back_with_its_thread(desk: Desk) -> None:
    solved = some(desk, "solved")[0]
    say(desk.sandbox.world, solved, "requester", "It is broken again")
    desk.work(61)
    assert solved.id in queued(desk)
    assert desk.mirror.thread(solved.id).comments[-1].body == "It is broken again"


def test_an_archived_ticket_is_not_taken_for_a_deleted_one(desk: Desk) -> None:
    closed = some(desk, "closed")[0]
    closed.archived = True
    desk.sandbox.world.version += 1
    desk.work(400)
    row = desk.mirror.row(closed.id, Overlay())
    assert row is not None and not row.missing


@pytest.mark.parametrize("status", ["open", "solved"])
def test_a_deleted_ticket_is_marked_and_keeps_its_words(desk: Desk, status: str) -> None:
    gone = some(desk, status)[0]
    subject = gone.subject
    delete(desk.sandbox.world, gone, desk.sandbox.world.hero)
    desk.work(301)
    row, held = desk.mirror.row(gone.id, Overlay()), desk.mirror.ticket(gone.id)
    assert row is not None and row.missing and gone.id not in queued(desk)
    assert held is not None and held.subject == subject
