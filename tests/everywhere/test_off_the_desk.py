"""The rules by the paths without a screen: verbs, the shift line by line, rows edited by hand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from heroterm.cli import main
from heroterm.cli.invocation import Invocation
from heroterm.cli.plain_shift import PlainShift
from heroterm.domain.outbox import Changes
from heroterm.journal.changes import changes_text
from tests.cli.conftest import ANA, JO, Home, type_in
from tests.cli.door import Door
from tests.everywhere.hands import Team, begin_run, other_customer
from tests.everywhere.homes import prepared
from tests.everywhere.rows import REPLY, Row, intent
from tests.everywhere.table import RULES, Walk
from tests.journal.garbage import changed
from tests.tui.conftest import Shift

WORLD = Row("refuse", intent(comment=REPLY), warned=True, running=True)
"""A playbook runs on 101, 106 is a community question, Acme's content may offend."""
OTHER = "It is as with Cove Analytics."


def waiting(door: Door) -> list[str]:
    """What is in the outbox."""
    return [each["intent"] for each in door.json("outbox", "list")["intents"]]


# The verbs.


def seat(home: Home, role: str = "agent", me: int = ANA.id) -> None:
    """Who is signed in, in which seat."""
    writer = home.writer()
    writer.remember(role=role, user_id=me)
    writer.close()


def refused(door: Door, walk: Walk, rule: str, *words: str) -> str:
    """A verb that is refused: exit code 1, the rule's words, something to do, nothing queued."""
    wanted, answer = walk.tries(rule), door(*words, "--json")
    error = answer.document["error"]
    assert (answer.code, error["exit_code"]) == (1, 1)
    assert wanted.say in error["say"] and error["remedy"] and error["rule"] in wanted.names
    assert waiting(door) == []
    return str(error["rule"])


def goes_with_yes(door: Door, rule: str, *words: str) -> None:
    """The same words with a yes are queued; then they are recalled."""
    assert door(*words, "--anyway", rule, "--json").code == 0
    (queued,) = waiting(door)
    assert door("outbox", "discard", queued).code == 0


def test_by_the_command_line(door: Door, home: Home) -> None:
    prepared(home, WORLD)
    walk = Walk("cli")
    refused(door, walk, "community", "reply", "106", "--body", "Hey.")
    refused(door, walk, "hold", "set", "102", "--status", "hold")
    refused(door, walk, "steps", "reply", "101", "--body", "Done.", "--status", "solved")
    refused(door, walk, "blank", "reply", "102", "--body", "Hey {{name}}.")
    refused(door, walk, "public place", "bug", "101")
    copied = ("reply", "102", "--body", "Hey.", "--cc", ANA.email or "")
    refused(door, walk, "own address", *copied)
    named = ("reply", "102", "--body", OTHER)
    goes_with_yes(door, refused(door, walk, "other customer", *named), *named)
    seat(home, me=JO.id)
    answered = ("reply", "103", "--body", "Hey.")
    goes_with_yes(door, refused(door, walk, "own address", *answered), *answered)
    seat(home, role="light")
    refused(door, walk, "light", "reply", "102", "--body", "Hey.")
    walk.done()


# Line by line.


@dataclass
class Talk:
    """A plain shift that is talked to; `run` does its verbs."""

    door: Door
    lines: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __call__(self, *lines: str) -> str:
        """Type lines; everything that was said."""
        self.lines, self.said = list(lines), []
        call = Invocation(self.door.clock, self.door.new_id)
        PlainShift(call, self._run, self._ask, self.said.append).play()
        return "\n".join(self.said)

    def _ask(self, prompt: str) -> str | None:
        self.said.append(prompt)
        return self.lines.pop(0) if self.lines else None

    def _run(self, words: Sequence[str]) -> int:
        answer = self.door(*words)
        self.said.append(answer.out + answer.err)
        return answer.code


