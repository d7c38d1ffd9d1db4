"""A hero who plays playbooks line by line, on a practice Zendesk in memory, at one desk or two."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from heroterm.cli.invocation import Invocation
from heroterm.config import Account, Config
from heroterm.config.writing import write_account
from heroterm.sandbox import customers, openings, shift
from heroterm.sandbox.materials import Topic
from heroterm.sandbox.shift import Sandbox
from heroterm.zendesk.auth import Token
from heroterm.zendesk.client import Zendesk
from tests.cli.door import Answer, Door
from tests.conftest import NOW
from tests.filled import made_once
from tests.sync.test_practice_desk import Line

URL = "http://127.0.0.1:9"
HELD = 30
"""Seconds after which what was queued has left the hold."""
SHIFT = 44
"""Tickets: the scripted ones and a few more."""


@dataclass
class Hero:
    """One desk. `play` answers questions, `carry` lets the outbox and the mirror go."""

    door: Door
    sandbox: Sandbox
    patch: pytest.MonkeyPatch
    home: Path

    def verb(self, *words: str) -> Answer:
        return self.door(*words, "--home", str(self.home))

    def verb_json(self, *words: str) -> Any:
        answer = self.verb(*words, "--json")
        assert answer.code == 0, answer.out + answer.err
        return answer.document

    def type(self, *lines: str) -> None:
        self.patch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    def sits_down(self) -> Hero:
        """Make the home of this desk and fill its mirror."""
        (self.home / "config").mkdir(parents=True)
        write_account(self.home / "config/config.toml", Account(url=URL, email=self.sandbox.email))
        self.sync()
        return self

    def sync(self) -> None:
        answer = self.verb("sync", "--once")
        assert answer.code == 0, answer.err

    def pass_time(self, seconds: float) -> None:
        """Turn the clocks of the desk and of the practice Zendesk."""
        self.door.now += timedelta(seconds=seconds)
        self.sandbox.world.clock.advance(seconds)

    def carry(self) -> None:
        """Let everything that is held be sent, and what came of it be mirrored."""
        for _ in range(3):
            self.pass_time(HELD)
            self.sync()

    def play(self, playbook: str, ticket: int, *lines: str) -> Answer:
        self.type(*lines)
        answer = self.verb("playbook", "run", playbook, str(ticket), "--plain")
        return answer

    def plays(self, playbook: str, ticket: int, *lines: str) -> str:
        """Play lines of which none is refused; what was printed."""
        answer = self.play(playbook, ticket, *lines)
        assert answer.code == 0, answer.out + answer.err
        return answer.out

    def refused(self, playbook: str, ticket: int, *lines: str) -> str:
        """Play lines of which the last is refused; the sentence that says why."""
        answer = self.play(playbook, ticket, *lines)
        assert answer.code == 1, answer.out + answer.err
        told = [line for line in answer.out.splitlines() if "REFUSED" in line]
        return told[-1] if told else answer.err

    # The practice Zendesk.

    def ticket(self, name: str) -> int:
        return int(self.sandbox.world.named[name])

    def say(self, ticket: int, author: str, body: str, **how: Any) -> int:
        """Somebody writes; the number of the message."""
        self.pass_time(60)
        world = self.sandbox.world
        held = customers.say(world, world.tickets[ticket], author, body, **how)
        self.pass_time(60)
        self.sync()
        return world.thread(held).comments[-1].id

    def owner_of(self, ticket: int) -> Any:
        """The user who owns the account that the ticket's requester belongs to."""
        world = self.sandbox.world
        requester = world.users[world.tickets[ticket].requester_id]
        key = requester.true_organization_id or requester.organization_id
        owner = world.organizations[key or 0].owner_id
        return world.users[owner or 0]

    def requester_of(self, ticket: int) -> Any:
        world = self.sandbox.world
        return world.users[world.tickets[ticket].requester_id]

    def newest(self) -> Any:
        """The ticket that was made last."""
        return self.sandbox.world.tickets[max(self.sandbox.world.tickets)]

    def words_on(self, ticket: int) -> list[tuple[bool, str]]:
        """Whether public, and the words, of every message that was written by the hero."""
        world = self.sandbox.world
        comments = world.thread(world.tickets[ticket]).comments
        return [(c.public, c.body) for c in comments if c.author_id == world.hero_id]

    def writes(self) -> list[tuple[str, str]]:
        """Method and path of every write that took effect, in order."""
        entries = self.sandbox.app.ledger.entries
        return [(e.method, e.path) for e in entries if e.applied]

    def ledger(self) -> list[str]:
        """Every write that took effect, in order: where to, its words' kind, the status it set."""
        return [
            _told(e.method, e.path, e.body) for e in self.sandbox.app.ledger.entries if e.applied
        ]

    def question(self) -> int:
        """A community question comes in."""
        world = self.sandbox.world
        asker = next(u for u in world.users.values() if u.role == "end-user")
        topic = Topic("analytics", "support", "low", "How to mask inputs?", "How do I do that?")
        ticket = customers.arrive(world, openings.community(topic), asker, None, "low")
        self.pass_time(60)
        self.sync()
        return ticket.id

    def status(self, ticket: int) -> str:
        return str(self.sandbox.world.tickets[ticket].status)


@pytest.fixture
def hero(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Hero:
    """A hero at a synced desk; danger steps do not make the tests wait."""
    sandbox = shift.build(seed=1, tickets=SHIFT, clock=NOW, now=lambda: NOW)

    def signed_in(call: Invocation, config: Config) -> Zendesk:
        who = Token(sandbox.email, sandbox.token)
        return Zendesk(URL, who, clock=call.clock, transport=Line(sandbox.app))

    monkeypatch.setattr("heroterm.cli.carrying.zendesk", signed_in)
    monkeypatch.setattr("heroterm.cli.playbook_plain.DEAF_SECONDS", 0.0)

    def sits_down(home: Path) -> Hero:
        """The first hero fills a home for all: their worlds are alike."""
        return Hero(Door(capsys), sandbox, monkeypatch, home).sits_down()

    shutil.copytree(made_once(tmp_path_factory, "playing", sits_down), tmp_path / "one")
    return Hero(Door(capsys), sandbox, monkeypatch, tmp_path / "one")


def _told(method: str, path: str, body: Any) -> str:
    """`PUT tickets/7: reply, pending`; what else is set is named."""
    (noun,) = body
    wanted = dict(body[noun])
    for plumbing in ("metadata", "safe_update", "updated_stamp"):
        wanted.pop(plumbing, None)
    comment = wanted.pop("comment", None)
    said = [] if comment is None else ["reply" if comment["public"] else "note"]
    status = wanted.pop("status", None)
    said += [status] if status else []
    return f"{method} {path.removeprefix('/api/v2/')}: {', '.join([*said, *sorted(wanted)])}"
