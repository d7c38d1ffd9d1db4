"""The rules where a hero does more than one thing at once, or takes something back: many tickets,
a playbook, `u`, words that lie there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from heroterm.domain.outbox import QUEUED, SENT, Changes, Intent
from heroterm.journal.database import open_journal
from heroterm.paths import locate
from tests.everywhere.hands import THANKS, Hands, Team, as_with, hands
from tests.everywhere.table import RULES, Rule
from tests.filled import wall_clock
from tests.robot import at_the_desk
from tests.tui.conftest import Shift
from tests.tui.player import laid_of

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]


async def test_in_bulk(shift_: Shift) -> None:
    """Each ticket is looked at: the others go by `y`, and those that are left out never do."""
    words = {"many": "Hey, this is for {{organization.name}}.", "many-other": as_with(shift_)}
    async with hands(shift_, "bulk", Team(replies=words), size=(150, 32)) as hero:
        running, question = shift_.ticket("self_hosted"), shift_.community_question()
        ours = hero.asked_by_ourselves(next(hero.mails))
        nameless, other = hero.of_no_organization(next(hero.mails)), next(hero.mails)
        await hero.marks(running, question, ours, nameless, other)
        await hero.press("b")
        await hero.hero.waits_for("are marked, and this is for one ticket")
        await hero.picks("s", words="on-hold")
        await hero.leaves_out(hero.walk.tries("hold"), nameless, other)
        await hero.press("escape")
        await hero.picks("s", words="solved")
        await hero.leaves_out(hero.walk.tries("steps"), running)
        await hero.press("escape")
        await hero.picks("c", words="zzz many-other")
        await hero.leaves_out(hero.walk.tries("other customer"), nameless, other)
        await hero.press("escape")
        hero.be("light")
        await hero.picks("c", words="zzz many-other")
        await hero.leaves_out(hero.walk.tries("light"), running, ours, nameless, other)
        await hero.press("escape")
        hero.be("agent")
        await hero.picks("c", words="zzz many")
        await hero.leaves_out(hero.walk.tries("community"), question)
        await hero.leaves_out(hero.walk.tries("blank"), nameless)
        await hero.leaves_out(hero.walk.tries("own address"), ours)
        await hero.press("y")
        await hero.hero.until(lambda: len(hero.heard) > 0, "the others do not go")
        assert [intent.ticket_id for intent in hero.heard] == [other]
        await hero.press("u")
        await hero.hero.until(lambda: hero.heard == [], "it is not recalled")


def step(kind: str, more: str = "", id_: str = "one") -> str:
    """A step of a team's own playbook."""
    return f'[[step]]\nid = "{id_}"\nkind = "{kind}"\ntext = "Do it."\n{more}\n'


def playbooks(shift: Shift) -> Team:
    """A team's own, each of which puts what it may not."""
    then = step("tell", id_="two")
    return Team(
        replies={
            "plain": THANKS, "blank": "Hey, is it $1<version>?", "other": as_with(shift),
        },
        playbooks={
            "hold": step("set", 'status = "hold"'),
            "plain": step("reply", 'reply = "zzz-plain"') + then,
            "blank": step("reply", 'reply = "zzz-blank"') + then,
            "other": step("reply", 'reply = "zzz-other"') + then,
            "solve": step("reply", 'reply = "zzz-plain"\nstatus = "solved"') + then,
            "form": step("link", 'offer = "bug-form"'),
        },
    )  # fmt: skip


async def test_by_a_playbook(shift_: Shift) -> None:
    async with hands(shift_, "playbook", playbooks(shift_)) as hero:
        await hero.goes_to(shift_.community_question())
        await hero.plays("zzz plain")
        await stopped(hero, hero.walk.tries("community"))
        await hero.goes_to_a_mail()
        hero.be("light")
        await hero.plays("zzz plain")
        await stopped(hero, hero.walk.tries("light"), "H tells the ticket how far the run is")
        await hero.press("escape")
        hero.be("agent")
        ticket = hero.asked_by_ourselves(hero.here)
        await hero.press("5", "enter")
        await hero.is_asked(hero.walk.tries("own address"), ticket)
        await hero.goes_to_a_mail()
        await hero.plays("zzz hold")
        await hero.hero.may_answer(hero.walk.tries("hold").say)
        await hero.press("y", "escape")
        assert hero.heard == []
        await hero.goes_to_a_mail()
        await hero.plays("zzz blank")
        await hero.reviews()
        await hero.may_not_queue(hero.walk.tries("blank"))
        ticket = await hero.goes_to_a_mail()
        await hero.plays("zzz other")
        await hero.is_asked(hero.walk.tries("other customer"), ticket)
        await hero.goes_to_a_mail()
        await hero.plays("zzz solve")
        await hero.may_not_queue(hero.walk.tries("steps"))
        await hero.goes_to(shift_.ticket("content_warning"))
        await hero.press("y")
        await hero.plays("zzz form")
        await hero.turned_away(hero.walk.tries("public place"))


