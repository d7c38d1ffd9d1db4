"""The last line of defence, tried with bytes that a terminal would obey."""

import os
import pty
import subprocess
import sys

import pytest

HOSTILE = "A\\x1b]52;c;ZXZpbA==\\x1b\\\\B\\x1b[2JC\\x9b31mD\\u202eE\\x7fF"
PROGRAM = f"""
import sys
from textual.app import App
from textual.widgets import Static
from textual.content import Content
from heroterm.tui.guard import TerminalGuard

class Bare(App):
    def get_line_filters(self):
        guards = [TerminalGuard()] if sys.argv[1] == "guarded" else []
        return [*super().get_line_filters(), *guards]
    def compose(self):
        yield Static(Content("{HOSTILE}"), markup=False)
    def on_mount(self):
        self.set_timer(0.3, self.exit)

Bare().run()
"""


def _bytes(mode: str) -> bytes:
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, mode],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment,
        close_fds=True,
    )
    os.close(slave)
    taken = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        taken += piece
    child.wait(timeout=20)
    os.close(master)
    return taken


@pytest.mark.pty
def test_no_control_sequence_of_a_ticket_reaches_the_terminal() -> None:
    taken = _bytes("guarded")
    assert b"]52;" in taken, "the words themselves are shown"
    assert b"\x1b]52;" not in taken
    assert b"A\x1b" not in taken
    assert "\u202e".encode() not in taken
    assert b"\xc2\x9b" not in taken


@pytest.mark.pty
def test_without_the_guard_the_same_bytes_do_reach_it() -> None:
    """So that the test above is known to be able to fail."""
    assert b"\x1b]52;" in _bytes("open")
