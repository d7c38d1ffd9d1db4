"""The keys of a day, for the hero's own numbers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from heroterm.domain.stats import keys_of
from heroterm.journal.database import open_journal
from tests.filled import wall_clock
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_the_keys_of_a_day_add_up_minute_by_minute_and_over_two_sittings(
    shift_: Shift,
) -> None:
    now = [wall_clock()]
    parts = replace(shift_.parts(carrier=False), clock=lambda: now[0])
    async with at_the_desk(parts) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("j", "j", "k")
        desk.minute()
        desk.minute()  # nothing was pressed since
        await hero.press("j")
    async with at_the_desk(parts) as hero:
        await hero.press("j", "j")
    today = now[0].astimezone().date()
    now[0] += timedelta(days=1)
    async with at_the_desk(parts) as hero:
        await hero.press("k")
    journal = open_journal(shift_.home / "data/journal.db", clock=wall_clock)
    counts = [journal.marks.count(keys_of(today + timedelta(days=n))) for n in range(2)]
    journal.close()
    assert counts == [6, 1]
