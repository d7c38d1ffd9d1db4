"""What the mouse is dragged over in a pane: marked, and copied when it is let go."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.geometry import Offset

from heroterm.tui.lines import LinePane
from heroterm.tui.text import safe
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_words_that_the_mouse_is_dragged_over_are_copied_when_it_is_let_go(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.opens(shift_.ticket("self_hosted"))
        lines = hero.screen().splitlines()
        y = next(n for n, line in enumerate(lines) if "hobby deployment on our own" in line)
        x = lines[y].find("hobby")
        await hero.pilot.mouse_down(offset=(x, y))
        await hero.pilot.hover(offset=(x + len("hobby deploymen"), y))
        await hero.pilot.mouse_up(offset=(x + len("hobby deploymen"), y))
        await hero.waits_for("Copied what was selected")
        assert shift_.copied == ["hobby deployment"]
        looks = [seg.style for seg in desk.thread.render_line(y - desk.thread.content_region.y)]
        assert any(look is not None and look.reverse for look in looks), "it is not marked"
        await hero.pilot.mouse_down(offset=(x, y))
        await hero.pilot.hover(offset=(4, y + 2))
        await hero.pilot.mouse_up(offset=(4, y + 2))
        await hero.until(lambda: len(shift_.copied) == 2, "a drag out of the pane copies nothing")
        first, *rest = shift_.copied[1].split("\n")
        assert first.startswith("hobby deployment on our own") and len(rest) == 1
        assert all(not line.startswith(" ") and "T3" not in line for line in rest)
        await hero.pilot.click(offset=(x, y))
        assert len(shift_.copied) == 2, "a click copies"
        looks = [seg.style for seg in desk.thread.render_line(y - desk.thread.content_region.y)]
        assert not any(look is not None and look.reverse for look in looks), "it stays marked"
        await _both_cells_of_a_wide_letter_are_its_own(hero, shift_)


async def _both_cells_of_a_wide_letter_are_its_own(hero: Hero, shift: Shift) -> None:
    desk = hero.app.desk
    assert desk is not None
    desk.explain("Wide", [safe("日本語テスト")])
    await hero.waits_for("日本語")
    pane = hero.app.screen.query_one(LinePane)
    place, begin = pane.content_region.offset, cell_len(pane.words_at(0).partition("日")[0])
    ends = [(begin + 1, begin + 5), (begin + 5, begin + 1), (begin, begin + 4)]
    for down, up in ends:
        await hero.pilot.mouse_down(offset=place + Offset(down, 0))
        await hero.pilot.hover(offset=place + Offset(up, 0))
        await hero.pilot.mouse_up(offset=place + Offset(up, 0))
    await hero.until(lambda: len(shift.copied) == 5, "nothing was copied")
    assert shift.copied[2:] == ["日本語"] * 3
