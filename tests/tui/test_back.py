"""Esc on the desk: one level back at a time."""

import pytest

from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_esc_leaves_the_zoom_then_the_ticket_then_the_filter_and_is_where_it_was(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.waits_for("38 to answer")
        desk = hero.app.desk
        assert desk is not None
        await hero.press("j", "j", "j")
        mine = desk.queue.cursor_id
        await hero.press("slash")
        await hero.paste("erasure")
        await hero.press("enter")
        await hero.waits_for("filter: erasure", "1 to answer")
        await hero.press("slash", "enter")
        await hero.waits_for("filter: erasure", "1 to answer")
        await hero.press("enter", "z", "z")
        assert (desk.thread.has_focus, desk.queue.display) == (True, False)
        await hero.press("escape")
        assert (desk.thread.has_focus, desk.queue.display) == (True, True), "more than the zoom"
        await hero.press("escape")
        assert desk.queue.has_focus and desk.queue.view.text == "erasure"
        await hero.press("escape")
        await hero.waits_for("38 to answer")
        assert (desk.queue.has_focus, desk.queue.cursor_id) == (True, mine)


async def test_esc_in_the_filter_goes_back_to_what_is_being_written(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "i")
        await hero.type("Half a thought.")
        await hero.pilot.click("#queue", offset=(10, 4))
        await hero.until(lambda: desk.queue.has_focus, "the queue hears no click")
        await hero.press("slash")
        await hero.paste("erasure")
        await hero.waits_for("filter: erasure")
        await hero.press("escape")
        assert desk.composer.words.has_focus and desk.composer.body == "Half a thought."
        assert desk.has_class("-at-compose") and not desk.filter_field.display
        assert desk.queue.view.text == "erasure", "a second Esc at the queue is for that"
