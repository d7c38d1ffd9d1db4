"""The desk ends on SIGHUP although its loop waits for ever on a terminal that is gone."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

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
