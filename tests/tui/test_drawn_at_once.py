"""What a key draws before anything else is done for it."""

from __future__ import annotations

import re

import pytest
from textual.app import App
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input

from heroterm.tui.screens.pick import Choice, Choices, Pick
from tests.tui.test_drawing import Desk, opened, shown, writing


@pytest.mark.anyio
async def test_a_scrolled_pane_draws_its_text_at_once_and_its_bar_with_the_frame_after() -> None:
    async with Desk().run_test(size=(60, 12)) as pilot:
        pane, _ = await opened(pilot)
        bar, drawn = pane.vertical_scrollbar, list[Region]()
        render = bar.render_lines

        def noted(crop: Region) -> list[Strip]:
            drawn.append(crop)
            return render(crop)

        vars(bar)["render_lines"] = noted
        with writing(pilot.app) as written:
            pane.scroll_lines(3)
        assert "line 12" in "".join(written) and drawn == []
        await pilot.pause(0.1)
        assert drawn and bar.position == 3
        assert [row[0] for row in shown(pane)] == [f"line {n}" for n in range(3, 13)]


@pytest.mark.anyio
async def test_a_pane_scrolls_to_its_ends_and_no_further_and_the_wheel_goes_on_from_there() -> None:
    async with Desk().run_test(size=(60, 12)) as pilot:
        pane, _ = await opened(pilot)
        last = pane.virtual_size.height - pane.scrollable_content_region.height
        pane.scroll_lines(500)
        assert (pane.scroll_y, pane.vertical_scrollbar.position) == (last, last)
        pane.scroll_lines(-2)
        pane.scroll_up(animate=False, immediate=True)
        assert pane.scroll_y == last - 3
        pane.scroll_lines(-500)
        assert (pane.scroll_y, pane.vertical_scrollbar.position) == (0, 0)
        await pilot.pause()
        assert [row[0] for row in shown(pane)] == [f"line {n}" for n in range(10)]


@pytest.mark.anyio
async def test_a_typed_letter_is_drawn_before_anything_is_looked_for() -> None:
    class Asks(App[None]):
        def on_mount(self) -> None:
            self.push_screen(Pick("Which?", [], find=self.found))

        def found(self, query: str) -> list[Choice]:
            before.append("".join(written))
            return [Choice(query, f"found {query}")]

    before: list[str] = []
    written: list[str] = []
    app = Asks()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        box = app.screen
        assert isinstance(box, Pick)
        field = box.query_one(Input)
        with writing(app) as written:
            field.value = "w"
            box._filter(Input.Changed(field, "w"))  # before any frame can come
        assert before[0] == "" and re.search("Hw +$", before[-1])
        assert [choice.key for choice in box.query_one(Choices).shown] == ["w"]
