"""What is worked out beside the screen, and the box that was to show it."""

from __future__ import annotations

import asyncio

import pytest

from heroterm.tui.doing.late_list import LateList
from heroterm.tui.screens.listing import Listed, Listing
from heroterm.tui.text import safe_line
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio
_TURNS = 60


async def test_an_answer_that_comes_while_its_box_is_closed_is_kept_and_ends_nothing(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.waits_for("to answer")
        desk = hero.app.desk
        assert desk is not None
        late: LateList[list[str]] = LateList(desk, "test")
        late.known = ["one"]
        listed = Listed(
            title="A list",
            place="handover",
            items=lambda: late.known or [],
            key=lambda item: item,
            line=lambda item, width: safe_line(item),
            detail=lambda item, width: (),
            act=lambda what, item: False,
            empty="Nothing.",
        )
        box = late.box = Listing(listed)
        hero.app.push_screen(box)
        await hero.waits_for("one")
        box.dismiss(None)
        for turn in range(_TURNS):
            late._take([f"answer {turn}"])
            await asyncio.sleep(0)
        assert late.known == [f"answer {_TURNS - 1}"] and hero.app.screen is desk
