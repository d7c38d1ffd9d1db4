"""A picture in the files of a thread: shown when asked for, and only where it can be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from heroterm.tui.pixels import half_blocks
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_two_pixels_stand_in_a_cell_and_an_odd_row_over_black() -> None:
    red, blue, green = b"\xff\x00\x00", b"\x00\x00\xff", b"\x00\xff\x00"
    first, last = half_blocks(red * 3 + blue * 2 + red + green * 3, 3)
    assert (first.plain, last.plain) == ("▀▀▀", "▀▀▀")
    assert [str(span.style) for span in first.spans] == ["#ff0000 on #0000ff", "#ff0000 on #ff0000"]
    assert [str(span.style) for span in last.spans] == ["#00ff00 on #000000"]


async def test_v_shows_one_picture_and_keeps_nothing_of_it(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("to answer", "open")
        desk.open_ticket(shift_.ticket("security"))
        await hero.press("A")
        await hero.waits_for("Files of #", "v view")
        assert not hero.sees("▀▀▀▀")
        await hero.press("v")
        await hero.waits_for("PNG, ", "▀▀▀▀")
        assert not list(shift_.home.glob("data/attachments/*/*"))
        await hero.press("escape")
        await hero.waits_for("Files of #")
        assert not hero.sees("▀▀▀▀")


async def test_without_colours_it_is_offered_to_save_it(shift_: Shift) -> None:
    parts = shift_.parts(carrier=False)
    grey = replace(parts, settings=replace(parts.settings, no_color=True))
    async with at_the_desk(grey) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("to answer", "open")
        desk.open_ticket(shift_.ticket("security"))
        await hero.press("A")
        await hero.waits_for("Files of #")
        await hero.press("v")
        await hero.waits_for("not shown without colours", "s saves")
