"""The queue while the mirror moves under it: the cursor belongs to a ticket, and ages are said."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot

from heroterm.domain.view import QueueChoice
from heroterm.journal.database import open_journal
from heroterm.mirror.queues import Queues
from heroterm.mirror.reader import Mirror
from heroterm.tui.panes.queue import QueuePane
from heroterm.tui.reading import Reading
from tests.conftest import NOW
from tests.mirror.make import Desk, clock, ticket

pytestmark = pytest.mark.anyio
SEVERAL = 60


class Alone(App[None]):
    """A queue and nothing else."""

    CSS = "QueuePane { border-top: solid white; scrollbar-gutter: stable; }"

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.queue = QueuePane(reading, QueueChoice("queue"), id="queue")

    def compose(self) -> ComposeResult:
        """The queue."""
        yield self.queue

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The desk's own words for colours."""
        from heroterm.tui.themes import FALLBACK

        return FALLBACK


class Alive:
    """A mirror that a test moves, and a queue that looks at it."""

    def __init__(self, desk: Desk, app: Alone, pilot: Pilot[None], reading: Reading) -> None:
        self.desk, self.app, self.pilot, self.reading = desk, app, pilot, reading
        self.queue = app.queue

    def refresh(self) -> None:
        """As after a report of the carrier."""
        self.reading.forget()
        self.queue.reload()

    def under(self) -> int | None:
        """The ticket on the line that is drawn as the cursor's."""
        row = self.queue.rows.row_at(self.queue.cursor) if self.queue.cursor is not None else None
        return row.id if row is not None else None

    def lines(self) -> list[str]:
        """What can be seen of the pane."""
        height = self.queue.scrollable_content_region.height
        return [self.queue.render_line(y).text.rstrip() for y in range(height)]

    def title(self) -> str:
        """The words of the frame."""
        return Content.from_markup(str(self.queue.border_title)).plain


@pytest.fixture
def world(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "mirror.db")
    desk.save(
        *(
            ticket(n, priority=("high", "normal", "low")[n % 3], slas=(clock(n * 7),))
            for n in range(1, SEVERAL + 1)
        )
    )
    desk.writer.remember(first_fill_done=True, synced_at=NOW, user_id=900)
    return desk


@asynccontextmanager
async def looking_at(
    desk: Desk, tmp_path: Path, now: Callable[[], datetime] = lambda: NOW
) -> AsyncIterator[Alive]:
    reading = Reading(
        *(lambda: Queues(desk.path), lambda: Mirror(desk.path)),
        lambda **how: open_journal(tmp_path / "journal.db", clock=now, **how),
        now,
    )
    app = Alone(reading)
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            app.queue.reload()
            await pilot.pause()
            yield Alive(desk, app, pilot, reading)
    finally:
        reading.close()
        desk.close()


async def test_in_a_storm_of_refreshes_the_cursor_stays_on_its_ticket_and_line(
    world: Desk, tmp_path: Path
) -> None:
    chance = random.Random(7)
    async with looking_at(world, tmp_path) as alive:
        queue = alive.queue
        queue.move(20)
        await alive.pilot.pause()
        mine = queue.cursor_id
        assert mine is not None and queue.cursor is not None
        on_screen = queue.cursor - int(queue.scroll_offset.y)
        fresh = SEVERAL
        for _ in range(80):
            fresh += 1
            n = chance.choice([n for n in range(1, fresh + 1) if n != mine])
            moved = ticket(
                n,
                priority=chance.choice(("high", "normal", "low")),
                status=chance.choice(("open", "open", "pending", "hold", "solved")),
                slas=(clock(chance.randrange(-500, 500)),),
                updated_at=NOW + timedelta(seconds=fresh),
            )
            world.save(moved, at=NOW + timedelta(seconds=fresh))
            alive.refresh()
            assert (queue.cursor_id, alive.under()) == (mine, mine)
            assert queue.cursor is not None
            top, before = int(queue.scroll_offset.y), on_screen
            on_screen = queue.cursor - top
            held = on_screen == before
            assert held or top in (0, queue.max_scroll_y), "the line under the eye moved"


async def test_the_ticket_that_leaves_takes_the_cursor_with_it(world: Desk, tmp_path: Path) -> None:
    async with looking_at(world, tmp_path) as alive:
        queue = alive.queue
        queue.move(5)
        gone, after = queue.cursor_id, queue.rows.row_at(6)
        assert gone is not None and after is not None
        world.save(ticket(gone, status="solved", updated_at=NOW + timedelta(seconds=9)))
        alive.refresh()
        await alive.pilot.pause()
        assert [queue.cursor, queue.cursor_id, queue.left] == [None, None, gone]
        assert f"#{gone} left this queue" in alive.lines()[-1]
        assert not any(line.startswith(">") for line in alive.lines())
        queue.move(1)
        assert queue.cursor_id == after.id, "j goes on with the ticket that stood below"
        assert [line[0] for line in alive.lines()].count(">") == 1
        assert "left this queue" not in alive.lines()[-1]


async def test_while_the_hero_is_busy_rows_stay_and_the_news_is_counted(
    world: Desk, tmp_path: Path
) -> None:
    async with looking_at(world, tmp_path) as alive:
        before = alive.lines()
        soon = [ticket(n, priority="high", slas=(clock(-n),)) for n in (901, 902, 903)]
        world.save(*soon)
        alive.reading.forget()
        alive.queue.hold_back()
        await alive.pilot.pause()
        assert alive.lines()[:-1] == before[:-1]
        assert "+3 new (R to show)" in alive.lines()[-1]
        alive.queue.show_new()
        await alive.pilot.pause()
        assert "903" in alive.lines()[0]
        assert not any("R to show" in line for line in alive.lines())