def test_line_by_line(door: Door, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(home, WORLD)
    form = '[[step]]\nid = "one"\nkind = "link"\ntext = "Report it."\noffer = "bug-form"\n'
    Team(playbooks={"form": form}).writes(home.paths.config.parent)
    walk, talk = Walk("plain shift"), Talk(door)

    def refuses(rule: str, instead: str, *lines: str) -> None:
        said = talk(*lines)
        assert walk.tries(rule).say in said and instead in said, said
        assert "REFUSED" in said and waiting(door) == []

    def asks(rule: str, instead: str, *lines: str) -> None:
        said = talk(*lines, "no")
        assert walk.tries(rule).say in said and instead in said, said
        assert "QUESTION" in said and waiting(door) == []
        talk(*lines, "yes")
        (queued,) = waiting(door)
        assert door("outbox", "discard", queued).code == 0

    refuses("community", "then d records it", "o 106", "y", "r")
    refuses("hold", "r tells the customer", "o 102", "y", "s hold")
    refuses("steps", "p NAME goes on with it", "o 101", "y", "s solved")
    refuses("blank", "c NAME asks for its blanks", "o 102", "y", "r", "Hey {{x}}.", ".", "")
    asks("other customer", "Take the name out", "o 103", "y", "r", OTHER, ".", "", "y")
    seat(home, me=JO.id)
    asks("own address", "t shows who really wrote", "o 104", "y", "r", "Hey.", ".", "", "y")
    seat(home, role="light")
    refuses("light", "i writes it as a note", "o 102", "y", "r")
    seat(home)
    type_in(monkeypatch, "")
    said = talk("o 102", "y", "p zzz-form")
    rule = walk.tries("public place")
    assert rule.say in said and rule.key in said and "github.com" not in said, said
    walk.done()


# Rows.


@dataclass
class Rows:
    """Harmless notes in the outbox, whose rows somebody changes by hand."""

    shift: Shift
    run: Callable[..., dict[str, object]]

    def note(self, ticket: int, **columns: object) -> str:
        """A note on a ticket, changed so; its id."""
        made = self.run("note", str(ticket), "--body", "Looked at it.", "--hold", "600")
        for name, value in columns.items():
            where = f"id = '{made['intent']}'"
            changed(self.shift.home / "data/journal.db", "intent", name, str(value), where)
        return str(made["intent"])

    def why(self) -> dict[str, tuple[str, str]]:
        """State and reason of every intent."""
        told = self.run("outbox", "list", "--all")["intents"]
        assert isinstance(told, list)
        return {each["intent"]: (each["state"], each["why"]) for each in told}


def open_mails(shift: Shift) -> Iterator[int]:
    """Open tickets that came by mail."""
    with closing(sqlite3.connect(shift.home / "data/mirror.db")) as raw:
        rows = raw.execute("select id from ticket where status = 'open' and source = 'mail'")
        yield from [row[0] for row in rows.fetchall()]


def be_light(shift: Shift) -> None:
    """The seat is that of a light agent."""
    with closing(sqlite3.connect(shift.home / "data/mirror.db")) as raw, raw:
        raw.execute("update memo set value = ? where key = 'role'", [json.dumps("light")])


def test_by_a_row_that_was_edited_by_hand(
    shift_: Shift, capsys: pytest.CaptureFixture[str]
) -> None:
    """Past the desk and its triggers: the push to the practice Zendesk meets every rule."""

    def run(*words: str) -> dict[str, object]:
        capsys.readouterr()
        main([*words, "--json"])
        return dict(json.loads(capsys.readouterr().out))

    rows, walk, mails = Rows(shift_, run), Walk("hand-edited row"), open_mails(shift_)
    public, running = {"comment_kind": "public_reply"}, begin_run(shift_)
    tried = {
        "community": rows.note(shift_.community_question(), **public),
        "hold": rows.note(next(mails), changes=changes_text(Changes(status="hold"))),
        "steps": rows.note(running, changes=changes_text(Changes(status="solved")), **public),
        "blank": rows.note(next(mails), body="Hey {{name}}.", **public),
        "own address": rows.note(
            next(mails),
            changes=changes_text(Changes(add_ccs=(shift_.running.sandbox.email,))),
            **public,
        ),
        "other customer": rows.note(
            next(mails), body=f"It is as with {other_customer(shift_.home)}.", **public
        ),
    }
    run("outbox", "send")
    be_light(shift_)
    tried["light"] = rows.note(next(mails), **public)
    run("outbox", "send", tried["light"])
    found = rows.why()
    for rule, name in tried.items():
        state, why = found[name]
        assert state == "needs_you" and walk.tries(rule).say in why, (rule, state, why)
    assert shift_.ledger() == []
    with closing(sqlite3.connect(shift_.home / "data/mirror.db")) as raw, raw:
        raw.execute("update memo set value = ? where key = 'role'", [json.dumps("agent")])
    (asks,) = RULES["other customer"].names
    run("outbox", "send", tried["other customer"], "--anyway", asks)
    assert rows.why()[tried["other customer"]][0] == "sent" and len(shift_.ledger()) == 1
    walk.done()
