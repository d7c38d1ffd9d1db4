"""A title that changes costs the row in which it stands."""

from __future__ import annotations

import pytest

from tests.tui.test_drawing import Desk, opened, writing


@pytest.mark.anyio
async def test_another_title_is_written_without_the_lines_below_it() -> None:
    async with Desk().run_test(size=(60, 12)) as pilot:
        pane, beside = await opened(pilot)
        pane.entitle("before")
        await pilot.pause()
        beside.asked.clear()
        with writing(pilot.app) as written:
            pane.entitle("after")
            await pilot.pause()
        said = "".join(written)
        assert "after" in said and "line" not in said
        assert not beside.asked
