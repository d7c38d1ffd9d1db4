"""The morning brief: once a day by itself, never in the way of a key, again whenever asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from heroterm.cli import main
from heroterm.cli.mirror_writer import mirror_writer
from heroterm.rulebook import load
from tests.filled import wall_clock
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_the_brief_comes_once_a_morning_and_holds_up_no_key(shift_: Shift) -> None:
    now = wall_clock()  # the clock stands still: a day that ends meanwhile would have its own brief
    parts = replace(shift_.parts(carrier=False, brief=True), clock=lambda: now)
    async with at_the_desk(parts, size=(120, 40)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("Morning brief", "Breached", "On-Hold for more than 7 d", "n starts")
        assert hero.sees("Changed since you left not known")
        brief = desk.brief
        # It takes no focus: the queue's own keys act at once.
        assert desk.queue.has_focus
        await hero.press("j")
        assert desk.brief.display
        await hero.press("n")
        await hero.until(lambda: not brief.display)
        assert desk.opened is not None
        await hero.press("g", "m")
        await hero.waits_for("Morning brief")
        await hero.press("escape")
        await hero.until(lambda: not brief.display)
    shift_.control("say", {"ticket": _open(shift_), "author": "requester", "body": "Any news?"})
    shift_.control("clock", {"advance_seconds": 90})
    assert main(["sync", "--once"]) == 0
    # The same day again: it does not come by itself, and knows what changed since.
    async with at_the_desk(parts, size=(80, 24)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.pilot.pause(0.3)
        assert not desk.brief.display
        await hero.press("colon")
        await hero.type("morning")
        await hero.press("enter")
        await hero.waits_for("Morning brief", "wrote")


async def test_the_cursor_stays_in_sight_above_the_brief(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press(*"j" * 30)
        await hero.press("g", "m")
        await hero.waits_for("Morning brief")
        for key in "kjjkG":  # the last key goes to the last row
            await hero.press(key)
            under = desk.queue.focus_cell.y
            await hero.until(lambda: desk.queue.focus_cell.y < desk.brief.region.y, "hidden")
            assert str(desk.queue.cursor_id) in hero.screen().splitlines()[under]
        await hero.press("escape")
        await hero.until(lambda: not desk.brief.display)
        assert desk.queue.room > 5, "the rows have their room again"


async def test_the_queue_stays_above_the_brief_when_it_comes_back_from_a_zoom(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(120, 40)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("G", "2", "z", "z")
        await hero.until(lambda: not desk.queue.region.area, "the thread alone is seen")
        await hero.press("g", "m")
        await hero.waits_for("Morning brief")
        await hero.press("z", "z")
        await hero.until(lambda: desk.queue.region.overlaps(desk.brief.region))
        await hero.until(lambda: desk.queue.focus_cell.y < desk.brief.region.y, "hidden")


async def test_a_brief_from_an_old_mirror_is_made_anew_once_that_is_fresh(shift_: Shift) -> None:
    writer = mirror_writer(next(shift_.home.rglob("mirror.db")), load())
    try:
        writer.remember(synced_at=datetime.now(UTC) - timedelta(minutes=14))
        async with at_the_desk(shift_.parts(carrier=False, brief=True)) as hero:
            desk = hero.app.desk
            assert desk is not None
            await hero.waits_for("The mirror is 14 min old: sync first.")
            place = desk.brief.region
            writer.remember(synced_at=datetime.now(UTC))
            desk.refresh_desk(unasked=True)
            await hero.until(lambda: not hero.sees("min old"), "the doubt stays")
            assert hero.sees("Morning brief") and hero.sees("As of ")
            assert desk.brief.region == place, "all of it and what lies beneath is drawn anew"
    finally:
        writer.close()


def _open(shift_: Shift) -> int:
    return next(
        int(t["id"])
        for t in shift_.control("world")["tickets"]
        if t["status"] == "open" and t["group_id"] == _own_group(shift_)
    )


def _own_group(shift_: Shift) -> int:
    return int(shift_.api("GET", "users/me")["user"]["default_group_id"])
