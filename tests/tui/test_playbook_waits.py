"""Waits of playbooks at the desk: what happened by itself is told, and may come too late."""

import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest

from heroterm.cli.playbook_words import steps
from heroterm.domain.findings import Finding
from heroterm.domain.outbox import SENT
from heroterm.domain.playbook import TIMEOUT
from heroterm.domain.playbook_answers import answer
from heroterm.domain.playbook_run import (
    ABORTED,
    ANSWERED,
    FINISHED,
    OVERDUE,
    PUT,
    REOPENED,
    WAITS,
    Event,
    Run,
    hash_of,
)
from heroterm.journal.database import open_journal
from heroterm.rulebook import load
from heroterm.tui.doing import awaiting, beginning
from heroterm.tui.panes.run_lines import Played, laid
from heroterm.tui.screens.step import Asked
from tests.domain.test_playbook_proofs import asked, plays, written
from tests.domain.test_playbook_waits import silent
from tests.filled import wall_clock
from tests.robot import at_the_desk
from tests.tui.conftest import Shift
from tests.tui.player import Player

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]


def test_why_messages_do_not_count_is_said_once_for_all_that_say_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[Asked] = []
    played: Any = SimpleNamespace(run=SimpleNamespace(rehearsal=False), case=None)
    step: Any = SimpleNamespace(text="Wait for the owner", title="Wait")
    came = [SimpleNamespace(address="kim@acme.example", reason=why) for why in ("too old", "")]
    monkeypatch.setattr(awaiting, "candidates", lambda *_: [came[0], came[0], came[1]])
    monkeypatch.setattr(awaiting, "waiting", lambda _: None)
    monkeypatch.setattr(awaiting, "ended_by", lambda *_: ())
    monkeypatch.setattr(awaiting, "StepBox", shown.append)
    desk: Any = SimpleNamespace(app=SimpleNamespace(push_screen=lambda *_: None))
    awaiting.answer(desk, played, step)
    told = [line.plain for line in shown[0].lines]
    assert told == ["Wait for the owner", "kim@acme.example: too old", "kim@acme.example: counts"]


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
        assert not hero.sees("WAITING until") and not hero.sees("it ends by itself")
        assert len(desk.noticed.notices) == 2
        await hero.press("w")
        await hero.paste("soon")
        await hero.press("enter")
        await hero.waits_for("'soon' is no wait. Type the days: 1 to 60.")


async def test_after_a_step_is_answered_anew_or_a_run_opened_again_enter_goes_on_with_the_next(
    shift_: Shift,
) -> None:
    parts = shift_.parts(carrier=False)
    with closing(parts.open_journal()) as journal:
        ended = gave_up(shift_.ticket("ownership"))
        assert journal.runs.begin(replace(ended, events=())) is not None
        assert journal.runs.append(replace(ended, events=()), ended.events) is not None
        other = replace(ended, id="another", events=())
        assert journal.runs.begin(other) is not None
        again, over = (Event(n, ended.begun_at, "Kim", w) for n, w in ((6, REOPENED), (1, ABORTED)))
        assert journal.runs.append(ended, [again]) is None, "two procedures on one ticket"
        assert journal.runs.append(other, [over]) is not None
    async with at_the_desk(parts) as hero:
        player = Player(hero, shift_)
        await player.goes_to(shift_.ticket("group_deletion"))
        await player.begins("groups")
        await player.writes("2 Write down the project", "80085")
        await player.types("in the list of projects")
        await player.at("3 Visit the Django Admin")
        await hero.press("k")
        await hero.waits_for("[x]> 2 Write down the project")  # seen without colours, too
        await hero.press("x")
        assert hero.app.desk is not None
        hero.app.desk.pen.write(lambda _: time.sleep(0.2))  # a slow disk: the keys wait for it
        await player.types("80084")
        await hero.press("j", "x")
        await hero.waits_for("]> 4 In the lower part of the page", "REFUSED: Step 3, “Visit")
        assert "comes before" not in hero.app.desk.noticed.said[-1].words
        assert hero.screen().count("”, comes before step 4") == 1, "once, and where it was tried"
        await hero.press("k")
        await player.opens("3 Visit the Django Admin")
        await player.at("4 In the lower part")
        await goes_on(player, ended)
    with closing(parts.open_journal()) as journal:
        run = journal.runs.get(ended.id)
        assert run is not None
        assert [e.what for e in run.events[5:8]] == [REOPENED, ANSWERED, ANSWERED]
        assert sum(event.what == PUT for event in run.events) == 1, "nothing was done again"


async def goes_on(player: Player, ended: Run) -> None:
    """With a run that had ended, asked for from the pane and from the ticket."""
    hero = player.hero
    await player.goes_to(ended.ticket_id)
    await hero.waits_for(
        "playbook Organization ownership transfer had ended, and", "answer came (p)"
    )
    await player.press("5", "enter")
    await hero.waits_for("ended because nobody answered.", "wrote since", "g go on with it")
    await player.press("escape", "p")
    await hero.waits_for("transfer: go on ", "Going on takes this answer")
    await player.press("enter")
    await player.answers("3 Can the current owner", "n")
    await player.at("4 Do they have access")
    await hero.press("2")  # where A lists the files
    assert hero.app.desk is not None
    beginning.begin(hero.app.desk, ended.playbook)
    await hero.waits_for("is under way here", "p, then A, ends it, with a reason.")


def gave_up(ticket_id: int) -> Run:
    """A run that ended weeks ago because nobody answered; what the requester wrote came later."""
    book = next(one for one in load().playbooks if one.name == "ownership-transfer")
    at = wall_clock() - timedelta(days=40)
    run = Run("gave-up", book, hash_of(book.text), book.text, ticket_id, at, "Kim")
    said = [
        (PUT, "ask-owner", "public reply"),
        (WAITS, "wait-requester", ""),
        (OVERDUE, "wait-requester", ""),
        (ANSWERED, "wait-requester", TIMEOUT),
        (FINISHED, "", ""),
    ]
    events = [
        Event(n, at, "Kim", what, step, value, ticket_id=ticket_id if what == PUT else None)
        for n, (what, step, value) in enumerate(said, 1)
    ]
    return run.with_events(events)


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
    there = replace(late, zone=timezone(timedelta(hours=9)))
    shown = "\n".join(content.plain for content, _ in laid(Played(run, there), 90))
    at = run.done["owner"].at.astimezone(there.zone)
    assert shown.count(f"{at:%H:%M} ") > 1, "steps and facts are told by the hero's clock"
    for lines in (drawn, steps(run)):
        told = [line.strip() for line in lines if " 15 Nobody confirmed" in line]
        assert len(told) == 1 and told[0].startswith("[x] 15")
