"""What goes to the terminal goes at once, in order, and never with the screen waiting for it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tty
from collections.abc import Iterator
from io import TextIOWrapper
from random import Random
from threading import Thread
from typing import cast

import pytest
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from heroterm.tui.straight import Outlet, Straight

pytestmark = pytest.mark.pty
_LETTERS = "abc …äß─┃名前🙂"


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    """A terminal that changes nothing of what it is given: its own end, and the program's."""
    terminal, program = pty.openpty()
    tty.setraw(program)
    yield terminal, program
    os.close(terminal)
    os.close(program)


def heard(terminal: int, count: int) -> bytes:
    """So many bytes of what came."""
    taken = b""
    while len(taken) < count:
        taken += os.read(terminal, 65536)
    return taken


def test_a_text_needs_no_thread_while_the_terminal_takes_it(ends: tuple[int, int]) -> None:
    terminal, program = ends
    later: list[str] = []
    straight = Straight(Outlet(program), later.append)
    straight.write("┃ two lines")
    straight.write(" of a pane")
    assert heard(terminal, 23).decode() == "┃ two lines of a pane"
    assert later == []
    straight.close()


def test_a_terminal_that_takes_nothing_is_not_waited_for(ends: tuple[int, int]) -> None:
    terminal, program = ends
    outlet = Outlet(program)
    thread = WriterThread(cast(TextIOWrapper, outlet))
    straight = Straight(outlet, thread.write)
    texts = [f"{n}: {_LETTERS * 200}\n" for n in range(MAX_QUEUED_WRITES)]
    for text in texts:
        straight.write(text)  # far more than a terminal holds that nobody reads
    thread.start()
    wanted = "".join(texts).encode()
    assert heard(terminal, len(wanted)) == wanted
    thread.stop()
    straight.close()


@pytest.mark.parametrize("seed", range(4))
def test_no_byte_is_lost_or_overtaken(ends: tuple[int, int], seed: int) -> None:
    terminal, program = ends
    outlet, rng = Outlet(program), Random(seed)
    thread = WriterThread(cast(TextIOWrapper, outlet))
    thread.start()
    straight = Straight(outlet, thread.write)
    texts = ["".join(rng.choices(_LETTERS, k=rng.choice((1, 40, 3000)))) for _ in range(600)]
    wanted = "".join(texts).encode()
    taken: list[bytes] = []
    reader = Thread(target=lambda: taken.append(heard(terminal, len(wanted))))
    reader.start()
    for text in texts:
        straight.write(text)
    reader.join(30)
    assert taken == [wanted]
    thread.stop()
    straight.close()


def test_what_is_no_terminal_gets_everything_by_the_thread() -> None:
    out, into = os.pipe()
    later: list[str] = []
    straight = Straight(Outlet(into), later.append)
    straight.write("a")
    straight.write("b")
    straight.close()
    assert later == ["a", "b"]
    os.close(out)
    os.close(into)


PROGRAM = """
from textual.widgets import Static
from heroterm.tui.guarded import Guarded

class Small(Guarded):
    def get_css_variables(self):
        self._worn = True
        return super().get_css_variables()
    def compose(self):
        yield Static("begun")
    def on_mount(self):
        self.set_timer(0.3, self.still)
    def still(self):
        thread = self._driver._writer_thread
        self.by_thread, thread.write = thread.write, lambda text: None
        self.query_one(Static).update("went straight")
        self.set_timer(0.3, self.over)
    def over(self):
        self._driver._writer_thread.write = self.by_thread
        self.exit()

Small().run()
"""


def test_an_app_of_ours_draws_without_textuals_thread() -> None:
    terminal, program = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    words = [sys.executable, "-c", PROGRAM]
    child = subprocess.Popen(words, stdin=program, stdout=program, stderr=program, env=environment)
    os.close(program)
    taken = b""
    try:
        while piece := os.read(terminal, 65536):
            taken += piece
    except OSError:
        pass  # the program has ended
    assert child.wait(timeout=20) == 0
    os.close(terminal)
    assert b"went straight" in taken
    assert b"\x1b[?1049l" in taken, "the terminal is left as it was"
