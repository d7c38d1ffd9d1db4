"""By pages and to the ends the cursor goes along: Enter never means a row out of sight."""

from __future__ import annotations

import pytest

from heroterm.tui.doing.playing import offered
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_pages_and_ends_of_the_canned_replies_take_the_cursor_along(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "4", "pagedown")
        desk = hero.app.desk
        assert desk is not None
        pane = desk.replies
        await hero.until(lambda: pane.cursor == pane.room - 1, "the page went without the cursor")
        await hero.press("end")
        await hero.until(lambda: pane.cursor == pane.count - 1)
        await hero.waits_for(">Would you like some merch?")
        desk.refresh_lists()
        await hero.waits_for(">Would you like some merch?")
        await hero.press("home", "j")
        await hero.until(lambda: pane.cursor == 1)
        reply = pane.chosen
        assert reply is not None and desk.opened is not None
        pane.offer(list(reversed(desk.book.replies)), ticket_id=desk.opened.ticket.id)
        assert pane.chosen is reply, "it went to another reply by itself"
        pane.offer(desk.book.replies, ticket_id=1)
        assert pane.cursor == 0, "what fits another ticket first is at the top"
        await hero.press("5", "j")
        playbook = desk.playbook.playbook
        assert playbook is not None
        desk.playbook.offer(list(reversed(offered(desk, desk.opened))))
        assert desk.playbook.playbook == playbook


async def test_ends_of_the_outbox_are_reached_and_told_of(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        numbers = []
        for _ in range(3):
            await hero.press("j", "i")
            await hero.waits_for("INTERNAL NOTE - colleagues only")
            assert desk.opened is not None
            numbers.append(desk.opened.ticket.id)
            await hero.paste(f"Seen on {numbers[-1]}.")
            await hero.reviews()
            await hero.press("y")
            await hero.waits_for(f"outbox {len(numbers)} held")
            await hero.press("1")
        await hero.press("6")
        await hero.waits_for(f">#{numbers[0]}")
        await hero.press("end")
        await hero.waits_for(f">#{numbers[-1]}")
        assert hero.screen().count(f"Seen on {numbers[-1]}.") == 2, "in its row, and told below"
