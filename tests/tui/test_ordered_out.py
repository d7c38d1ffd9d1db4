"""The desk ends although its loop waits for ever on a terminal that is gone."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest

from heroterm.tui import hangup
from heroterm.tui.ordered_out import OrderedOut

STUCK = """
import asyncio, pathlib, queue, sys, types
from heroterm.tui import ordered_out

async def main():
    kept = pathlib.Path(sys.argv[1])
    stuck = types.SimpleNamespace(desk=None, exit=lambda return_code: None)
    orders = ordered_out.OrderedOut(stuck, lambda app: kept.write_text("words"))
    orders.listen()
    print("ready", flush=True)
    full = queue.Queue(1)
    full.put(1)
    full.put(2)

ordered_out.GOING_SECONDS = 0.2
asyncio.run(main())
"""


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_stuck_desk_keeps_the_words_and_ends(number: signal.Signals, tmp_path: Path) -> None:
    words = [sys.executable, "-c", STUCK, str(tmp_path / "kept")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
        child.send_signal(number)
        assert child.wait(20) == 128 + number
    assert (tmp_path / "kept").read_text() == "words"


def test_a_terminal_that_goes_without_a_signal_is_noticed(tmp_path: Path) -> None:
    """The child is not its session's first process, as under `make`: nobody tells it."""
    ours, theirs = pty.openpty()
    words = [sys.executable, "-c", STUCK, str(tmp_path / "kept")]
    with subprocess.Popen(words, stdin=theirs, stdout=subprocess.PIPE, text=True) as child:
        os.close(theirs)
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
        os.close(ours)
        assert child.wait(20) == 128 + signal.SIGHUP
    assert (tmp_path / "kept").read_text() == "words"


def test_a_desk_that_has_ended_is_not_woken_to_draw() -> None:
    """Who kills a session sends SIGHUP and SIGCONT, in this order."""
    woken: list[int] = []
    before = signal.signal(signal.SIGCONT, lambda number, frame: woken.append(number))
    try:
        OrderedOut(
            SimpleNamespace(desk=None, exit=lambda result=None, return_code=0: None)
        ).release()
        os.kill(os.getpid(), signal.SIGCONT)
        assert woken == []
    finally:
        signal.signal(signal.SIGCONT, before)


def test_keys_are_no_hang_up_and_an_ended_watch_tells_nothing() -> None:
    ours, theirs = pty.openpty()
    told, never = Event(), Event()
    hangup.watch(theirs, told.set)
    unwatch = hangup.watch(theirs, never.set)
    os.write(ours, b"j\n")
    assert not told.wait(0.05)
    unwatch()
    os.close(ours)
    assert told.wait(20)
    assert not never.wait(0.05)
    os.close(theirs)


def test_a_pipe_whose_writer_has_said_all_is_no_terminal_that_hangs_up() -> None:
    theirs, ours = os.pipe()
    told = Event()
    hangup.watch(theirs, told.set)()
    os.close(ours)
    assert not told.wait(0.05)
    os.close(theirs)
