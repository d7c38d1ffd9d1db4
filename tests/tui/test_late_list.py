"""What is worked out beside the screen, and the box that was to show it."""

from __future__ import annotations

import asyncio

import pytest

from heroterm.errors import StoreError
from heroterm.tui.doing.late_list import LateList
from heroterm.tui.lines import TextLines
from heroterm.tui.screens.listing import Listed, Listing
from heroterm.tui.text import safe_line
from tests.robot import Hero, at_the_desk
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
            detail=lambda item, width: [safe_line(item)] * 30,
            act=lambda what, item: False,
            empty="Nothing.",
        )
        box = late.box = Listing(listed)
        hero.app.push_screen(box)
        await hero.waits_for("one")
        await _stays_where_it_was_scrolled(hero, late, box)
        late.forget()
        await hero.waits_for("Nothing.")
        late._fail(StoreError("The mirror is locked.", "Try again."))
        await hero.waits_for("Not read: why stands below.", "The mirror is locked.")
        assert "Nothing." not in hero.screen()
        late._take(["one"])
        late._fail(StoreError("The mirror is locked.", "Try again."))
        await hero.pilot.pause()
        assert "Not read" not in hero.screen(), "what is known is shown; the reason is told"
        box.dismiss(None)
        for turn in range(_TURNS):
            late._take([f"answer {turn}"])
            await asyncio.sleep(0)
        assert late.known == [f"answer {_TURNS - 1}"] and hero.app.screen is desk


async def _stays_where_it_was_scrolled(
    hero: Hero, late: LateList[list[str]], box: Listing[str]
) -> None:
    """A list that is shown anew, each minute or second, moves under nobody's eyes."""
    words = box.query_one("#detail", TextLines)
    late.known = ["one", *(f"line {n}" for n in range(40)), "one"]
    box.reload()
    await hero.press("end")
    words.scroll_to(y=5, animate=False)
    await hero.pilot.pause()
    late.known = ["new", *late.known]
    late.draw()
    assert box.rows.cursor == 42, "the second of the same name"
    box.rows.scroll_to(y=3, animate=False)
    await hero.pilot.pause()
    late.draw()
    await hero.pilot.pause()
    assert (box.rows.scroll_offset.y, words.scroll_offset.y) == (3, 5)
    await hero.press("home")
    assert words.scroll_offset.y == 0 and box.rows.chosen == "new"