async def test_what_comes_in_above_the_window_is_said(world: Desk, tmp_path: Path) -> None:
    async with looking_at(world, tmp_path) as alive:
        alive.queue.move(40)
        await alive.pilot.pause()
        world.save(ticket(901, priority="high", slas=(clock(-90),)))
        alive.refresh()
        await alive.pilot.pause()
        assert "+1 new (R to show)" in alive.lines()[-1]
        alive.queue.show_new()
        assert " 901 " in alive.lines()[0]


async def test_late_rows_carry_their_age_and_stale_ones_say_so_in_the_title(
    world: Desk, tmp_path: Path
) -> None:
    moment = [NOW]
    async with looking_at(world, tmp_path, lambda: moment[0]) as alive:
        assert alive.title().endswith(" now")
        assert not any("@" in line for line in alive.lines())
        moment[0] = NOW + timedelta(minutes=12)
        alive.queue.redraw()
        assert alive.title().endswith(" 12m old")
        assert all(" @12m " in line for line in alive.lines() if line.strip())
        moment[0] = NOW + timedelta(minutes=45)
        alive.queue.redraw()
        assert alive.title().endswith(" STALE 45m old")
        assert all(" @45m " in line for line in alive.lines() if line.strip())


async def test_one_row_that_was_not_asked_for_lately_is_late_alone(
    world: Desk, tmp_path: Path
) -> None:
    now = NOW + timedelta(minutes=7)
    fresh = [
        replace(ticket(n, priority="high", slas=(clock(n * 7),)), updated_at=NOW)
        for n in range(2, SEVERAL + 1)
    ]
    world.save(*fresh, at=now)
    world.writer.remember(synced_at=now)
    async with looking_at(world, tmp_path, lambda: now) as alive:
        alive.queue.select(1)
        await alive.pilot.pause()
        aged = [line for line in alive.lines() if "@7m" in line]
        assert len(aged) == 1 and " 1 " in aged[0]


async def test_another_order_is_said_at_the_foot_and_keeps_the_cursor(
    world: Desk, tmp_path: Path
) -> None:
    async with looking_at(world, tmp_path) as alive:
        queue = alive.queue
        queue.move(30)
        mine = queue.cursor_id
        queue.sort("newest")
        await alive.pilot.pause()
        assert (queue.cursor_id, alive.under()) == (mine, mine)
        assert "SORTED: newest first, not by policy (S p)" in alive.lines()[-1]
        queue.sort("policy")
        await alive.pilot.pause()
        assert not any("SORTED" in line for line in alive.lines())


async def test_each_queue_keeps_its_own_cursor_and_an_empty_one_says_as_of_when(
    world: Desk, tmp_path: Path
) -> None:
    async with looking_at(world, tmp_path) as alive:
        queue = alive.queue
        queue.move(12)
        mine = queue.cursor_id
        queue.switch(QueueChoice("mine", "m", query="assignee:me"))
        await alive.pilot.pause()
        assert queue.cursor_id is None
        assert "No unsolved ticket in “mine”, checked" in alive.lines()[-1]
        queue.switch(QueueChoice("queue", zendesk_view_id=4711))  # Zendesk takes a title twice
        await alive.pilot.pause()
        assert (queue.cursor_id, "not known yet" in str(queue.border_title)) == (None, True)
        queue.switch(QueueChoice("queue"))
        assert queue.cursor_id == mine


async def test_marks_belong_to_tickets_and_end_when_those_leave(
    world: Desk, tmp_path: Path
) -> None:
    async with looking_at(world, tmp_path) as alive:
        queue = alive.queue
        for _ in range(3):
            queue.mark()
        assert len(queue.marked) == 3
        first, second, third = queue.marked
        world.save(
            ticket(
                first, priority="low", slas=(clock(900),), updated_at=NOW + timedelta(seconds=1)
            ),
            ticket(second, status="solved", updated_at=NOW + timedelta(seconds=1)),
        )
        alive.refresh()
        await alive.pilot.pause()
        assert list(queue.marked) == [first, third]
        assert "2 marked (X unmarks)" in alive.lines()[-1]
        queue.mark_all()
        none = len(queue.marked)
        queue.mark_all()
        assert (none, len(queue.marked)) == (0, SEVERAL - 1)


async def test_esc_gives_back_the_view_and_the_line_from_before_the_filter(
    world: Desk, tmp_path: Path
) -> None:
    async with looking_at(world, tmp_path) as alive:
        queue = alive.queue
        queue.move(30)
        await alive.pilot.pause()
        before = (queue.cursor_id, queue.cursor, queue.scroll_offset, alive.lines())
        queue.keep_place()
        for text in ("4", "42", "42 nothing"):
            queue.view = replace(queue.view, text=text)
            queue.reload(anew=True)
        assert queue.cursor_id is None
        queue.view = replace(queue.view, text="")
        queue.reload(anew=True)
        queue.back_to_place()
        await alive.pilot.pause()
        assert (queue.cursor_id, queue.cursor, queue.scroll_offset, alive.lines()) == before