async def stopped(hero: Hands, rule: Rule, key: str = "") -> None:
    """The rule stands below the step with the next key, and before a word was written."""

    def says() -> bool:
        words = " ".join(" ".join(line.plain for line, _ in laid_of(hero.hero.app.desk)).split())
        return rule.say in words and (key or rule.key) in words

    await hero.hero.until(says, f"the step never said {rule.say!r}")
    assert hero.heard == [] and not hero.writing


def was_sent(home: Path, number: int, ticket: int, before: str) -> None:
    """A change to Open of a ticket that was something else, as the journal holds what was sent."""
    journal = open_journal(locate(home, {}).journal, clock=wall_clock)
    now = wall_clock()
    name = f"sent-{number}"
    made = Intent(name, ticket, now, now, changes=Changes(status="open"), state=QUEUED)
    journal.outbox.put(made)
    before_it = Changes(status=before)
    assert journal.outbox.begin(name, stamp="2026-01-01T00:00:00Z", now=now, inverse=before_it)
    assert journal.outbox.settle(name, SENT)
    journal.close()


async def test_by_undo(shift_: Shift) -> None:
    """What stood before a change is held to the rules as well, and words that come back are not
    opened where they could never go: they are a draft, or become a note.
    """
    async with hands(shift_, "undo") as hero:
        solved, held = shift_.ticket("self_hosted"), next(hero.mails)
        was_sent(shift_.home, 1, solved, "solved")
        await hero.press("u")
        await hero.turned_away(hero.walk.tries("steps"))
        was_sent(shift_.home, 2, held, "hold")
        await hero.press("u")
        await hero.turned_away(hero.walk.tries("hold"))
        await hero.goes_to_a_mail()
        await hero.writes_it(THANKS)
        await hero.press("n", "y")
        await hero.hero.until(lambda: len(hero.heard) == 1)
        hero.be("light")
        await hero.press("u")
        await hero.turned_away(hero.walk.tries("light"), "make your words an internal note")
        await hero.press("escape")
        hero.be("agent")
        ticket = await hero.goes_to_a_mail()
        await hero.writes_it(THANKS)
        await hero.press("n", "y")
        await hero.hero.until(lambda: len(hero.heard) == 1)
        hero.asked_in_public(ticket)
        await hero.press("u")
        await hero.hero.may_answer(hero.walk.tries("community").say, "(o c)")
        await hero.press("i")
        await hero.hero.waits_for("It is an internal note now")
        await hero.reviews()
        await hero.press("r")
        await hero.told(hero.walk.tries("community"))
        await hero.drops()


@pytest.mark.long
async def test_words_that_lie_there_are_turned_away_as_well_and_kept(shift_: Shift) -> None:
    """A reply that was begun in another seat, opened from the drafts; a note made an answer."""
    light, question = RULES["light"], RULES["community"]
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as robot:
        hero = Hands(robot, shift_)
        await hero.goes_to_a_mail()
        await hero.writes_it(THANKS)
        await hero.press("escape")
        hero.be("light")
        await hero.press("g", "d")
        await robot.waits_for("Drafts")
        await hero.press("enter")
        await robot.may_answer(light.say, "make your words an internal note")
        await hero.press("n")
        await robot.waits_for("Your words stay a draft")
        await hero.press("r")
        await robot.may_answer(light.say)
        await hero.press("i")
        await robot.waits_for("It is an internal note now")
        await robot.reviews()
        await hero.press("r")
        await hero.told(light)
        await hero.press("escape", "y")
        await robot.until(lambda: len(hero.heard) == 1)
        (note,) = hero.heard
        assert note.kind == "internal_note" and note.comment is not None
        assert note.comment.body == THANKS
        hero.agreed.add(note.id)
        hero.be("agent")
        await hero.goes_to(shift_.community_question())
        await hero.writes_it("Looked at it with Kim.", key="i")
        await hero.press("r")
        await hero.told(question)
    assert shift_.ledger() == []
