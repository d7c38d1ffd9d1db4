"""What was closed does not stay in memory."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from textual.widget import Widget

from heroterm.tui import garbage
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


@pytest.fixture
def begun() -> Iterator[None]:
    """As on a desk whose start put the looks off; what the runner chose comes back at the end."""
    usual = gc.get_threshold()
    gc.disable()
    yield
    gc.set_threshold(*usual)
    gc.enable()


async def test_a_box_that_was_closed_is_gone_with_its_rows(shift_: Shift, begun: None) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("colon")
        await hero.waits_for("Command, ticket, person")
        box = hero.app.screen
        widgets = [each for each in box.walk_children() if isinstance(each, Widget)]
        shown: list[weakref.ref[Any]] = [weakref.ref(each) for each in widgets]
        shown += [weakref.ref(each._styles_cache) for each in widgets]
        del box, widgets
        await hero.press("escape")
        await hero.until(lambda: hero.app.screen is hero.app.desk)
        await hero.press("j")  # the last key is remembered by what it was pressed on
        await hero.until(lambda: _gone(shown), "closed widgets stay")


def _gone(shown: Iterable[weakref.ref[Any]]) -> bool:
    garbage.let_go()
    return not [each for each in shown if each() is not None]
