"""The practice shift as a newcomer plays it: five lessons, left in the middle and resumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from textual.widgets._toast import Toast

from heroterm.cli.invocation import Invocation
from heroterm.cli.practice import course
from heroterm.domain import lessons
from heroterm.domain.tables import BadEntry, Table
from heroterm.sandbox import server, shift
from heroterm.tui.commands import BY_ID
from heroterm.tui.doing import practising
from heroterm.tui.parts import Parts
from tests.filled import signs_in, wall_clock
from tests.forks import Forks
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift
from tests.tui.test_playbook import answers, writes_down

pytestmark = pytest.mark.anyio


@pytest.fixture
def practice(own_home: Path, forks: Forks) -> Iterator[Shift]:
    """The five tickets, and a past of twelve."""
    sandbox = shift.build(seed=1, tickets=12, behind=0, now=wall_clock)
    running = server.start(sandbox)
    signs_in(own_home, running)
    yield Shift(running, own_home, forks)
    running.stop()


def parts(practice: Shift) -> Parts:
    """A desk with the lessons from where they were left; nothing is sent."""
    call = Invocation(wall_clock, lambda: str(uuid4()))
    call.home = str(practice.home)
    made = practice.parts(hold=600, carrier=False)
    return replace(made, course=course(call, fresh=False))


async def queues(hero: Hero) -> None:
    """Review, unless it is there, then `y`."""
    if not hero.sees("y queues it"):
        await hero.press("escape")
    await hero.waits_for("y queues it")
    await hero.may_decide()
    await hero.press("y")


async def test_a_newcomer_learns_by_doing_and_goes_on_where_they_left(practice: Shift) -> None:
    async with at_the_desk(parts(practice)) as hero:
        await answers_the_first(hero)
        await takes_one_back(hero)
        await hero.waits_for("LESSON 3/5")
    async with at_the_desk(parts(practice)) as hero:
        await hero.waits_for("LESSON 3/5", "a community question")
        await hero.opens(practice.ticket("practice_community"))
        await hero.press("r")
        await hero.waits_for("Community questions are answered on their page")
        await hero.press("d")
        await queues(hero)
        await hero.waits_for("LESSON 4/5")
        await hero.opens(practice.ticket("practice_organization"))
        await hero.press("f")
        await hero.waits_for("y change the organization")
        await hero.may_answer()
        await hero.press("y")
        await hero.waits_for("LESSON 5/5")
        await rehearses(hero)
        await hero.waits_for("That was the practice shift")
    assert practice.ledger() == []
    async with at_the_desk(parts(practice)) as hero:
        await hero.waits_for("LESSON 1/5")


async def answers_the_first(hero: Hero) -> None:
    """`n`, a canned text, its blanks; no key is named before it worked."""
    await hero.waits_for("LESSON 1/5", "the one that is next by policy")
    assert not hero.sees("n opens the next ticket")
    await hero.press("n")
    await hero.waits_for("n opens the next ticket and says why", "step 2 of 3")
    await hero.press("c")
    await hero.waits_for("type to filter")
    await hero.type("need more")
    await hero.press("enter")
    await hero.waits_for("c picks a canned text", "step 3 of 3")
    while not hero.sees("y queues it"):
        await hero.type("x")
        await hero.press("tab")
    await queues(hero)
    await hero.waits_for("LESSON 2/5", "Esc leads to the Review")


async def takes_one_back(hero: Hero) -> None:
    """A reply with a slip, undone and sent again."""
    await hero.press("r")
    await hero.waits_for("PUBLIC REPLY")
    await hero.type("Hey, ths is it")
    await queues(hero)
    await hero.waits_for("You notice the slip")
    await hero.press("u")
    await hero.waits_for("u takes back what was not sent yet")
    await queues(hero)


async def rehearses(hero: Hero) -> None:
    """The removal of a second factor, with the owner's look-alike first."""
    await begins_to_rehearse(hero)
    await comes_to_the_wait(hero)
    await hero.waits_for("Enter lets somebody write")
    await answers(hero, "[~]> 8 Wait for the owner", "l")
    await hero.waits_for("an answer from another address never counts")
    await hero.waits_for("sam@c0ve.example wrote. Does not count: SENDER DIFFERS")
    await hero.press("x")
    await hero.may_answer("sam@c0ve.example: SENDER DIFFERS", "o the owner writes")
    await hero.press("o")
    await hero.waits_for("sam@cove.example wrote. It counts.", "> 9 Pick the owner's message")
    assert hero.sees("LESSON 5/5"), "the confirmation is not picked yet"
    await hero.press("x")
    await hero.may_answer("c confirms", "1-3 message 1")
    await hero.press("c")


async def begins_to_rehearse(hero: Hero) -> None:
    """To the pane, the cursor on the playbook, the rehearsal on."""
    desk = hero.app.desk
    assert desk is not None
    await hero.press("5")
    for _ in desk.book.playbooks:
        here = desk.playbook.playbook
        if here is not None and here.name == "twofa-removal":
            break
        await hero.press("j")
    await hero.press("T")
    await hero.waits_for("REHEARSAL", "5 is the pane")


