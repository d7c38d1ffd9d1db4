from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from heroterm.cli.carrying import _rules
from heroterm.cli.invocation import Invocation
from heroterm.cli.rules import RuleCheck, rulebook
from heroterm.domain import rules
from heroterm.domain.findings import Finding, asked_by
from heroterm.domain.outbox import Intent
from heroterm.domain.ticket import Audit
from heroterm.journal.database import open_journal
from heroterm.mirror.reader import Mirror
from heroterm.sync.push import Push
from heroterm.tui.doing import bulk, queueing
from tests.cli.conftest import JO, TICKETS, Home
from tests.cli.door import Door
from tests.conftest import NOW
from tests.everywhere.homes import HELD, prepared
from tests.everywhere.rows import DOORS, PATHS, ROWS, WORDS_IN_PUBLIC, Row, rule_of
from tests.sync.model import Zendesk

PACKAGE = Path(rules.__file__).parent.parent


def names() -> Iterator[str]:
    """Every finding that the rules can make, by its name."""
    for path in (PACKAGE / "domain").glob("rules_of_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding":
                yield node.args[0].value  # type: ignore[attr-defined]


def test_each_rule_has_a_row() -> None:
    tried = {rule_of(name) for name in ROWS}
    assert set(names()) == tried | WORDS_IN_PUBLIC.keys()
    assert not tried & WORDS_IN_PUBLIC.keys()


def test_intents_are_put_in_known_places_only() -> None:
    found = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*.py")
        if re.search(r"outbox\.put(_all)?\(|runs\.(append|put)\(", path.read_text(encoding="utf-8"))
    }
    assert found == DOORS.keys()
    assert set(DOORS.values()) <= set(PATHS.values())


@pytest.mark.parametrize("name", ROWS)
def test_the_desk_meets_the_rule_whatever_key_led_there(home: Home, name: str) -> None:
    row, rule = ROWS[name], rule_of(name)
    prepared(home, row)
    found = {f.rule: f.level for f in RuleCheck(home.paths, lambda: NOW, row.own)(row.intent)}
    assert found.get(rule) == row.level


@pytest.mark.parametrize("rule", [name for name, row in ROWS.items() if row.level != "advice"])
def test_the_desks_door_stays_shut(rule: str) -> None:
    """What macro, bulk and playbook call: it asks by itself, whoever forgot to."""
    told: list[str] = []
    finding = Finding(rule_of(rule), ROWS[rule].level, "No.", "Do this instead.")  # type: ignore[arg-type]
    desk: Any = SimpleNamespace(
        parts=SimpleNamespace(check=lambda intent: [finding]),
        tell=lambda words, severity: told.append(words),
        filled=lambda words: words,
    )
    queueing.put(desk, ROWS[rule].intent)
    assert told == ["No. Do this instead."]


@pytest.mark.parametrize("rule", [name for name, row in ROWS.items() if row.level != "advice"])
def test_a_bulk_change_leaves_the_ticket_out_and_says_why(rule: str) -> None:
    finding = Finding(rule_of(rule), ROWS[rule].level, "Because.", "Do this.")  # type: ignore[arg-type]
    desk: Any = SimpleNamespace(
        parts=SimpleNamespace(check=lambda intent: [finding]),
        reading=SimpleNamespace(row=lambda ticket_id: None),
    )
    planned = bulk._checked(desk, ROWS[rule].intent, TICKETS[0], "reply")
    assert planned.intent is None and "Because." in planned.why


@pytest.mark.parametrize("rule", [name for name, row in ROWS.items() if row.cli])
def test_the_command_line_meets_the_rule(door: Door, home: Home, rule: str) -> None:
    row = ROWS[rule]
    prepared(home, row)
    answer = door(*row.cli, "--json")
    assert answer.code == 1 and answer.document["error"]["rule"] == rule_of(rule)
    assert door.json("outbox", "list", "--all")["intents"] == []


def server_of(row: Row) -> Zendesk:
    """A Zendesk that holds the same tickets as the mirror."""
    server = Zendesk(now=NOW)
    server.homes[JO.id] = 70
    for each in HELD:
        server.tickets_by_id[each.id] = each
        server.audits_by_ticket[each.id] = [Audit(1, each.updated_at, JO.id)]
    return server


def pushed(home: Home, row: Row, intent: Intent) -> tuple[Zendesk, Intent]:
    """A row that somebody wrote into the file by hand, carried by the real push and rules."""
    call = Invocation(lambda: NOW, lambda: "x")
    call.home = os.environ["HEROTERM_HOME"]
    server, mirror = server_of(row), Mirror(home.paths.mirror)
    journal = open_journal(home.paths.journal, clock=lambda: NOW)
    try:
        book = rulebook(home.paths)
        check = _rules(call, lambda: book, mirror, journal, row.own)
        journal.outbox.put(intent)
        push = Push(server, journal, lambda: NOW, check=check)
        list(push.steps())
        found = journal.outbox.get(intent.id)
        assert found is not None
        return server, found
    finally:
        journal.close()
        mirror.close()


@pytest.mark.parametrize("rule", ROWS)
def test_a_row_that_was_edited_by_hand_meets_the_rule_before_it_leaves(
    home: Home, rule: str
) -> None:
    """A refusal holds whatever the row's overrides say; a question that stands in them is
    answered.
    """
    row = ROWS[rule]
    prepared(home, row)
    server, found = pushed(home, row, replace(row.intent, overrides=(rule_of(rule), "collision")))
    written = [*server.puts, *server.made, *server.moves]
    if row.level == "refuse":
        assert (found.state, written) == ("needs_you", []), found.why
    else:
        assert found.state == "sent" and len(written) == 1, found.why


@pytest.mark.parametrize("rule", [name for name, row in ROWS.items() if row.level == "ask"])
def test_a_row_whose_question_nobody_answered_waits_for_a_person(home: Home, rule: str) -> None:
    row = ROWS[rule]
    prepared(home, row)
    server, found = pushed(home, row, replace(row.intent, overrides=("collision",)))
    assert (found.state, server.puts, server.made) == ("needs_you", [], []), found.why
    assert asked_by(found.why) == (rule_of(rule),)


@pytest.mark.parametrize(
    ("rule", "words"), [(r, w) for r, all_ in WORDS_IN_PUBLIC.items() for w in all_]
)
def test_no_verb_gives_words_for_a_public_place(
    door: Door, home: Home, rule: str, words: tuple[str, ...]
) -> None:
    prepared(home, Row("refuse", ROWS["content-warning"].intent, warned=True))
    answer = door(*words, "--json")
    assert answer.code == 1 and answer.document["error"]["rule"] == rule
    assert "Funnel" not in answer.out
