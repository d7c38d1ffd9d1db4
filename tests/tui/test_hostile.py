"""The enemy's tickets at every place of the screen: what comes out at the terminal.

The walk presses every key of the one table of commands, so a new pane or box is walked through
without a line here.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from heroterm.tui.command import KEY_WORDS, Command
from heroterm.tui.commands import ANYWHERE, COMMANDS, PREFIXES, QUEUE, THREAD, TICKET
from tests.bench.terminal import Terminal, environment

OURS = re.compile(
    rb"\x1b\[[0-9;:?<=>!$ ]*[@A-Za-z~]"  # colours, cursor, modes
    rb"|\x1b\]52;c;[A-Za-z0-9+/=]*(?:\x07|\x1b\\)"  # the clipboard, in base64
    rb"|\x1b\]8;[a-z0-9=:-]*;(?:(?:https?://|mailto:)[!-~]*)?(?:\x07|\x1b\\)"
    rb"|\x1b\](?:0|2|9|777|99);[^\x00-\x1f\x7f]*(?:\x07|\x1b\\)"
    rb"|\x1b\]22;[a-z-]+\x07"  # the pointer's shape
    rb"|\x1b[=>78]"
)
"""What a terminal may be told, by Textual and by heroterm."""
CONTROL = re.compile("[\x00-\x06\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
THEIRS = (b"\x1b[31;5m", b"\x1b[6n", b"\x1bc", b"\x1b[31m", b"\x1b[2JPerson", b"]0;owned\x07")
"""What the tickets would have a terminal do."""
BYTES = {
    "enter": "\r", "tab": "\t", "space": " ", "backspace": "\x7f", "escape": "\x1b[27u",
    "down": "\x1b[B", "up": "\x1b[A", "home": "\x1b[H", "end": "\x1b[F", "left": "\x1b[D",
    "pagedown": "\x1b[6~", "pageup": "\x1b[5~", "shift+tab": "\x1b[Z", "right": "\x1b[C",
}  # fmt: skip
BOX = "Ticket number"
QUIET = 0.06
"""Seconds without a byte after which a key has done what it does."""


def typed(command: Command) -> str | None:
    """What a plain terminal sends for a command's first key; None for keys that it may not send."""
    for key in command.keys:
        known = BYTES.get(key) or KEY_WORDS.get(key, key)
        if len(known) == 1 or key in BYTES:
            return known
    return None


def walk() -> Iterator[str]:
    """The keys of each command of the desk and behind its prefixes; never of leaving it."""
    for command in COMMANDS:
        keys = typed(command)
        if keys is None or "quit" in command.id or command.id == "desk.back":
            continue
        if command.where in PREFIXES:
            yield command.where + keys
        elif command.where in (ANYWHERE, TICKET, QUEUE, THREAD):
            yield keys


def hostile_tickets(home: Path) -> list[int]:
    """Numbers of the tickets that the practice world's enemy wrote, as the mirror has them."""
    with closing(sqlite3.connect(f"file:{home}/data/mirror.db?mode=ro", uri=True)) as mirror:
        found = mirror.execute(
            "SELECT id FROM ticket WHERE subject LIKE '%title %gone' OR subject LIKE '%click here%'"
            " OR subject LIKE 'Invoice%surrogate' ORDER BY id"
        )
        return [id_ for (id_,) in found]


def left_over(heard: bytes) -> set[str]:
    """Control characters that are no part of what a terminal may be told, with what follows."""
    rest = OURS.sub(b"", heard).decode("utf-8", "replace")
    return {rest[found.start() : found.end() + 12] for found in CONTROL.finditer(rest)}


def test_what_is_looked_for_is_found_where_it_is() -> None:
    for payload in (b"\x1b]52;c;evil\x1b[2J", b"a\x9b".decode("latin-1").encode(), b"\x1bc"):
        assert left_over(b"\x1b[1;1H" + payload)
    assert not left_over(b"\x1b[38;2;1;2;3mwords\x1b[0m\r\n\x1b]52;c;YQ==\x07")


def test_the_walk_goes_everywhere() -> None:
    steps = list(walk())
    assert len(steps) > 90 and {keys[0] for keys in steps if len(keys) == 2} >= set(PREFIXES) - {
        "V", "m",
    }  # fmt: skip


@pytest.mark.pty
@pytest.mark.storm
def test_no_byte_of_an_enemy_reaches_the_terminal_wherever_a_hero_goes(
    own_home: Path, soak: int
) -> None:
    words = [sys.executable, "-m", "heroterm", "demo", "--tickets", "40"]
    # No browser and no editor of this machine is started by the walk.
    env = environment({"BROWSER": "true", "EDITOR": "true", "SSH_CONNECTION": "x 1 y 2"})
    with Terminal(words, {**env, "HEROTERM_HOME": str(own_home)}, os.getcwd()) as terminal:
        terminal.ready("1 queue", timeout=60)
        terminal.settle(1.0)
        (home,) = (own_home / "state" / "demo").iterdir()
        tickets, steps = hostile_tickets(home), list(walk())
        chance = Random(f"hostile {soak}")
        for ticket in tickets if soak > 1 else tickets[:1]:
            for keys in steps if soak > 1 else chance.sample(steps, 24):
                _open(terminal, ticket)
                _go(terminal, keys)
            _open(terminal, ticket)
        terminal.settle(0.3)  # else what is heard last may be cut in the middle
        heard = bytes(terminal.heard)
    assert [each for each in THEIRS if each in heard] == []
    assert left_over(heard) == set()


def _go(terminal: Terminal, keys: str) -> None:
    terminal.send(keys.encode())
    terminal.settle(QUIET, most=1.0)


def _open(terminal: Terminal, ticket: int) -> None:
    """Out of whatever stands there, and the enemy's ticket; keys may be let pass for a moment."""
    for _ in range(60):
        _go(terminal, BYTES["escape"])
        if _stands(terminal, ticket):
            return
        _go(terminal, "#")
        if BOX in terminal.text():
            _go(terminal, f"{ticket}\r")
    raise AssertionError(f"#{ticket} is not reached; the screen:\n{terminal.text()}")


def _stands(terminal: Terminal, ticket: int) -> bool:
    """Whether the ticket is on the desk with no box over it."""
    shown = terminal.text()
    return f"2 #{ticket}" in shown and "╭" not in shown
