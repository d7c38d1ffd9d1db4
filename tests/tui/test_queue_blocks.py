"""What is easily overlooked stands below the queue: On-Hold, waits, tickets about to be solved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from heroterm.domain.outbox import Changes, Intent, PublicReply
from heroterm.domain.waits import Wait, Wake
from heroterm.journal.database import open_journal
from tests.conftest import NOW
from tests.mirror.make import Desk, clock, comment, ticket
from tests.tui.test_queue_pane import Alive, looking_at

pytestmark = pytest.mark.anyio
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "mirror.db")
    desk.save(
        ticket(1, priority="high", slas=(clock(60),)),
        ticket(2, slas=(clock(30),)),
        ticket(10, status="pending", status_since=NOW - DAY),
        ticket(11, status="pending", status_since=NOW - 7 * DAY + 5 * HOUR),
        ticket(12, status="pending", status_since=NOW - 7 * DAY + 2 * HOUR),
        ticket(13, status="pending", status_since=NOW - 2 * DAY),
        ticket(20, status="hold", priority="high", status_since=NOW - 3 * DAY),
        ticket(21, status="hold", status_since=NOW - 19 * DAY),
    )
    desk.writer.remember(first_fill_done=True, synced_at=NOW, user_id=900)
    return desk


def waits(tmp_path: Path, *made: Wait) -> None:
    journal = open_journal(tmp_path / "journal.db", clock=lambda: NOW)
    for wait in made:
        journal.waits.set(wait)
    journal.close()


def order(alive: Alive) -> list[int | str]:
    """Tickets and headings from top to bottom."""
    rows = alive.queue.rows
    found: list[int | str] = []
    for y in range(rows.lines):
        row = rows.row_at(y)
        found.append(rows.heading(y).strip() if row is None else row.id)
    return found


async def test_parts_stand_below_in_their_own_order(world: Desk, tmp_path: Path) -> None:
    waits(tmp_path, Wait(13, Wake(NOW + 4 * HOUR), "4h", NOW))
    async with looking_at(world, tmp_path) as alive:
        assert order(alive) == [
            *(1, 2),
            *("-- Pending (1)", 10),
            *("-- Wakes today (1)", 13),
            *("-- On-Hold, oldest first (2)", 21, 20),
            *("-- Auto-solve within 24 h (2)", 12, 11),
        ]
        said = "\n".join(alive.lines())
        for words in ("14:00", " 19d ", "12:00", "15:00", "[WAIT]"):
            assert words in said
        assert "2 to answer" in alive.title()
        alive.queue.move_to(alive.queue.count - 1)
        assert alive.queue.cursor_id == 11
        assert alive.queue.select(21) and alive.under() == 21


async def test_a_wait_that_is_over_comes_first_and_says_so(world: Desk, tmp_path: Path) -> None:
    said = comment(1, 10, created_at=NOW - HOUR)
    world.writer.save_comments(10, [said], [], complete=True, at=NOW)
    waits(
        tmp_path,
        Wait(10, Wake(on_reply=True), "on reply", NOW - 2 * HOUR, seen_comment_id=0),
        Wait(13, Wake(NOW + 4 * HOUR), "4h", NOW),
        Wait(1, Wake(NOW + HOUR), "1h", NOW),
    )
    async with looking_at(world, tmp_path) as alive:
        found = order(alive)
        # An open ticket stays where the policy puts it, whatever it waits for.
        assert found[:2] == [1, 2]
        assert found[2:5] == ["-- Wakes today (2)", 10, 13]
        assert "WOKE" in "\n".join(alive.lines())
        assert {n: skip.waits for n, skip in alive.reading.skipped.items()} == {13: True, 1: True}


async def test_a_status_that_waits_to_be_sent_has_no_clock_yet(world: Desk, tmp_path: Path) -> None:
    old = {"status": "open", "status_since": NOW - 7 * DAY + HOUR, "updated_at": NOW - 7 * DAY}
    world.save(ticket(3, **old), ticket(4, **old))
    journal = open_journal(tmp_path / "journal.db", clock=lambda: NOW)
    for number, status in ((3, "pending"), (4, "hold")):
        words = PublicReply("Please try again.")
        intent = Intent(f"i{number}", number, NOW, NOW + HOUR, words, Changes(status=status))
        journal.outbox.put(intent)
    journal.close()
    async with looking_at(world, tmp_path) as alive:
        found = order(alive)
        assert found[found.index("-- Pending (3)") + 1 :][:3] == [3, 10, 13]
        assert found[found.index("-- On-Hold, oldest first (3)") + 1 :][:3] == [21, 20, 4]
        assert found[found.index("-- Auto-solve within 24 h (2)") + 1 :] == [12, 11]


async def test_time_alone_wakes_what_waits(world: Desk, tmp_path: Path) -> None:
    waits(tmp_path, Wait(1, Wake(NOW + HOUR), "1h", NOW))
    moment = [NOW]
    clock_: Callable[[], object] = lambda: moment[0]  # noqa: E731
    async with looking_at(world, tmp_path, now=clock_) as alive:  # type: ignore[arg-type]
        assert 1 in alive.reading.skipped
        moment[0] = NOW + HOUR
        alive.reading.tick()
        assert 1 not in alive.reading.skipped
        assert alive.reading.waits[1].why == "its time has come"


async def test_a_queue_sorted_by_hand_is_one_list(world: Desk, tmp_path: Path) -> None:
    async with looking_at(world, tmp_path) as alive:
        alive.queue.sort("oldest")
        assert [each for each in order(alive) if isinstance(each, str)] == [
            "-- Pending (4)",
            "-- On-hold (2)",
        ]
