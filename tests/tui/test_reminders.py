"""The hero asks to be reminded, and is."""

from __future__ import annotations

import pytest

from heroterm.cli import main
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_a_ticket_waits_for_the_customer_and_comes_back(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(160, 40)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n")
        assert desk.opened is not None
        ticket_id = desk.opened.ticket.id
        await hero.press("w")
        await hero.waits_for(f"Remind me of #{ticket_id}")
        await hero.type("sometime")
        await hero.press("enter")
        await hero.waits_for("says no moment to come", "on reply or tue")
        await hero.press("w")
        await hero.type("on reply or fri")
        await hero.press("enter")
        await hero.waits_for("or they answer; g w lists", "[WAIT]")
        await hero.press("n")
        assert desk.opened.ticket.id != ticket_id
        shift_.control("say", {"ticket": ticket_id, "author": "requester", "body": "Any news?"})
        assert main(["sync", "--once"]) == 0
        desk.refresh_desk()
        await hero.waits_for(f"#{ticket_id}: the wait is over, the customer answered")
        await hero.press("g", "w")
        await hero.waits_for("Waits and reminders", "no more: the customer answered")
        await hero.press("enter")
        await hero.waits_for("is here because you asked to be reminded")
        await hero.until(lambda: not desk.reading.waits, "the wait stays")
    assert shift_.ledger() == []


async def test_a_reminder_is_undone_by_the_key_of_all_changes(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(160, 40)) as hero:
        await hero.press("n")
        for said in ("fri", "on reply"):
            await hero.press("w")
            await hero.type(said)
            await hero.press("enter")
            await hero.waits_for("u takes it back")
        await hero.press("u")
        await hero.waits_for("waits as before: fri")


async def test_what_has_not_left_is_recalled_before_a_newer_reminder(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False, hold=600), size=(160, 40)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "i")
        await hero.type("A note.")
        await hero.reviews()
        await hero.press("y")
        await hero.waits_for("is held")
        await hero.press("w")
        await hero.type("fri")
        await hero.press("enter")
        await hero.waits_for("w changes it.")
        await hero.press("u")
        await hero.waits_for("Recalled before sending")
        assert desk.reading.waits


async def test_a_first_reminder_that_is_undone_is_gone(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(160, 40)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "w")
        await hero.type("fri")
        await hero.press("enter")
        await hero.waits_for("u takes it back", "first reply is overdue, and the clock runs on.")
        await hero.press("u")
        await hero.waits_for("waits no more")
        assert not desk.reading.waits
        await hero.press("u")
        await hero.waits_for("nothing that was sent can be taken back")
