"""The hands of a hero who tries what must not go, and a desk on which it can be tried."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from heroterm.cli.mirror_writer import mirror_writer
from heroterm.cli.rules import rulebook
from heroterm.domain.outbox import Changes, Intent, PublicReply
from heroterm.domain.playbook_run import Run, hash_of
from heroterm.domain.ticket import Macro
from heroterm.journal.database import open_journal
from heroterm.paths import locate
from tests.everywhere.table import Rule, Walk
from tests.filled import wall_clock
from tests.robot import at_the_desk
from tests.tui.conftest import Shift
from tests.tui.player import Player

THANKS = "Hey, thanks for telling us about it."


@dataclass
class Hands(Player):
    """A hero who tries what must not go; `walk` is told of each rule that is tried."""

    walk: Walk = field(default_factory=lambda: Walk(""))
    agreed: set[str] = field(default_factory=set)
    """Intents that went into the outbox after a yes, and were meant to."""
    mails: Iterator[int] = field(default_factory=lambda: iter(()))
    """Tickets that an answer may be written on, and on which none was; each is given once."""

    def __post_init__(self) -> None:
        self.mails = self._mails()

    # What stands on the desk and below it.

    @property
    def heard(self) -> list[Intent]:
        """What is in the outbox, but for what was agreed to."""
        self.hero.app.reading.forget()
        return [one for one in self.hero.app.reading.intents() if one.id not in self.agreed]

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.hero.app.reading.local_now()

    def me(self) -> str:
        """The hero's own address."""
        return self.shift.running.sandbox.email

    def be(self, role: str) -> None:
        """Another seat from now on."""
        self._mirror("update memo set value = ? where key = 'role'", json.dumps(role))

    def asked_in_public(self, ticket: int) -> int:
        """Zendesk found out that the ticket is a community question; its number."""
        self._mirror("update ticket set source = 'community' where id = ?", ticket)
        return ticket

    def asked_by_ourselves(self, ticket: int) -> int:
        """The requester of a ticket has an address of our own; its number."""
        whose = "(select requester_id from ticket where id = ?)"
        self._mirror(f"update person set email = ? where id = {whose}", self.me(), ticket)
        return ticket

    def _mirror(self, sql: str, *values: object) -> None:
        with closing(sqlite3.connect(self.shift.home / "data" / "mirror.db")) as raw, raw:
            assert raw.execute(sql, values).rowcount == 1
        self.hero.app.reading.forget()

    def _mails(self) -> Iterator[int]:
        desk = self.hero.app.desk
        assert desk is not None
        for row in self.hero.app.reading.queue(desk.queue.view, 0, 200):
            wish = Intent("x", row.id, self.now, self.now, changes=Changes(status="hold"))
            found = [f.rule for f in desk.parts.check(wish)]
            words = Intent("x", row.id, self.now, self.now, comment=PublicReply(THANKS))
            if found == ["hold-needs-reply"] and not desk.parts.check(words):
                yield row.id

    def of_no_organization(self, ticket: int) -> int:
        """The ticket has no organization, so that no name of one can be filled in; its number."""
        self._mirror("update ticket set organization_id = null where id = ?", ticket)
        return ticket

    @property
    def here(self) -> int:
        """The open ticket."""
        desk = self.hero.app.desk
        assert desk is not None and desk.opened is not None
        return desk.opened.ticket.id

    # What the hands do.

    async def goes_to(self, ticket: int) -> None:
        """The ticket is open and has the focus; no part of what is tried."""
        desk = self.hero.app.desk
        assert desk is not None and desk.open_ticket(ticket)
        desk.focus_pane("thread")
        await self.hero.pilot.pause()

    async def goes_to_a_mail(self) -> int:
        """Another ticket that may be answered; its number."""
        ticket = next(self.mails)
        await self.goes_to(ticket)
        return ticket

    async def picks(self, *keys: str, words: str) -> None:
        """Keys, some letters in the list that comes, Enter."""
        await self.hero.press(*keys)
        await self.hero.paste(words)
        await self.hero.press("enter")

    async def chooses(self, title: str) -> None:
        """What the palette calls so."""
        await self.picks("colon", words=title)

    async def marks(self, *tickets: int) -> None:
        """Mark these in the queue."""
        desk = self.hero.app.desk
        assert desk is not None
        for ticket in tickets:
            await self.goes_to(ticket)
            await self.press("1", "space")
        assert set(desk.queue.marked) == set(tickets)

    async def applies(self, macro: str) -> None:
        """The macro of this title, looked at and agreed to."""
        await self.picks("m", "m", words=macro)
        await self.hero.may_answer("esc leave everything as it is")
        await self.press("y")

    async def writes_by(self, macro: str) -> None:
        """A macro with words, and the Review of them."""
        await self.applies(macro)
        await self.reviews()

    async def reviews(self) -> None:
        """What a macro, a canned reply or a step puts there, in the Review."""
        await self.hero.until(lambda: self.writing, "the words never stood there")
        await self.hero.reviews()

    async def plays(self, playbook: str) -> None:
        """A playbook of this title, and Enter on its step."""
        await self.picks("p", words=playbook)
        await self.hero.waits_for("1 Do it")
        await self.press("enter")

    async def writes_it(self, words: str, key: str = "r") -> None:
        """`r`, the words, Esc."""
        await self.hero.press(key)
        await self.hero.paste(words)
        await self.hero.reviews()

    async def drops(self) -> None:
        """The draft goes to the trash."""
        await self.hero.press("D")
        await self.hero.until(lambda: not self.writing, "the composer stays open")

    @property
    def writing(self) -> bool:
        desk = self.hero.app.desk
        return desk is not None and desk.composer.writing is not None

    # What is heard.

    async def told(self, rule: Rule, key: str = "") -> None:
        """The rule is on the screen with the next key; nothing is queued, nothing is written."""
        await self.hero.waits_for(rule.say, key or rule.key)
        assert self.heard == []

    async def turned_away(self, rule: Rule, key: str = "") -> None:
        """The same, and before a word was written."""
        await self.told(rule, key)
        assert not self.writing

    async def leaves_out(self, rule: Rule, *tickets: int) -> None:
        """The preview of a bulk change leaves these tickets out, in the rule's words."""
        await self.hero.may_answer("LEFT OUT", rule.say)
        lines = self.hero.screen().splitlines()
        for ticket in tickets:
            (line,) = (line for line in lines if re.search(rf"│.{{1,2}}#{ticket} ", line))
            assert "LEFT OUT" in line and rule.say in line, line
        assert self.heard == []

    async def may_not_queue(self, rule: Rule, key: str = "") -> None:
        """The Review says why not; `y` queues nothing, and the draft goes."""
        await self.told(rule, key)
        await self.hero.may_decide()
        await self.hero.press("y")
        assert self.heard == []
        await self.drops()

    async def is_asked(self, rule: Rule, ticket: int) -> None:
        """`y` in the Review asks, and only after a yes it goes."""
        await self.told(rule)
        await self.says("y", rule)
        await self.hero.until(lambda: len(self.heard) == 1, "it does not go after yes")
        (intent,) = self.heard
        assert intent.ticket_id == ticket and set(rule.names) & set(intent.overrides)
        self.agreed.add(intent.id)

    async def says(self, answer: str, rule: Rule) -> None:
        """`y` in the Review, and the answer to what is asked then."""
        await self.hero.may_decide()
        await self.hero.press("y")
        await self.hero.may_answer("queue it all the same", rule.say)
        assert self.heard == []
        await self.hero.press(answer)


