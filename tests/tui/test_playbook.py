"""Playbooks at the desk: the mail goes to the owner, a danger step is typed, a rehearsal is dry."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from heroterm.tui.screens.danger import DangerScreen
from tests.filled import wall_clock
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift
from tests.tui.player import Player

pytestmark = pytest.mark.anyio


def owner_of(shift: Shift, ticket: int) -> Any:
    """The user who owns the account of a ticket's requester."""
    world = shift.running.sandbox.world
    requester = world.users[world.tickets[ticket].requester_id]
    key = requester.true_organization_id or requester.organization_id or 0
    return world.users[world.organizations[key].owner_id or 0]


async def answers(hero: Hero, title: str, key: str) -> None:
    """`x` and, once the box listens, the letter."""
    await hero.waits_for(title)
    await hero.press("x")
    await hero.waits_for("esc leave it")
    await hero.may_answer()
    await hero.press(key)


async def writes_down(hero: Hero, title: str, words: str) -> None:
    """`x`, the words, Enter."""
    await hero.waits_for(title)
    await hero.press("x")
    await hero.waits_for("this is it")
    await hero.paste(words)
    await hero.press("enter")


async def finds_no_run(hero: Hero, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each key that goes on with a run says that there is none."""
    told: list[str] = []
    monkeypatch.setattr(hero.app.desk, "tell", lambda words, **_: told.append(words))
    await hero.press("x", "s", "w", "A")
    await hero.until(lambda: len(told) == 4, "a key that does nothing here says nothing")
    assert set(told) == {"No playbook is under way on this ticket: Enter begins the chosen one."}


async def test_the_mail_about_2fa_goes_to_the_owner_and_the_run_waits(shift_: Shift) -> None:
    ticket = shift_.ticket("two_factor")
    owner, before = owner_of(shift_, ticket), len(shift_.ledger())
    async with at_the_desk(shift_.parts(), size=(80, 24)) as hero:
        await hero.opens(ticket)
        await Player(hero, shift_).begins("2fa")
        await hero.waits_for("> 1 Find the region")
        await hero.press("x")
        await hero.may_answer("esc leave it")
        for letter in "eu":  # in one write: the second is nobody's order to undo
            hero.app.post_message(events.Key(letter, letter))
        await hero.waits_for("EU: where did you see it?", "this is it")
        await hero.paste("seen in the EU panel")
        await hero.press("enter")
        await hero.waits_for("> 2 Look up the account")
        await hero.press("enter")
        await hero.waits_for("this is it", "type here: address of the owner")
        assert any("/admin/posthog/user/" in url for url in shift_.browsed)
        await hero.paste(owner.email)
        await hero.press("enter")
        await answers(hero, "> 4 Who asks?", "c")
        await answers(hero, "> 5 Was the owner", "n")
        await hero.waits_for("> 6 Send the confirmation mail")
        await hero.press("enter")
        await hero.may_answer(f"to {owner.email}", "Subject: Confirmation Required", "queue it")
        assert hero.sees("immediately."), "the whole mail, where there is room"
        assert len(shift_.ledger()) == before
        await hero.press("y")
        await hero.waits_for("> 7 Tell the requester")
        await hero.until(lambda: len(shift_.ledger()) == before + 1, "the mail never left")
        await hero.press("enter")
        await hero.waits_for("PUBLIC REPLY", "REQUESTER IS NOT THE OWNER: ")
        alarm = next(line for line in hero.screen().splitlines() if "IS NOT THE OWNER" in line)
        assert "asks" in alarm or len(alarm.rstrip()) > 60, "as wide as the thread that shows it"
        await hero.press("escape", "escape")
        await hero.press("g", "p")
        await hero.waits_for("1 playbook under way", f"#{ticket} 2FA removal")


async def test_a_danger_step_is_typed_and_nothing_of_a_rehearsal_is_queued(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(shift_.ledger())
    assert DangerScreen.deaf_seconds == 3.0
    monkeypatch.setattr(DangerScreen, "deaf_seconds", 600.0)
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("5")
        names = [playbook.name for playbook in desk.book.playbooks]
        await hero.press(*["j"] * names.index("group-deletion"), "T")
        await hero.waits_for("REHEARSAL")
        await writes_down(hero, "> 2 Write down the project ID", "4411")
        await hero.waits_for("> 3 Visit the Django Admin page")
        await hero.press("enter")
        await writes_down(hero, "> 4 In the lower part", "comapny")
        await hero.waits_for("5 Click the SAVE button")
        await hero.press("enter")
        await hero.waits_for("DANGER", "Keys are read in 3 s.", "group comapny")
        await hero.press("tab", "tab", "enter", "x")
        box = hero.app.screen
        assert isinstance(box, DangerScreen) and box.query_one(Input).value == ""
        box._hear()  # the three seconds are over
        monkeypatch.setattr(DangerScreen, "deaf_seconds", 0.01)
        assert hero.app.screen.focused is hero.app.screen.query_one("#cancel")
        await hero.type("comapny DELETE")
        await hero.press("enter", "tab", "tab", "enter")
        await hero.waits_for("DELETE is exactly what must not happen")
        await hero.press(*["backspace"] * len("DELETE"))
        assert box.query_one(Input).value == "comapny ", "from the button, too"
        await hero.press("escape")
        await hero.waits_for("Cancelled: nothing was done.")
        await hero.press("enter")
        await hero.may_answer()
        await hero.type("comapny SAVE")
        await hero.press("tab", "tab", "enter")
        await hero.waits_for("A rehearsal: do nothing now.", "Which button did you use?")
        assert not hero.sees("do it now")
        await hero.press("escape")
        await hero.waits_for("> 6 Which button did you use?")
        await hero.press("T")
        await hero.waits_for("The rehearsal is over")
        await finds_no_run(hero, monkeypatch)
    assert len(shift_.ledger()) == before and shift_.browsed == []


async def is_done(hero: Hero) -> None:
    """The pane says that the playbook under its cursor was done, and asks before it begins anew;
    keys that only a run has stand there while there is one.
    """
    await hero.waits_for("Self-hosted setup  done ", "; begin again?")
    assert hero.sees("enter act  T rehearse") and not hero.sees("A end run")
    assert not hero.sees("fits: Self-hosted")
    await hero.press("question_mark")
    await hero.waits_for("Skip with a reason", "w             Set or change the wait")
    assert not hero.sees("s             Status"), "it is no key of the ticket's here"
    await hero.press("escape", "enter")
    await hero.may_answer("Begun anew, all of its steps are to be done again")
    await hero.press("enter")
    await hero.until(lambda: not hero.sees("Begun anew"))
    assert not hero.sees("A end run")
    await hero.press("enter")
    await hero.may_answer("Begun anew")
    await hero.press("b")
    await hero.waits_for("A end run", "1 Do they really")


async def test_u_on_the_closing_note_opens_the_run_again(shift_: Shift) -> None:
    before, passed, parts = len(shift_.ledger()), [timedelta(0)], shift_.parts(hold=600)
    async with at_the_desk(replace(parts, clock=lambda: wall_clock() + passed[0])) as hero:
        player = Player(hero, shift_)
        await player.goes_to(shift_.ticket("self_hosted"))
        await player.begins("self")
        await player.answers("1 Do they really", "y")
        await player.queues("2 Politely direct them")
        await player.ends()
        await hero.waits_for("outbox 2 held")
        await hero.press("u")
        await hero.waits_for("The run is where it was before it", "outbox 1 held")
        assert hero.app.desk is not None and hero.app.desk.composer.writing is None
        await hero.waits_for("Every step is done")
        await hero.press("enter")
        await hero.may_answer("The note that ends this run")
        passed[0] = timedelta(minutes=9)  # while it is read; the hold begins with y
        await hero.press("y")
        await hero.waits_for("outbox 2 held")
        hero.app.reading.forget()
        last = max(intent.send_after for intent in hero.app.reading.intents())
        assert last - wall_clock() > timedelta(minutes=18)
        await is_done(hero)
    assert len(shift_.ledger()) == before


async def test_a_reply_of_a_step_that_was_left_and_reopened_still_does_it(shift_: Shift) -> None:
    before, ticket = len(shift_.ledger()), shift_.ticket("self_hosted")
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await Player(hero, shift_).leaves_a_reply(ticket)
    async with at_the_desk(shift_.parts(hold=600)) as hero:
        player = Player(hero, shift_)
        await player.goes_to(ticket)
        await hero.press("r")
        await hero.waits_for("queueing it does its step of the playbook")
        await hero.reviews()
        await hero.press("y")
        await player.ends()
        await hero.waits_for("outbox 2 held")
        assert hero.app.desk is not None
        hero.app.desk.pen.write(lambda _: time.sleep(0.2))  # a slow disk
        await hero.press("u", "u")
        await hero.waits_for("Recalled before sending", "PUBLIC REPLY")
        await hero.reviews()
        await hero.press("y")
        await player.ends()
        await hero.waits_for("outbox 2 held")
    assert len(shift_.ledger()) == before
