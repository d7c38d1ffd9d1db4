"""What a task may cost in keys (product rules, keystroke table), played on the practice Zendesk.

One key or chord counts one; letters that choose count, the words of a reply or of evidence do
not. A task that needs a key more than its budget turns its test red.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from heroterm.domain.deeds import PersonOrganization
from heroterm.domain.outbox import Intent, InternalNote, PublicReply
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift
from tests.tui.test_changing import mistaken, one_change

pytestmark = pytest.mark.anyio

BUDGET = {
    "open the most urgent ticket": 1,
    "canned reply, pending, next": 8,
    "internal note": 3,
    "escalate with a note": 7,
    "right organization": 2,
    "community question, recorded": 4,
    "plan and revenue": 2,
    "remind me": 5,
    "undo the reply just sent": 1,
}
"""Keys by task."""


@dataclass
class Fingers:
    """Presses keys for one task and counts them."""

    hero: Hero
    task: str
    used: int = 0

    async def __call__(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self.used += len(keys)
        assert self.used <= BUDGET[self.task], f"{self.task}: more than {BUDGET[self.task]} keys"
        await self.hero.press(*keys)

    async def say(self, words: str) -> None:
        """Words of one's own, which are not counted."""
        await self.hero.paste(words)

    async def decide(self, key: str) -> None:
        """A key of the Review, once it listens."""
        await self.hero.may_decide()
        await self(key)


def opened(hero: Hero) -> int:
    """Number of the ticket on the desk; 0 for none."""
    desk = hero.app.desk
    return desk.opened.ticket.id if desk is not None and desk.opened is not None else 0


async def at(hero: Hero, ticket_id: int) -> None:
    """The ticket on the desk, however it got there."""
    assert hero.app.desk is not None
    hero.app.desk.open_ticket(ticket_id)
    await hero.until(lambda: opened(hero) == ticket_id)


async def queued(hero: Hero) -> Intent:
    """The one intent that the task put into the outbox."""
    return await one_change(hero)


async def test_the_most_urgent_ticket(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await Fingers(hero, "open the most urgent ticket")("n")
        await hero.waits_for("T2 high priority")


async def test_a_canned_reply_with_pending_and_the_next_ticket(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("n")
        first, press = opened(hero), Fingers(hero, "canned reply, pending, next")
        await press("c", "n", "e", "e", "enter")
        await hero.waits_for("PUBLIC REPLY to")
        await press.say("the browser's version")
        await press("escape")
        await press.decide("y")
        intent = await queued(hero)
        assert isinstance(intent.comment, PublicReply) and intent.changes.status == "pending"
        await hero.until(lambda: opened(hero) not in (0, first), "no next ticket came")


async def test_an_internal_note(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("n")
        press = Fingers(hero, "internal note")
        await press("i")
        await press.say("Looks like the cache.")
        await press("escape")
        await press.decide("y")
        intent = await queued(hero)
        assert isinstance(intent.comment, InternalNote) and intent.changes.status is None


async def test_escalating_with_a_note(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("n")
        press = Fingers(hero, "escalate with a note")
        await press("e", "p", "i", "p", "enter")
        await hero.waits_for("Escalating to Pipeline.")
        await press.say("a look: with an empty cache it is the same, so it may be the worker")
        await press("escape")
        await press.decide("y")
        intent = await queued(hero)
        assert isinstance(intent.comment, InternalNote) and intent.changes.group_id


async def test_an_organization_is_put_right(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await at(hero, mistaken(hero).id)
        press = Fingers(hero, "right organization")
        await press("f")
        await hero.may_answer("because: Admin")
        await press("y")
        assert isinstance((await queued(hero)).deed, PersonOrganization)


async def test_a_community_question_is_answered_there_and_recorded(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await at(hero, shift_.community_question())
        press = Fingers(hero, "community question, recorded")
        await press("r")
        await hero.until(lambda: bool(shift_.browsed), "the question's page was not opened")
        await press("d", "escape")
        await press.decide("y")
        intent = await queued(hero)
        assert isinstance(intent.comment, InternalNote) and shift_.browsed[0] in intent.comment.body


async def test_plan_and_revenue(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        await hero.press("n")
        press = Fingers(hero, "plan and revenue")
        await press("v")
        await hero.waits_for("MRR")


async def test_a_reminder(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n")
        ticket, press = opened(hero), Fingers(hero, "remind me")
        await press("w", "t", "u", "e", "enter")
        journal = hero.app.reading.journal
        await hero.until(lambda: journal is not None and journal.waits.get(ticket) is not None)


async def test_the_reply_just_sent_comes_back(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("n", "r")
        await hero.paste("Hey, wrong version.")
        await hero.reviews()
        await hero.press("y")
        await queued(hero)
        await Fingers(hero, "undo the reply just sent")("u")
        await hero.waits_for("Recalled before sending", "Hey, wrong version.")


def test_every_task_of_the_table_is_played() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert [task for task in BUDGET if source.count(f'"{task}"') < 2] == []
