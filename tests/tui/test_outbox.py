"""The outbox as a box and as a pane: `e` opens what waits, and says why not what has left."""

from __future__ import annotations

import pytest

from heroterm.tui.screens.outbox import OutboxScreen
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def _notes(hero: Hero) -> int:
    """Queue an internal note; the number of its ticket."""
    desk = hero.app.desk
    assert desk is not None
    await hero.press("n", "i")
    await hero.type("Asked Maria.")
    await hero.reviews()
    await hero.press("y")
    await hero.waits_for("note", "sends in")
    assert desk.opened is not None
    return desk.opened.ticket.id


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_what_was_sent_is_not_edited_and_that_is_said_where_the_hero_stands(
    shift_: Shift, size: tuple[int, int]
) -> None:
    async with at_the_desk(shift_.parts(hold=600), size=size) as hero:
        desk = hero.app.desk
        assert desk is not None
        number = await _notes(hero)
        await hero.press("6", "exclamation_mark")
        await hero.waits_for("sent: seen on the server")
        in_box = isinstance(hero.app.screen, OutboxScreen)
        assert in_box == (size == (80, 24))
        await hero.waits_for(f"#{number}", "sent")
        desk.told = ""
        await hero.press("e")
        await hero.until(
            lambda: f"Nothing to edit: #{number} is sent (Enter shows its ticket)." in desk.told
        )
        assert hero.sees(f"Nothing to edit: #{number} is sent (Enter shows its ticket).")
        assert isinstance(hero.app.screen, OutboxScreen) == in_box, "the box was left"
        assert in_box or desk.outbox.has_focus


async def test_what_waits_is_recalled_into_the_composer_and_the_box_is_gone(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False, hold=600), size=(80, 24)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await _notes(hero)
        await hero.press("6")
        await hero.waits_for("6 Outbox", "sends in")
        await hero.press("e")
        await hero.until(lambda: hero.app.screen is desk and desk.composer.words.has_focus)
        assert desk.composer.body == "Asked Maria."
