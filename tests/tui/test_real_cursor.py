"""The terminal's own cursor stands where the focus is, and is seen if it shall be (features P7)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


def line_at_cursor(hero: Hero) -> str:
    """The line of the screen on which the cursor stands, from there on."""
    at = hero.app.cursor_position
    return hero.app.screen._compositor.render_strips()[at.y].text[at.x :]


async def test_it_stands_on_the_row_in_the_field_and_on_the_line_that_arrows_reach(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("j", "j")
        await hero.until(lambda: line_at_cursor(hero).startswith(">T"), "not on the row")
        await hero.press("s")
        await hero.waits_for("type to filter")
        await hero.until(lambda: line_at_cursor(hero).startswith("type to"), "not in the field")
        await hero.press("down")
        await hero.until(lambda: line_at_cursor(hero).startswith(">On-hold"), "not on the line")
        await hero.type("so")
        await hero.until(lambda: hero.sees(">Solved"))
        assert line_at_cursor(hero).strip(" │") == "", "behind what is typed"


async def test_it_is_seen_where_the_configuration_says_so(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    monkeypatch.setattr(HeadlessDriver, "write", lambda _, data: written.append(data))
    parts = shift_.parts(carrier=False)
    async with at_the_desk(parts) as hero:
        await hero.waits_for("to answer")
    assert "\x1b[?25h" not in "".join(written)
    shown = replace(parts, settings=replace(parts.settings, show_cursor=True))
    async with at_the_desk(shown) as hero:
        await hero.waits_for("to answer")
        await hero.until(lambda: "\x1b[?25h" in "".join(written), "it stays hidden")
