"""The names of the queue's columns, while time alone changes how much room those need."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.mirror.make import Desk, clock, ticket
from tests.tui.test_queue_pane import SEVERAL, looking_at, world

__all__ = ["world"]
pytestmark = pytest.mark.anyio


async def test_headings_stand_above_their_columns_at_every_moment(
    world: Desk, tmp_path: Path
) -> None:
    moment = [NOW]
    async with looking_at(world, tmp_path, lambda: moment[0]) as alive:
        queue = alive.queue

        def columns() -> tuple[int, set[int]]:
            head = queue._made_head(queue.size.width)
            assert head is not None
            return head.text.index("ST "), {row.index("opn") for row in alive.lines() if row}

        assert columns() == (13, {13})
        moment[0] += timedelta(minutes=6)
        queue.hold_back()  # as while a filter is typed
        assert columns() == (13, {13}), "the headings alone made room for the ages"
        queue.redraw()
        await alive.pilot.pause()
        assert columns() == (17, {17})
        world.save(*(ticket(n, slas=(clock(n),)) for n in range(1, SEVERAL + 1)), at=moment[0])
        alive.refresh()
        await alive.pilot.pause()
        assert columns() == (13, {13})
        moment[0] += timedelta(minutes=6)
        queue.scroll_to(y=5, animate=False, force=True)
        alive.lines()  # some are new, and need more room than those that are kept
        await alive.pilot.pause()
        assert columns() == (17, {17})
