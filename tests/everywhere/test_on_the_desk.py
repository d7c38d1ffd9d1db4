"""The rules on the running desk, by each path of a hero's hands; nothing reaches the Zendesk.

One session a path: whatever is tried is refused or asked about in the rule's words, and at its end
the outbox is empty.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import datetime

import pytest

from heroterm.cli.mirror_writer import mirror_writer
from heroterm.cli.rules import rulebook
from heroterm.domain.outbox import Changes, Intent, PublicReply
from heroterm.domain.ticket import Macro
from heroterm.paths import locate
from tests.journal.garbage import changed
from tests.robot import at_the_desk
from tests.tui.conftest import Shift
from tests.tui.player import Player

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]

COMMUNITY = "Don't reply to community questions directly from Zendesk"
HOLD = "reply to the ticket to let the customer know"
STEPS = "of the playbook not done"
BLANK = "not filled in"
LIGHT = "Your seat is a light agent"
OTHER = "names another customer"
OWN = "one of our own addresses"
PUBLIC = "its words do not go into a public place"
ANSWER = Macro(9001, "Zzz answer", (("comment_value", "Hey, thanks."), ("status", "pending")))
WAIT = Macro(9002, "Zzz wait", (("status", "hold"),))
SOLVE = Macro(9003, "Zzz solve", (("status", "solved"),))


class Hands(Player):
    """A hero who tries what must not go."""

    async def begins_but_does_nothing(self, ticket: int) -> None:
        """A playbook is open on the ticket, with none of its steps done."""
        await self.goes_to(ticket)
        await self.begins("self")
        await self.press("2")

    @property
    def heard(self) -> list[Intent]:
        """What reached the outbox."""
        self.hero.app.reading.forget()
        return self.hero.app.reading.intents()

    def mail(self) -> int:
        """A ticket of the queue that an answer may be written on, and on which none was."""
        desk = self.hero.app.desk
        assert desk is not None
        for row in self.hero.app.reading.queue(desk.queue.view, 0, 200):
            wish = Intent("x", row.id, self.now, self.now, changes=Changes(status="hold"))
            found = [f.rule for f in desk.parts.check(wish)]
            words = replace(wish, comment=PublicReply("Hey, thanks for asking again today."))
            if found == ["hold-needs-reply"] and not desk.parts.check(words):
                return row.id
        raise AssertionError("no such ticket in the practice world")

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.hero.app.reading.local_now()

    def be(self, role: str) -> None:
        """Another seat from now on."""
        with closing(sqlite3.connect(self.shift.home / "data" / "mirror.db")) as raw, raw:
            raw.execute("update memo set value = ? where key = 'role'", [json.dumps(role)])
        self.hero.app.reading.forget()

    async def reviews(self, words: str) -> None:
        """`r`, the words, Esc."""
        await self.hero.press("r")
        await self.hero.waits_for("REPLY")
        await self.hero.paste(words)
        await self.hero.reviews()

    async def drops(self) -> None:
        """The draft goes to the trash."""
        await self.hero.press("D")
        await self.hero.until(self._closed, "the composer stays open")

    async def refuses(self, words: str) -> None:
        """The Review says why; `y` queues nothing, and the draft goes."""
        await self.hero.waits_for(words)
        await self.hero.may_decide()
        await self.hero.press("y")
        assert self.heard == []
        await self.drops()

    def me(self) -> str:
        """The hero's own address."""
        return self.shift.running.sandbox.email

    def other(self) -> str:
        """A customer's name of several words, in other letters, that is not this ticket's."""
        desk = self.hero.app.desk
        assert desk is not None and desk.opened is not None
        own = desk.opened.ticket.organization_id
        with closing(sqlite3.connect(self.shift.home / "data" / "mirror.db")) as raw:
            found = raw.execute(
                "select name from organization where instr(name, ' ') and id is not ?"
                " and instr(lower(name), 'please assign') = 0",
                [own],
            ).fetchone()
        return str(found[0]).lower()

    def _closed(self) -> bool:
        desk = self.hero.app.desk
        return desk is not None and desk.composer.writing is None

    async def chooses(self, title: str) -> None:
        """A command by its title, from the palette."""
        await self.hero.press("colon")
        await self.hero.paste(title)
        await self.hero.waits_for(title)
        await self.hero.press("enter")

    async def picks(self, keys: Sequence[str], words: str) -> None:
        """Keys, some letters, Enter."""
        await self.hero.press(*keys)
        await self.hero.type(words)
        await self.hero.press("enter")


