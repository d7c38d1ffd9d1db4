"""What `--json` prints is what `heroterm help json` says: every verb, key by key, both ways."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from heroterm.cli.document_shapes import PLAIN, mistakes, of_shape, shapes
from heroterm.cli.front import VERBS, front
from heroterm.domain.rotation import Rota, Turn
from heroterm.paths import locate
from tests.cli.conftest import Home
from tests.cli.door import Door
from tests.conftest import NOW
from tests.everywhere.homes import running
from tests.journal.garbage import changed

UNSPOKEN = {
    "demo": "opens the screen",
    "carry": "the screen's own child",
    "sandbox": "its first line; held by tests/sandbox",
    "shift": "speaks with a person, line by line",
    "keys probe": "reads keys from a terminal",
    "playbook run": "held below, with --rehearse",
}
"""Verbs without a document of this kind, and why."""


def verbs() -> list[str]:
    """Every verb and every word of a group."""
    import click

    found = []
    for name in VERBS:
        made = front.get_command(click.Context(front), name)
        inner = list(made.commands) if isinstance(made, click.Group) else []
        found += [f"{name} {word}" for word in inner] or [name]
    return found


def test_every_verb_has_a_page() -> None:
    told = shapes()
    missing = [name for name in verbs() if name not in told and name not in UNSPOKEN]
    assert missing == []


def test_every_kind_that_is_named_exists() -> None:
    wrong = []
    for name, keys in shapes().items():
        for key, said in keys.items():
            kind = said.partition(": ")[0].removesuffix(" (maybe)")
            bare = kind.replace("[]", "").replace("?", "")
            if bare not in PLAIN and bare not in shapes():
                wrong.append(f"{name}.{key}: {kind}")
    assert wrong == []


def right(told: Any, name: str) -> None:
    """The document is what its page says, nothing more and nothing less."""
    assert told.pop("schema") == 1
    found = list(of_shape(told, name, name))
    assert not found, "\n".join(found[:20])


@pytest.fixture
def said(door: Door, capsys: Any) -> Any:
    """Runs a verb and holds its document against a page; exit codes up to `most` will do."""

    def run(name: str, *words: str, most: int = 0) -> Any:
        answer = door(*name.split(" "), *words, "--json")
        assert answer.code <= most, answer.out + answer.err
        document = answer.document
        right(dict(document), name)
        return document

    return run


def test_what_only_reads(home: Home, door: Door, said: Any, own_home: Path, tmp_path: Path) -> None:
    monday, then = NOW.replace(day=9), NOW.replace(day=16)
    week = (Turn("Ana", NOW, monday), Turn("Lee", monday, then))
    writer = home.writer()
    writer.remember(rota=Rota("PagerDuty: Heroes", week, NOW))
    writer.close()
    where = locate(own_home, os.environ).make()
    where.config_file.write_text('[rotation]\nschedule = "PHEROES"\n')
    said("queue", "--all")
    said("next", "--explain")
    said("search", "funnel")
    said("bug", "101")
    said("feature", "101")
    said("tally", "--all")
    said("show", "101", "--events")
    said("rotation")
    said("brief")
    said("stats")
    said("doctor", "--offline", most=3)
    for name in ("config path", "config show", "config check", "keys list", "keys check",
                 "themes list", "themes check", "canned list", "canned lint", "playbook lint",
                 "playbook list", "playbook runs", "help", "man"):  # fmt: skip
        said(name)
    said("config show", "--origin")
    said("canned show", "looking-into-it")
    said("playbook show", "twofa-removal")
    said("completion", "zsh")
    said("export", "--out", str(tmp_path / "export"))
    said("handover", "--out", str(tmp_path / "pack"), "--passed", "101=Lee")
    said("takeover", str(tmp_path / "pack" / "handover.json"))


def test_what_writes(home: Home, door: Door, said: Any) -> None:
    first = said("reply", "101", "--body", "Hey Jo, looking into it.", "--hold", "600")
    said("note", "101", "--body", "Looked.", "--hold", "600")
    said("set", "101", "--priority", "high", "--hold", "600")
    said("new", "--to", "jo@acme.example.com", "--subject", "Hello", "--body", "Hey Jo, hello.")
    said("outbox list")
    said("outbox hold", first["intent"])
    said("outbox recall", first["intent"])
    second = said("note", "101", "--body", "Again.", "--hold", "600")
    said("outbox discard", second["intent"])
    running(home)
    changed(home.paths.journal, "run", "definition", "title = 7")
    said("playbook runs")
    said("playbook give-up", "101", "--reason", "a bad disk")
    said("purge", "--older-than", "1000", "--yes")
    said("uninstall-data", "--even-unsent", "--yes")


def test_what_asks_zendesk(connect: Any, said: Any) -> None:
    right(dict(connect().document), "connect")
    said("sync", "--once")
    ticket = said("next")["id"]
    said("show", str(ticket), "--events")
    said("set", str(ticket), "--priority", "urgent", "--hold", "0")
    sent = said("outbox send")["intents"][0]
    said("outbox undo", sent["intent"])
    asking = said("show", str(ticket))["ticket"]
    rows = said("queue", "--all")["tickets"]
    others = (row["organization"] for row in rows if row["organization"])
    other = next(name for name in others if name != asking["organization"])
    said("person", str(asking["requester_id"]), "--org", other)


def test_failures_have_one_shape(door: Door) -> None:
    for words in (("show", "1"), ("rotation",), ("nonsense",), ("reply", "x", "--body", "y")):
        answer = door(*words, "--json")
        assert answer.code in (2, 3)
        right(dict(answer.document), "error")


def test_a_difference_is_found_both_ways() -> None:
    assert list(mistakes({"who": 3, "more": 1}, "turn", "x")) == [
        "x.who is 3, not text",
        "x.from is documented and missing",
        "x.until is documented and missing",
        "x.swapped is documented and missing",
        "x.more is not documented",
    ]
