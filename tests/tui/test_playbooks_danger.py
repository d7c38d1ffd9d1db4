"""2FA removal and group deletion at the desk, to their end, within the keys they may take."""

from __future__ import annotations

import pytest

from tests.robot import at_the_desk
from tests.tui.conftest import Shift
from tests.tui.player import Player, paths
from tests.tui.test_playbook import owner_of

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]
POST = ("POST", "/api/v2/tickets")
DAY_ONE, DAY_TWO, GROUPS = 16, 14, 19
"""Keys that the first day, the second day up to its note, and deleting groups may take."""


def put(ticket: int) -> tuple[str, str]:
    """The write of an update."""
    return ("PUT", f"/api/v2/tickets/{ticket}")


async def test_2fa_is_removed_in_two_days(shift_: Shift) -> None:
    ticket, world = shift_.ticket("two_factor"), shift_.running.sandbox.world
    owner, before = owner_of(shift_, ticket), len(shift_.ledger())
    async with at_the_desk(shift_.parts(hold=0.1)) as hero:
        first = Player(hero, shift_)
        await first.goes_to(ticket)
        await hero.waits_for("fits: 2FA removal (p)")
        await asks_the_owner(first, owner.email)
        assert first.keys <= DAY_ONE
        await first.sent(before + 3)
        await hero.waits_for("8/17 WAITING")
        made = max(world.tickets)
        assert paths(shift_, before) == [POST, put(ticket), put(ticket)]
        assert world.tickets[made].requester_id == owner.id

        shift_.control("clock", {"advance_seconds": 86_400})
        shift_.control("say", {"ticket": made, "author": "owner", "body": "Yes, please remove it."})
        await hero.press("R")
        await first.at("9 Pick the owner's message")
        await hero.press("1")
        second = Player(hero, shift_)
        await removes(second, owner.email)
        assert second.keys <= DAY_TWO
        await second.ends()
        await second.sent(before + 6)
        after = [POST, put(ticket), put(ticket), put(made), put(ticket), put(ticket)]
        assert paths(shift_, before) == after
    assert (world.tickets[made].status, world.tickets[ticket].status) == ("solved", "pending")
    said = shift_.comments_of(ticket)
    assert [c["public"] for c in said[1:]] == [True, False, True, False]
    assert "finished." in said[-1]["body"] and "Yes, please remove it." in said[-1]["body"]


async def asks_the_owner(player: Player, owner: str) -> None:
    """The first day, up to the wait."""
    await player.begins()
    await player.answers("1 Find the region", "e")
    await player.types("the EU panel shows it")
    await player.opens("2 Look up the account")
    await player.types(owner)
    await player.answers("4 Who asks?", "c")
    await player.answers("5 Was the owner", "n")
    await player.queues("6 Send the confirmation mail")
    await player.queues("7 Tell the requester")


async def removes(player: Player, owner: str) -> None:
    """The second day, up to the closing note."""
    hero = player.hero
    await player.press("g", "p")
    await hero.waits_for("1 playbook under way", "9/17")
    await player.press("enter")
    await player.opens("9 Pick the owner's message")
    await player.hears("Yes, please remove it.")
    await player.press("c")
    await player.opens("10 Delete the owner's TOTP device")
    await player.hears("tab to the buttons")
    await hero.paste(owner)
    await hero.waits_for("Nothing was pasted")
    await hero.type(owner)
    await player.press("tab", "tab", "enter")
    await player.hears("What is left?")
    assert player.shift.browsed[-1] == "https://eu.posthog.com/admin/otp_totp/totpdevice/"
    await player.press("n")
    await player.opens("13 Tell the owner")
    await hero.waits_for("[SOLVED]")
    assert not hero.sees("Pending fits"), "the playbook's own status is not argued with"
    await hero.may_decide()
    await player.press("y")
    await player.queues("14 Tell the requester")


async def test_groups_are_deleted_with_save(shift_: Shift) -> None:
    ticket, world = shift_.ticket("group_deletion"), shift_.running.sandbox.world
    asker, before = world.users[world.tickets[ticket].requester_id], len(shift_.ledger())
    project = str(world.organizations[asker.organization_id or 0].project_id)
    async with at_the_desk(shift_.parts(hold=0.1), size=(80, 24)) as hero:
        player = Player(hero, shift_)
        await player.goes_to(ticket)
        await player.begins()
        await player.writes("2 Write down the project ID", project)
        await player.opens("3 Visit the Django Admin page")
        assert f"/team/{project}/change/" in shift_.browsed[-1]
        await player.writes("4 In the lower part", "comapny")
        await hero.press("s")
        await hero.waits_for("cannot be skipped. Do it;", "A ends the run with a reason.")
        await player.opens("5 Click the SAVE button")
        await player.hears("tab to the buttons")
        await hero.type("comapny DELETE")
        await hero.press("tab")
        await hero.waits_for("> CANCEL")  # said without colours, too
        await hero.press("tab")
        await hero.waits_for("> CONFIRM")
        assert not hero.sees("> CANCEL")
        await hero.press("enter")
        await hero.waits_for("DELETE is exactly what must", f"the ENTIRE PROJECT {project}")
        await hero.pilot.resize_terminal(60, 16)
        await hero.waits_for("Type comapny SAVE to go on:", "> CONFIRM", "esc cancel")
        await hero.pilot.resize_terminal(40, 10)
        await hero.waits_for("> CONFIRM ", "tab to the buttons   esc cancel")
        await hero.pilot.resize_terminal(80, 24)
        await hero.press("escape")
        await player.opens("5 Click the SAVE button")
        await player.hears("tab to the buttons")
        await hero.type("comapny SAVE")
        await player.press("tab", "tab", "enter")
        await player.hears("Which button did you use?")
        await player.press("s")
        await player.writes("7 Read back", project)
        await player.queues("8 Reply to the user")
        await player.ends()
        assert player.keys - 1 <= GROUPS
        await player.sent(before + 2)
        assert paths(shift_, before) == [put(ticket)] * 2
    assert world.tickets[ticket].status == "pending"
    assert "I've deleted comapny" in shift_.comments_of(ticket)[-2]["body"]