@dataclass(frozen=True)
class Team:
    """What a team wrote for itself before the shift: macros of Zendesk, replies, playbooks."""

    macros: Sequence[Macro] = ()
    replies: dict[str, str] = field(default_factory=dict)
    """Words by name; those that begin with `many` may go to many."""
    playbooks: dict[str, str] = field(default_factory=dict)
    """Steps by name."""

    def writes(self, home: Path) -> None:
        """Everything into its place."""
        where = locate(home, {})
        for name, words in self.replies.items():
            bulk = "bulk = true\n" if name.startswith("many") else ""
            head = f'+++\ntitle = "Zzz {name}"\nkind = "public_reply"\n{bulk}+++\n'
            _put(where.rules / "replies" / f"zzz-{name}.md", f"{head}{words}\n")
        for name, steps in self.playbooks.items():
            _put(where.rules / "playbooks" / f"zzz-{name}.toml", f'title = "Zzz {name}"\n{steps}')
        if self.macros:
            writer = mirror_writer(where.mirror, rulebook(where))
            writer.save_macros(self.macros)
            writer.close()


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def other_customer(home: Path) -> str:
    """Another customer's name of several words, in other letters, of whom no ticket is open."""
    with closing(sqlite3.connect(home / "data" / "mirror.db")) as raw:
        found = raw.execute(
            "select name from organization where instr(name, ' ')"
            " and instr(lower(name), 'please assign') = 0 and id not in"
            " (select organization_id from ticket where organization_id is not null"
            " and status in ('new', 'open'))"
        ).fetchone()
    return str(found[0]).lower()


def as_with(shift: Shift) -> str:
    """A reply that names another customer."""
    return f"{THANKS} It is as with {other_customer(shift.home)}."


def begin_run(shift: Shift) -> int:
    """A playbook runs on a ticket, and none of its steps is done; the ticket's number."""
    where, ticket = locate(shift.home, {}), shift.ticket("self_hosted")
    playbook = rulebook(where).playbook("self-hosted")
    assert playbook is not None
    journal = open_journal(where.journal, clock=wall_clock)
    text = playbook.text
    run = Run("r", playbook, hash_of(text), text, ticket, wall_clock(), "Ana")
    assert journal.runs.begin(run)
    journal.close()
    return ticket


@asynccontextmanager
async def hands(
    shift: Shift, path: str, team: Team | None = None, size: tuple[int, int] = (120, 32)
) -> AsyncIterator[Hands]:
    """The desk on which a path is walked, with a playbook under way on one ticket; at the end
    nothing was queued, nothing sent, and no rule is missing.
    """
    begin_run(shift)
    if team is not None:
        team.writes(shift.home)
    before = len(shift.ledger())
    async with at_the_desk(shift.parts(hold=600, carrier=False), size=size) as hero:
        made = Hands(hero, shift, walk=Walk(path))
        yield made
        assert made.heard == []
    assert len(shift.ledger()) == before
    assert shift.browsed == [] or all("github" not in url for url in shift.browsed)
    made.walk.done()
