"""Ways in, at the desk: each is refused where the hero looks, with its reason; and a run that
another machine began goes on here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from heroterm.cli import main
from tests.filled import signs_in
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift
from tests.tui.player import Player, paths
from tests.tui.test_playbook import owner_of
from tests.tui.test_playbooks_danger import POST, asks_the_owner, put, removes

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]


def says(shift: Shift, ticket: int, author: str, words: str, **how: object) -> None:
    """Somebody writes on a ticket."""
    shift.control("say", {"ticket": ticket, "author": author, "body": words, **how})


def attack(shift: Shift, ticket: int, made: int) -> None:
    """Everybody but the owner confirms, and the owner in the wrong place or without words."""
    owner = owner_of(shift, ticket).email
    says(shift, ticket, "requester", "I am the owner and I confirm.")
    says(shift, ticket, owner, "I am in CC: yes, remove it.")
    world = shift.running.sandbox.world
    asker = world.users[world.tickets[ticket].requester_id].email
    says(shift, made, asker, f"See below.\n\nOn Tue, <{owner}> wrote:\n> Yes, I confirm.")
    says(shift, made, owner.replace("o", "\u043e", 1), "Yes.")
    says(shift, made, owner.replace(".example.com", ".exarnple.com"), "Yes.")
    says(shift, made, "owner", "Yes.", **{"from": "owner@elsewhere.example.net"})
    says(shift, made, "owner", "> Could you please confirm this by replying to this email?")


REASONS = (
    "It stands on #",
    "SENDER DIFFERS",
    "CYRILLIC SMALL LETTER",
    "characters that are drawn",
    "owner@elsewhere.example.net",
    "It holds only quoted words.",
)


async def test_nobody_but_the_owner_wakes_the_wait_or_can_be_picked(shift_: Shift) -> None:
    ticket, before = shift_.ticket("two_factor"), len(shift_.ledger())
    async with at_the_desk(shift_.parts(hold=0.1)) as hero:
        player = Player(hero, shift_)
        await player.goes_to(ticket)
        await asks_the_owner(player, owner_of(shift_, ticket).email)
        await player.sent(before + 3)
        made = max(shift_.running.sandbox.world.tickets)
        attack(shift_, ticket, made)
        await hero.press("R")
        await hero.until(lambda: arrived(hero, made) == 6 and hero.sees("4 messages"))
        await player.at("8 Wait for the owner")
        await player.press("x")
        await hero.waits_for(*REASONS)
        await hero.press("escape")

        says(shift_, made, "owner", "Yes, please.")
        await hero.press("R")
        await player.opens("9 Pick the owner's message")
        await player.hears("Yes, please.")
        await hero.press("2", "c")
        await hero.waits_for("only quoted words", "Wait for the right message.")
        await hero.press("escape")
        await hero.press("b")
        await hero.waits_for("contradict each other")

        await player.opens("9 Pick the owner's message")
        await player.hears("Yes, please.")
        await hero.press("c")
        await player.at("10 Delete the owner's TOTP device")
        says(shift_, made, "owner", "No no no, do not remove anything!")
        await hero.press("R")
        await hero.until(lambda: arrived(hero, made) == 8 and hero.sees("wrote since"))
        await player.opens("10 Delete the owner's TOTP device")
        await hero.waits_for("REFUSED: ", "x on step 9")
        await hero.press("k", "x")
        await player.hears("did not ask for it")
        await hero.press("2", "c")
        await hero.waits_for("It is not the newest message")
        await hero.press("escape", "x")
        await player.hears("did not ask for it")
        await hero.press("d")
        await player.at("17 Write down for colleagues")
    assert len(shift_.ledger()) == before + 3


async def test_a_footer_that_somebody_forged_gives_no_region(shift_: Shift) -> None:
    ticket, mixed = shift_.ticket("two_factor"), shift_.ticket("group_deletion")
    forged = "-----\nKind: bug\nAdmin: http://go/adminEU/x@y.example (project ID 1)"
    says(shift_, ticket, "requester", f"For your convenience:\n\n{forged}")
    thread = shift_.running.sandbox.world.thread(shift_.running.sandbox.world.tickets[mixed])
    body, here, there = thread.comments[0].body, "eu", "us"
    if f"Location: https://{here}." not in body:
        here, there = there, here
    thread.comments[0].body = body.replace(
        f"Location: https://{here}.", f"Location: https://{there}."
    )
    says(shift_, mixed, "requester", "Any news?")
    assert main(["sync", "--once"]) == 0
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        player = Player(hero, shift_)
        await player.goes_to(ticket)
        await player.begins()
        await player.answers("1 Find the region", "e")
        await hero.waits_for("Nothing trusted names the region.")
        await player.types("ok")
        await hero.waits_for("Say also where you saw it.")
        await hero.press("escape")
        await player.goes_to(mixed)
        await player.begins("deleting g")
        await player.answers("1 Find the region", here[0] if here == "eu" else "s")
        await hero.waits_for("Admin link and Location name different regions")
    assert shift_.browsed == []


async def test_links_of_a_step_lie_behind_a_content_warning(shift_: Shift) -> None:
    ticket = shift_.ticket("freemail")
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        player = Player(hero, shift_)
        await player.goes_to(ticket)
        await player.begins("deleting g")
        await player.writes("2 Write down the project ID", "72602")
        await player.opens("3 Visit the Django Admin page")
        await hero.waits_for("REFUSED: This lies behind the content warning")
        assert shift_.browsed == []
        await hero.press("o", "h")
        await hero.until(lambda: "delete-groupsorganizations" in str(shift_.browsed))
        await hero.press("2")
        await hero.waits_for("show once")
        await hero.until(lambda: hero.app.desk is not None and not hero.app.desk.seeing.deaf)
        await hero.press("y", "5")
        await player.opens("3 Visit the Django Admin page")
        await player.at("4 In the lower part")
        assert "/admin/posthog/team/" in shift_.browsed[-1]


@pytest.mark.long
async def test_another_machine_goes_on_with_the_run_as_it_began(
    shift_: Shift, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket, before = shift_.ticket("two_factor"), len(shift_.ledger())
    owner = owner_of(shift_, ticket).email
    async with at_the_desk(shift_.parts(hold=0.1)) as hero:
        player = Player(hero, shift_)
        await player.goes_to(ticket)
        await asks_the_owner(player, owner)
        await player.sent(before + 3)
    made = max(shift_.running.sandbox.world.tickets)
    says(shift_, made, "owner", "Yes, please remove it.")

    other = second(shift_, tmp_path / "two", monkeypatch)
    edited = other.home / "config/rules/playbooks"
    edited.mkdir(parents=True)
    (edited / "twofa-removal.toml").write_text(
        'title = "2FA"\n[[step]]\nid = "left"\nkind = "tell"\ntext = "Just delete it."\n'
    )
    async with at_the_desk(other.parts(hold=0.1)) as hero:
        player = Player(hero, other)
        await hero.press("R")
        await hero.until(lambda: under_way(hero) == [ticket])
        await removes(player, owner)
        assert not hero.sees("Just delete it")
        await player.ends()
        await player.sent(before + 6)
    after = [POST, put(ticket), put(ticket), put(made), put(ticket), put(ticket)]
    assert paths(shift_, before) == after


def second(shift: Shift, home: Path, patch: pytest.MonkeyPatch) -> Shift:
    """A machine that has only Zendesk in common with the first."""
    signs_in(home, shift.running)
    patch.setenv("HEROTERM_HOME", str(home))
    return Shift(shift.running, home, shift.forks)


def arrived(hero: Hero, ticket: int) -> int:
    """How many messages of a ticket this desk has."""
    mirror = hero.app.reading.mirror
    return len(mirror.thread(ticket).comments) if mirror is not None else 0


def under_way(hero: Hero) -> list[int]:
    """Tickets of the runs that this desk knows."""
    journal = hero.app.reading.journal
    return [run.ticket_id for run in journal.runs.under_way()] if journal is not None else []
