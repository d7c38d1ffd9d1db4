"""Tickets written by an enemy, printed by every verb."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest

from heroterm.domain.text import BIDI
from tests.cli.door import Door
from tests.conftest import NOW


@pytest.fixture
def ids(
    door: Door, sandbox_http: Any, sandbox_wsgi: Any, monkeypatch: pytest.MonkeyPatch
) -> list[int]:
    """Every unsolved ticket of a synced practice desk, the hostile ones among them."""
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(sandbox_wsgi.token))
    where = ("--url", sandbox_http.url, "--email", sandbox_wsgi.email)
    door.json("connect", *where, "--token-stdin")
    door.json("sync", "--once")
    return [row["id"] for row in door.json("queue", "--all")["tickets"]]


def harmful(text: str) -> set[str]:
    """Characters that a terminal obeys or that hide or reorder what stands there."""
    kinds = ("Cc", "Cs", "Cf")
    return {c for c in text if c != "\n" and (unicodedata.category(c) in kinds or c in BIDI)}


def test_nothing_printed_can_hurt_a_terminal(ids: list[int], door: Door) -> None:
    for words in (("queue", "--all"), ("next", "--explain"), ("search", "chart"), ("doctor",)):
        answer = door(*words)
        assert harmful(answer.out + answer.err) == set(), words
    for id_ in ids:
        answer = door("show", str(id_))
        assert answer.code == 0
        assert harmful(answer.out) == set(), id_


def test_the_world_really_holds_hostile_text(ids: list[int], door: Door) -> None:
    stored = "".join(
        comment["text"] for id_ in ids for comment in door.json("show", str(id_))["comments"]
    )
    assert "\x1b" in stored


def test_every_document_is_ascii(ids: list[int], door: Door) -> None:
    for id_ in ids:
        out = door("show", str(id_), "--json").out
        assert out.isascii() and out.count("\n") == 1
        assert not {c for c in out if ord(c) < 32} - {"\n"}
        json.loads(out)


def test_a_light_agent_writes_notes_only(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from heroterm.sandbox import server, shift

    shop = shift.build(seed=2, tickets=20, role="light", clock=NOW, now=lambda: NOW)
    running = server.start(shop, port=0)
    try:
        monkeypatch.setattr("sys.stdin", io.StringIO(shop.token))
        where = ("--url", running.url, "--email", shop.email)
        assert door.json("connect", *where, "--token-stdin")["can"]["reply"] is False
        door.json("sync", "--once")
        rows = door.json("queue", "--all")["tickets"]
        id_ = next(str(row["id"]) for row in rows if row["source"] == "mail")
        refused = door("reply", id_, "--body", "Hey there, done.", "--json")
        assert refused.document["error"]["rule"] == "light-agent-reply"
        door.json("note", id_, "--body", "seen by me")
        assert door.json("outbox", "send")["intents"][0]["state"] == "sent"
    finally:
        running.stop()
