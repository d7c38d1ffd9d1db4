"""A toast never stops the screen, however late it is shown."""

from __future__ import annotations

import time

import pytest
from textual.widgets._toast import Toast

from heroterm.tui.guarded import Guarded
from heroterm.tui.toasts import Toasted

pytestmark = pytest.mark.anyio


class Worn(Guarded):
    """In a theme from the first."""

    _worn = True


async def test_a_toast_whose_time_is_over_when_it_is_made_goes_at_once() -> None:
    """Textual's own would spin in its timer here for ever, and this test with it."""
    async with Worn().run_test(notifications=True) as pilot:
        pilot.app.notify("told", timeout=60)
        await pilot.pause()
        (told,) = pilot.app.query(Toast)
        assert isinstance(told._notification, Toasted)
        late = Toasted("late", timeout=5, raised_at=time.time() - 9)
        assert late.has_expired
        await pilot.app.mount(Toast(late))
        await pilot.pause(0.2)
        assert list(pilot.app.query(Toast)) == [told]
