"""What the desk says, and where: on its line, in a toast where the line has no room."""

from __future__ import annotations

import pytest
from textual.widgets._toast import Toast

from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio
SHORT = "#16880: under an hour until its target is missed."
LONG = "Zendesk did not answer for a while, and this is said in more words than a line can hold."


def toasts(hero: Hero) -> int:
    """How many toasts lie over the rows."""
    return len(hero.app.screen.query(Toast))


async def warned(hero: Hero, words: str) -> None:
    """Something is said that the hero should not miss."""
    desk = hero.app.desk
    assert desk is not None
    desk.tell(words, severity="warning")
    await hero.waits_for(words[:60])


async def test_what_fits_into_the_line_is_said_once_and_covers_no_row(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        await warned(hero, SHORT)
        assert toasts(hero) == 0


async def test_what_the_line_cannot_hold_is_a_toast_but_over_no_words(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        await warned(hero, LONG)
        await hero.until(lambda: toasts(hero) == 1, "nowhere the whole sentence")
        hero.app.clear_notifications()
        await hero.press("n", "r")
        await hero.waits_for("PUBLIC REPLY")
        await warned(hero, LONG)
        assert toasts(hero) == 0


async def test_what_was_said_under_a_box_is_said_again_behind_it(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("g", "a")
        await hero.until(lambda: hero.app.screen is not desk, "no box")
        desk.tell(LONG, severity="error")
        assert toasts(hero) == 0
        await hero.press("escape")
        await hero.until(lambda: toasts(hero) == 1, "it was lost under the box")
        await hero.waits_for("more words than")
