"""The main job in a real terminal: from `next` to the reply in the sandbox's ledger.

Real processes, a real pseudo-terminal, real HTTP: nothing of heroterm runs in this process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bench.terminal import Terminal, environment

pytestmark = pytest.mark.pty
PROGRAM = [sys.executable, "-m", "heroterm"]
REPLY = "Hey, I am looking into it and will write again by noon."


@pytest.fixture
def practice(own_home: Path) -> Iterator[dict[str, Any]]:
    """A sandbox process; what it said when it was ready."""
    child = subprocess.Popen(
        [*PROGRAM, "sandbox", "--seed", "7"], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    ready: dict[str, Any] = json.loads(child.stdout.readline())
    yield ready
    child.terminate()
    assert child.wait(10) == 0
    child.stdout.close()


def heroterm(home: Path, *words: str, typed: str = "") -> dict[str, Any]:
    """Run a verb with --json; its one document."""
    done = subprocess.run(
        [*PROGRAM, *words, "--json", "--home", str(home)],
        input=typed, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def ledger(practice: dict[str, Any]) -> list[dict[str, Any]]:
    """Every write that the sandbox received."""
    with urllib.request.urlopen(f"{practice['url']}/_sandbox/ledger", timeout=10) as answer:
        return list(json.load(answer)["writes"])


def synced(home: Path, practice: dict[str, Any]) -> None:
    """Connect a home and fill its mirror."""
    account = ("--url", practice["url"], "--email", practice["email"])
    heroterm(home, "connect", *account, "--token-stdin", typed=practice["token"] + "\n")
    assert heroterm(home, "sync", "--once")["tickets"] == 400


def test_from_next_to_the_reply_in_the_ledger(own_home: Path, practice: dict[str, Any]) -> None:
    synced(own_home, practice)
    number = heroterm(own_home, "next")["id"]
    env = environment({"HEROTERM_HOME": str(own_home), "PYTHONPATH": os.getcwd()})
    with Terminal(PROGRAM, env, os.getcwd()) as screen:
        screen.ready(str(number))
        screen.ready("ONLINE")
        screen.send(b"n")
        screen.until(lambda: f"2 #{number}" in screen.text(), 10)
        screen.send(b"r")
        screen.until(lambda: "PUBLIC REPLY to" in screen.text(), 10)
        screen.send(REPLY.encode())
        screen.until(lambda: "by noon." in screen.text(), 10)
        screen.send(b"\x1b")
        screen.until(lambda: "y queues it" in screen.text(), 10)
        screen.settle(quiet=0.6, most=3)
        screen.send(b"y")
        screen.until(lambda: "sends in 0:" in screen.text(), 10)
        screen.send(b"6")
        screen.until(lambda: "Outbox" in screen.text(), 10)
        screen.settle(quiet=0.4, most=2)
        screen.send(b"!")
        screen.until(lambda: "outbox empty" in screen.text(), 20)
    puts = [write for write in ledger(practice) if write["method"] == "PUT"]
    assert [write["path"] for write in puts] == [f"/api/v2/tickets/{number}"]
    sent = puts[0]["body"]["ticket"]
    assert sent["comment"] == {"body": REPLY, "public": True}
    assert sent["status"] == "pending"
    shown = heroterm(own_home, "show", str(number))
    assert [intent["state"] for intent in shown["intents"]] == ["sent"]
    assert shown["intents"][0]["intent"] == sent["metadata"]["heroterm_op"]


def test_the_same_without_the_screen(own_home: Path, practice: dict[str, Any]) -> None:
    synced(own_home, practice)
    number = str(heroterm(own_home, "next")["id"])
    held = heroterm(own_home, "reply", number, "--body", REPLY, "--status", "pending")
    assert held["state"] == "held"
    sent = heroterm(own_home, "outbox", "send")
    assert [intent["state"] for intent in sent["intents"]] == ["sent"]
    (write,) = ledger(practice)
    assert write["body"]["ticket"]["metadata"]["heroterm_op"] == held["intent"]
    assert write["body"]["ticket"]["comment"]["public"] is True
    assert heroterm(own_home, "show", number)["intents"][0]["state"] == "sent"


def test_killed_in_mid_sentence_the_words_are_there_again(
    own_home: Path, practice: dict[str, Any]
) -> None:
    synced(own_home, practice)
    number = heroterm(own_home, "next")["id"]
    env = environment({"HEROTERM_HOME": str(own_home), "PYTHONPATH": os.getcwd()})
    with Terminal(PROGRAM, env, os.getcwd()) as screen:
        screen.ready("ONLINE")
        screen.send(b"n")
        screen.until(lambda: f"2 #{number}" in screen.text(), 10)
        screen.send(b"r")
        screen.until(lambda: "PUBLIC REPLY to" in screen.text(), 10)
        screen.send(b"Half a sentence")
        screen.until(lambda: "draft kept" in screen.text(), 10)
        screen.kill()
    with Terminal(PROGRAM, env, os.getcwd()) as screen:
        screen.ready("ONLINE")
        screen.send(b"gd")
        screen.until(lambda: "Half a sentence" in screen.text(), 10)
    assert ledger(practice) == []