@asynccontextmanager
async def hands(shift: Shift, macros: Sequence[Macro] = ()) -> AsyncIterator[Hands]:
    """The desk; at the end nothing was queued and nothing sent."""
    if macros:
        where = locate(shift.home, {})
        writer = mirror_writer(where.mirror, rulebook(where))
        writer.save_macros(macros)
        writer.close()
    before = len(shift.ledger())
    async with at_the_desk(shift.parts(hold=600, carrier=False)) as hero:
        made = Hands(hero, shift)
        yield made
        assert made.heard == []
    assert len(shift.ledger()) == before


async def test_by_key(shift_: Shift) -> None:
    async with hands(shift_) as hero:
        await hero.goes_to(shift_.community_question())
        await hero.press("r")
        await hero.hero.waits_for(COMMUNITY)
        await hero.goes_to(hero.mail())
        await hero.picks("s", "hold")
        await hero.hero.waits_for(HOLD)
        await hero.reviews("Hey {{name}}, thanks for telling us about it.")
        await hero.refuses(BLANK)
        await hero.reviews(f"Hey, thanks. It is as with {hero.other()}.")
        await hero.hero.waits_for(OTHER)
        await hero.drops()
        await hero.reviews("Hey, thanks for telling us about it.")
        await hero.press("t")
        await hero.hero.paste(hero.me())
        await hero.press("enter")
        await hero.refuses(OWN)
        hero.be("light")
        await hero.press("r")
        await hero.hero.waits_for(LIGHT)
        await hero.press("escape")
        hero.be("agent")
        await hero.begins_but_does_nothing(shift_.ticket("self_hosted"))
        await hero.picks("s", "solved")
        await hero.hero.waits_for(STEPS)


async def test_by_the_palette(shift_: Shift) -> None:
    async with hands(shift_) as hero:
        await hero.goes_to(shift_.community_question())
        await hero.chooses("Reply to the customer")
        await hero.hero.waits_for(COMMUNITY)
        await hero.goes_to(hero.mail())
        await hero.chooses("Status, with what it does")
        await hero.picks([], "hold")
        await hero.hero.waits_for(HOLD)


@pytest.mark.long
async def test_by_a_macro(shift_: Shift) -> None:
    async with hands(shift_, [ANSWER, WAIT, SOLVE]) as hero:
        await hero.goes_to(shift_.community_question())
        await hero.picks("mm", "zzz answer")
        await hero.hero.may_answer(COMMUNITY)
        await hero.press("y", "escape")
        await hero.goes_to(hero.mail())
        await hero.picks("mm", "zzz wait")
        await hero.hero.may_answer("before")
        await hero.press("y")
        await hero.hero.waits_for(HOLD)
        await hero.press("escape")
        hero.be("light")
        await hero.picks("mm", "zzz answer")
        await hero.hero.waits_for(LIGHT)
        await hero.press("escape")
        hero.be("agent")
        await hero.begins_but_does_nothing(shift_.ticket("self_hosted"))
        await hero.picks("mm", "zzz solve")
        await hero.hero.may_answer("before")
        await hero.press("y")
        await hero.hero.waits_for(STEPS)
        await hero.press("escape")


async def test_in_bulk(shift_: Shift) -> None:
    async with hands(shift_) as hero:
        await hero.press("X")
        await hero.picks("s", "hold")
        await hero.hero.may_answer("LEFT OUT", "reply to the ticket to let")
        await hero.press("escape")
        hero.be("light")
        await hero.press("c")
        await hero.hero.waits_for("Approved for many")
        await hero.press("enter")
        await hero.hero.may_answer("LEFT OUT", LIGHT)
        await hero.press("y", "escape")


async def test_by_a_playbook(shift_: Shift) -> None:
    async with hands(shift_) as hero:
        hero.be("light")
        await hero.goes_to(shift_.ticket("self_hosted"))
        await hero.begins("self")
        await hero.answers("1 Do they really", "y")
        await hero.at("2 Politely direct them")
        await hero.press("enter")
        await hero.hero.until(hero._may_queue, "nothing is under review")
        await hero.refuses(LIGHT)


async def test_a_row_that_was_changed_by_hand_waits_in_the_outbox_and_gives_its_words_back(
    shift_: Shift,
) -> None:
    async with hands(shift_) as hero:
        await hero.goes_to(hero.mail())
        await hero.press("i")
        await hero.hero.paste("Looked at the logs with Kim.")
        await hero.hero.reviews()
        await hero.press("y")
        await hero.hero.waits_for("outbox 1 held")
        changed(shift_.home / "data" / "journal.db", "intent", "changes", "not json")
        await hero.press("6")
        await hero.hero.waits_for("D discard", "was changed from outside")
        await hero.press("D")
        await hero.hero.waits_for("is discarded; its words are kept")
        await hero.press("escape", "i")
        await hero.hero.waits_for("Looked at the logs with Kim.")
