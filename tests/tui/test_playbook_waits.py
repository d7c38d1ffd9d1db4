"""Waits of playbooks at the desk: what happened by itself is told, and may come too late."""

from dataclasses import replace
from datetime import timedelta

import pytest

from heroterm.cli.playbook_words import steps
from heroterm.domain.findings import Finding
from heroterm.domain.outbox import SENT
from heroterm.domain.playbook_answers import answer
from heroterm.journal.database import open_journal
from heroterm.tui.panes.run_lines import Played, laid
from tests.domain.test_playbook_proofs import asked, plays, written
from tests.domain.test_playbook_waits import silent
from tests.filled import wall_clock
from tests.robot import at_the_desk
from tests.tui.conftest import Shift
from tests.tui.player import Player

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]


async def test_a_desk_that_sees_a_wait_end_before_the_carrier_says_so(shift_: Shift) -> None:
    passed, parts = [timedelta(0)], shift_.parts(carrier=False, hold=600)
    async with at_the_desk(replace(parts, clock=lambda: wall_clock() + passed[0])) as hero:
        player, desk = Player(hero, shift_), hero.app.desk
        assert desk is not None
        await player.goes_to(shift_.ticket("ownership"))
        await player.begins("owner")
        await player.queues("1 Ask them to get")
        await player.at("2 Wait for the requester")
        await hero.waits_for("WAITING until", "Not sent yet, so that nobody can answer")
        passed[0] = timedelta(days=9)
        await hero.press("x")
        await player.hears("Wait for the requester")
        await hero.press("escape")
        assert not desk.noticed.notices, "nobody was asked"
        journal = open_journal(shift_.home / "data/journal.db", clock=wall_clock)
        (reply,) = journal.outbox.release(None)
        journal.outbox.begin(reply.id, stamp="", now=wall_clock())
        assert journal.outbox.settle(reply.id, SENT) is not None
        journal.close()
        passed[0] = timedelta(days=5)
        desk.refresh_desk()
        await hero.waits_for("still waiting.")
        assert [notice.say for notice in desk.noticed.notices] == ["a playbook goes on"]
        passed[0] = timedelta(days=8)
        await hero.press("x")
        await hero.waits_for("nobody answered in time.")
        await hero.press("escape")
        await hero.waits_for("2/21 OVERDUE", "OVERDUE since ", "Its time is over")
        assert not hero.sees("WAITING until")
        assert len(desk.noticed.notices) == 2
        await hero.press("w")
        await hero.paste("soon")
        await hero.press("enter")
        await hero.waits_for("'soon' is no wait. Type the days: 1 to 60.")


async def test_after_a_step_is_answered_anew_enter_goes_on_with_the_next(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        player = Player(hero, shift_)
        await player.goes_to(shift_.ticket("group_deletion"))
        await player.begins("groups")
        await player.writes("2 Write down the project", "80085")
        await player.types("in the list of projects")
        await player.at("3 Visit the Django Admin")
        await hero.press("k")
        await hero.press("x")
        await player.types("80084")
        await hero.waits_for("80084  ")
        await player.opens("3 Visit the Django Admin")
        await player.at("4 In the lower part")


async def test_an_answer_that_comes_after_the_time_was_over_is_taken_all_the_same(
    shift_: Shift,
) -> None:
    ticket = shift_.ticket("ownership")
    before = len(shift_.ledger())
    async with at_the_desk(shift_.parts(hold=0.1)) as hero:
        player, desk = Player(hero, shift_), hero.app.desk
        assert desk is not None
        await player.goes_to(ticket)
        await player.begins("owner")
        await player.queues("1 Ask them to get")
        await player.at("2 Wait for the requester")
        await player.sent(before + 2)
        shift_.control("clock", {"advance_seconds": 8 * 86_400})
        await hero.press("R")
        await hero.waits_for("2/21 OVERDUE")
        await player.press("x")
        await player.hears("the time is over")
        await player.press("t")
        await player.hears("The note that ends this run")
        await hero.press("escape")
        said = {"ticket": ticket, "author": "requester", "body": "He can log in."}
        shift_.control("say", said)
        await hero.press("R")
        await hero.waits_for("wrote since,", "He can log in.", "answers anew")
        while desk.playbook.step != "wait-requester":
            await hero.press("k")
        await hero.press("x")
        await player.hears("r an answer that counts has come")
        await hero.press("r")
        await player.at("3 Can the current owner")


async def test_what_was_done_before_the_way_turned_stands_as_done() -> None:
    run, case = silent(*asked(), "wait-owner")
    run, late = plays(run, case, ("not-confirmed", "put")), written(case)
    made = answer(run, "wait-owner", "reply", late)
    assert not isinstance(made, Finding), made
    run = run.with_events(made)
    drawn = [content.plain for content, _ in laid(Played(run, late), 90)]
    for lines in (drawn, steps(run)):
        told = [line.strip() for line in lines if " 15 Nobody confirmed" in line]
        assert len(told) == 1 and told[0].startswith("[x] 15")
