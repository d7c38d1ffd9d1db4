"""The desk's own process is killed in each step of a playbook and started again."""

from __future__ import annotations

import os
import sys
from random import Random

import pytest

from heroterm.cli import main
from tests.bench.terminal import Terminal, environment
from tests.tui.conftest import Shift

Steps = list[tuple[str, tuple[str, ...]]]
BOX_HEARS = 1.2
"""Seconds of silence after which a box that was opened hears letters."""
STEPS: Steps = [
    (">   1 Say in a few sober words", ("x", "adult chat rooms\r")),
    (">   4 Click the organization", ("x", "an admin, Cleo, wrote it\r")),
    (">   5 Tag this ticket", ("\r", "y")),
    (">   6 Tell colleagues", ("\r", "y")),
    ("Every step is done", ("\r", "y")),
]


@pytest.mark.pty
@pytest.mark.long
def test_a_run_goes_on_where_it_was_after_each_kill_and_writes_each_thing_once(
    shift_: Shift, soak: int
) -> None:
    """The kill falls within the first tenths of a second after the last key: now before the step is
    kept, now after it. Either way the next desk stands at this step or at the next one.
    """
    chance, ticket, before = Random(f"desk {soak}"), shift_.ticket("several_1"), shift_.ledger()
    with _desk(shift_, ticket) as terminal:
        terminal.send(b"p")
        terminal.settle(BOX_HEARS)
        terminal.send(b"content\r")
        terminal.until(lambda: STEPS[0][0] in terminal.text(), 20)
        terminal.kill()
    kills = 1
    for here, (title, keys) in enumerate(STEPS):
        for _ in range(20):
            with _desk(shift_, ticket) as terminal:
                stands = _stands_at(terminal)
                assert stands in (here, here + 1), terminal.text()
                if stands == here:
                    _act(terminal, title, keys)
                    terminal.settle(quiet=0.4, most=chance.uniform(0.0, 0.4))
                    terminal.kill()
                    kills += 1
            if stands > here:
                break
    assert kills > len(STEPS)
    assert main(["outbox", "send"]) == 0
    wrote = [w["body"]["ticket"] for w in shift_.ledger()[len(before) :] if w["applied"]]
    assert [("comment" in w, w.get("additional_tags")) for w in wrote] == [
        (False, ["content_warning"]), (True, None), (True, None),
    ]  # fmt: skip


def _desk(shift: Shift, ticket: int) -> Terminal:
    """The real program on this home, with the ticket open and its playbook in front."""
    words = [sys.executable, "-m", "heroterm"]
    env = environment({"HEROTERM_HOME": str(shift.home), "BROWSER": "true"})
    terminal = Terminal(words, env, os.getcwd())
    terminal.ready("1 queue", timeout=60)
    terminal.settle(0.5)
    terminal.send(f"#{ticket}\r".encode())
    terminal.until(lambda: f"2 #{ticket}" in terminal.text(), 20)
    terminal.send(b"5")
    terminal.until(lambda: "━5" in terminal.text(), 20)
    terminal.settle(0.5)
    return terminal


def _stands_at(terminal: Terminal) -> int:
    """Which of the steps is the next one; their number when the run has ended."""
    shown = terminal.text()
    return next((n for n, (title, _) in enumerate(STEPS) if title in shown), len(STEPS))


def _act(terminal: Terminal, title: str, keys: tuple[str, ...]) -> None:
    """Open the step's box and, once it hears, answer it."""
    opening, answer = keys
    terminal.send(opening.encode())
    terminal.settle(BOX_HEARS)
    terminal.send(answer.encode())