async def comes_to_the_wait(hero: Hero) -> None:
    """The steps up to the wait, answered as they lead there."""
    await writes_down(hero, "> 2 Look up the account", "sam@cove.example")
    await writes_down(hero, "> 3 Write down the owner's name", "Sam")
    await answers(hero, "> 4 Who asks?", "c")
    await answers(hero, "> 5 Was the owner", "n")
    for step in ("> 6 Send the confirmation mail", "> 7 Tell the requester"):
        await hero.waits_for(step)
        await hero.press("enter")
        await hero.waits_for("queue it (a rehearsal: nothing leaves)")
        await hero.may_answer()
        await hero.press("y")
    await hero.waits_for("step 3 of 4")


def at_lesson(practice: Shift, number: int) -> Parts:
    """A desk at which the lessons before are learned."""
    made = parts(practice)
    assert made.course is not None
    made.course.behind = number - 1
    return made


async def test_the_next_ticket_counts_by_whatever_way_it_was_opened(practice: Shift) -> None:
    async with at_the_desk(parts(practice)) as hero:
        await hero.press("j", "enter")
        await hero.waits_for("LESSON 1/5", "step 1 of 3")
        await hero.press("1", "k", "enter")
        await hero.waits_for("n opens the next ticket and says why", "step 2 of 3")
        await hero.press("r")
        await hero.waits_for("PUBLIC REPLY")
        await hero.type("Hey, sorry for the trouble, more tomorrow.")
        await queues(hero)
        await hero.waits_for("A canned text is still wanted", "step 2 of 3")


async def test_a_ticket_that_is_shown_beside_the_queue_was_not_opened(practice: Shift) -> None:
    made = parts(practice)
    async with at_the_desk(made) as hero:
        desk = hero.app.desk
        assert desk is not None
        first = desk.queue.cursor_id
        await hero.until(lambda: desk.opened is not None and desk.opened.ticket.id == first)
        practising.look(desk)
        assert made.course is not None
        assert (made.course.behind, made.course.step) == (0, 0)


async def test_another_customer_is_not_the_one_who_was_meant(practice: Shift) -> None:
    async with at_the_desk(at_lesson(practice, 4)) as hero:
        await hero.opens(practice.ticket("practice_second_factor"))
        await hero.press("f")
        await hero.waits_for("type to filter")
        await hero.press("enter")
        await hero.waits_for("y change the organization")
        await hero.may_answer()
        await hero.press("y")
        await hero.waits_for("That was another customer: u puts them back")
        await hero.press("u")
        await hero.waits_for("One customer wrote from a private address")


async def test_a_rehearsal_that_leads_past_the_wait_says_how_to_come_back(practice: Shift) -> None:
    async with at_the_desk(at_lesson(practice, 5)) as hero:
        await hero.waits_for("Go to the fifth pane")
        await hero.opens(practice.ticket("practice_second_factor"))
        await hero.press("p")
        await hero.waits_for("2FA removal fits this ticket")
        await hero.press("enter")
        await hero.waits_for("That is a real run, on this ticket.")
        await hero.press("T")
        await hero.waits_for("REHEARSAL", "5 is the pane")
        await hero.press("T")
        await hero.waits_for("leads to no wait for the owner. T ends and begins the rehearsal")
        await hero.press("T")
        await hero.waits_for("Do the steps one after the other")
        await comes_to_the_wait(hero)
        await answers(hero, "[~]> 8 Wait for the owner", "o")
        await answers(hero, "> 9 Pick the owner's message", "c")
        await hero.waits_for("That was the practice shift")


async def test_a_wait_that_went_by_is_no_answer(practice: Shift) -> None:
    async with at_the_desk(at_lesson(practice, 5)) as hero:
        await begins_to_rehearse(hero)
        await comes_to_the_wait(hero)
        await answers(hero, "[~]> 8 Wait for the owner", "d")
        await hero.waits_for("OVERDUE")
        await answers(hero, "[~]> 8 Wait for the owner", "t")
        await hero.waits_for("15 Nobody confirmed in time", "[x]  8", "step 3 of 4")


async def test_in_a_small_terminal_no_warning_hides_what_is_wanted(practice: Shift) -> None:
    async with at_the_desk(parts(practice), size=(80, 20)) as hero:
        await hero.waits_for(">  Have the next ticket opened: not the one you like")
        await warned(hero)
        assert hero.sees(">  Have the next ticket opened: not the one you like")
        await hero.pilot.resize_terminal(46, 24)
        await hero.press("n")
        await hero.waits_for("step 2 of 3", "type a few letters of its name.")
        await warned(hero)
        assert hero.sees("step 2 of 3") and hero.sees("type a few letters of its name.")


async def warned(hero: Hero) -> None:
    """Something is said that the line of news cannot hold."""
    desk = hero.app.desk
    assert desk is not None
    words = f"#{desk.size.width}: the change was stopped and {'needs you, ' * 9}now."
    desk.tell(words, severity="warning")
    await hero.until(
        lambda: any(toast.region for toast in hero.app.screen.query(Toast)), "no toast is seen"
    )


async def test_a_lesson_that_names_no_command_or_nothing_known_is_named() -> None:
    for wrong, word in (
        ({"when": "did desk.nxt"}, "desk.nxt"),
        ({"when": "sang"}, "sang"),
        ({"when": "queued letter"}, "letter"),
        ({"learned": "{desk.nxt} it is"}, "desk.nxt"),
    ):
        step = {"hint": "h", "when": "inserted", "learned": "l", **wrong}
        table = Table({"lesson": [{"name": "a", "title": "b", "step": [step]}]})
        with pytest.raises(BadEntry, match=word):
            lessons.from_table(table, BY_ID)
