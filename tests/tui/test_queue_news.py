"""What the queue says of rows that came in out of sight."""

from __future__ import annotations

from pathlib import Path

import pytest

from heroterm.domain.outbox import Changes, Intent
from tests.conftest import NOW
from tests.mirror.make import Desk, clock, ticket
from tests.tui.test_queue_pane import looking_at, world

__all__ = ["world"]
pytestmark = pytest.mark.anyio


async def test_what_the_hero_took_back_is_no_news(world: Desk, tmp_path: Path) -> None:
    async with looking_at(world, tmp_path) as alive:
        alive.queue.move(40)
        await alive.pilot.pause()
        world.save(ticket(901, priority="high", slas=(clock(-90),)))
        solved = Intent("a", 901, NOW, NOW, changes=Changes(status="solved"))
        alive.queue.rows.taken_back([solved])
        alive.refresh()
        await alive.pilot.pause()
        assert not any("R to show" in line for line in alive.lines())
        world.save(ticket(902, priority="high", slas=(clock(-91),)))
        alive.refresh()
        await alive.pilot.pause()
        assert "+1 new (R to show)" in alive.lines()[-1]


async def test_a_change_taken_back_above_the_cursor_hides_no_new_ticket(
    world: Desk, tmp_path: Path
) -> None:
    async with looking_at(world, tmp_path) as alive:
        world.save(ticket(901, priority="high", slas=(clock(-90),)))
        alive.refresh()
        alive.queue.show_new()
        alive.queue.move(40)
        await alive.pilot.pause()
        assert "901" in "".join(alive.queue.line(0, 80).plain)
        pending = Intent("a", 901, NOW, NOW, changes=Changes(status="open"))
        alive.queue.rows.taken_back([pending])
        world.save(ticket(902, priority="high", slas=(clock(-91),)))
        alive.refresh()
        await alive.pilot.pause()
        assert "+1 new (R to show)" in alive.lines()[-1]


async def test_what_is_said_at_the_foot_never_covers_the_row_of_the_cursor(
    world: Desk, tmp_path: Path
) -> None:
    async with looking_at(world, tmp_path) as alive:
        alive.queue.move(len(alive.lines()) - 2)
        await alive.pilot.pause()
        alive.queue.mark()  # goes on to the last line of the pane
        await alive.pilot.pause()
        *rows, foot = alive.lines()
        assert "1 marked" in foot and rows[-1].startswith(">"), "no key says what it acts on"
