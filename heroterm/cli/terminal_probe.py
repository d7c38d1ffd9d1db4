"""Asks the terminal what it is and what it can do, and says it as plain lines.

Three questions go out at once; the last of them (its device attributes) is one that every terminal
answers, so that nothing is waited for longer than its answer takes. Nothing here is required.
"""

from __future__ import annotations

import os
import re
import select
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from heroterm.cli.preflight import SMALLEST
from heroterm.cli.terminal import terminal
from heroterm.domain.terminal import ASK, NO, YES, Terminal
from heroterm.tui.keymap import SHIPPED, Keymap

_KEYS, _VERSION, _ATTRIBUTES = b"\x1b[?u", b"\x1b[>q", b"\x1b[c"
_SECONDS = 0.5
"""How long an answer may take, over a slow line too."""
_LONGEST = 4_096
_ATTRIBUTES_CAME = re.compile(rb"\x1b\[\?[\d;]*c")
_KEYS_CAME = re.compile(rb"\x1b\[\?\d+u")
_VERSION_CAME = re.compile(rb"\x1bP>\|([^\x1b]*)\x1b\\")
_COPYING = 52
"""The device attribute of a terminal that takes text to copy (OSC 52)."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What came back. `asked`: whether there was a terminal to ask."""

    asked: bool = False
    version: str = ""
    keys: bool = False
    """Whether it knows the Kitty keyboard protocol."""
    copies: bool = False
    """Whether it says itself that it takes text to copy."""


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing looked at. `change` says what is otherwise where it is not there."""

    name: str
    there: bool
    say: str
    change: str = ""

    @property
    def line(self) -> str:
        """For a person, on one line."""
        changed = f" {self.change}" if self.change and not self.there else ""
        return f"{'yes' if self.there else 'no '}  {self.name:19} {self.say}{changed}"


def understood(data: bytes) -> Answers:
    """The terminal's answers out of what it sent."""
    version = _VERSION_CAME.search(data)
    attributes = _ATTRIBUTES_CAME.search(data)
    numbers = re.findall(rb"\d+", attributes[0]) if attributes else []
    said = version[1].decode("ascii", "ignore") if version else ""
    return Answers(True, said, bool(_KEYS_CAME.search(data)), str(_COPYING).encode() in numbers)


def ask() -> Answers:
    """Ask the terminal on standard input and output; what is typed meanwhile is let go."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Answers()
    descriptor = sys.stdin.fileno()
    data = b""
    with _raw(descriptor):
        sys.stdout.flush()
        os.write(sys.stdout.fileno(), _KEYS + _VERSION + _ATTRIBUTES)
        while len(data) < _LONGEST and select.select([descriptor], [], [], _SECONDS)[0]:
            data += os.read(descriptor, 1024)
            if _ATTRIBUTES_CAME.search(data):
                break
    return understood(data)


@contextmanager
def _raw(descriptor: int) -> Iterator[None]:
    import termios
    import tty

    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)


def looked_at(
    environ: Mapping[str, str],
    size: tuple[int, int],
    answers: Answers,
    where: Terminal,
    keymap: Keymap = SHIPPED,
) -> tuple[Trait, ...]:
    """Every trait for a given surrounding; `size` in columns and rows."""
    opens = keymap.key_of("o")
    return (
        _size(*size),
        _colours(environ),
        Trait(
            "Kitty keys",
            answers.keys,
            "every key arrives as itself." if answers.keys else "the usual keys arrive.",
            "Nothing needs more; Ctrl+Enter does not arrive as such.",
        ),
        _clipboard(answers, where),
        Trait(
            "links (OSC 8)",
            where.links and where.reached,
            "addresses can be clicked." if where.links and where.reached else "not known here.",
            "Addresses are shown whole" + (f"; {opens} and a number open them." if opens else "."),
        ),
        _notices(where, keymap),
        _tmux(where),
        _locale(environ, keymap),
    )


def traits(keymap: Keymap) -> tuple[Trait, ...]:
    """Every trait of the terminal of this process."""
    answers = ask()
    columns, rows = os.get_terminal_size() if answers.asked else (80, 24)
    where = terminal(os.environ, answers.version)
    return looked_at(os.environ, (columns, rows), answers, where, keymap)


def _size(columns: int, rows: int) -> Trait:
    fits = columns >= 80 and rows >= 24
    told = f"{columns} columns, {rows} rows."
    if columns < SMALLEST[0] or rows < SMALLEST[1]:
        return Trait("size", False, told, "The desk needs 40 x 10: enlarge the window.")
    return Trait("size", fits, told, "Below 80 x 24 one pane is shown at a time.")


def _colours(environ: Mapping[str, str]) -> Trait:
    if environ.get("NO_COLOR"):
        return Trait("colours", False, "NO_COLOR is set.", "Words and letters say everything.")
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return Trait("colours", True, "16 million.")
    many = "256" in environ.get("TERM", "")
    told = "256." if many else "few."
    return Trait("colours", many, told, "Themes are drawn with the nearest ones.")


def _clipboard(answers: Answers, where: Terminal) -> Trait:
    name = "clipboard (OSC 52)"
    if where.kept_back:
        return Trait(name, False, "tmux keeps it back.", "`set -s set-clipboard on` lets it out.")
    if answers.copies or where.clipboard == YES:
        return Trait(name, True, "copying works over SSH, too.")
    if where.clipboard == ASK:
        return Trait(name, True, f"once it is allowed in the settings of {where.name}.")
    told = f"{where.name} does not take it." if where.clipboard == NO else "not known here."
    here = "Over SSH what is copied is shown as plain text, to be selected by hand."
    return Trait(name, False, told, here if where.remote else f"On this machine: directly. {here}")


def _notices(where: Terminal, keymap: Keymap) -> Trait:
    there = bool(where.notify) and where.reached
    told = f"OSC {where.notify}." if there else "not known here."
    lists = f"The bell rings instead, and {keymap.key('go.notifications')} lists them."
    return Trait("notifications", there, told, lists)


def _tmux(where: Terminal) -> Trait:
    if not where.tmux:
        return Trait("tmux", True, "not inside tmux.")
    told = "hands through what is meant for the terminal." if where.passthrough else "keeps it."
    change = "`set -g allow-passthrough on` lets notices through; the bell works as it is."
    return Trait("tmux passthrough", where.passthrough, told, change)


def _locale(environ: Mapping[str, str], keymap: Keymap) -> Trait:
    said = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    utf8 = sys.platform == "darwin" or "utf8" in said.lower().replace("-", "")
    told = f"{said or 'unset'}."
    plain = keymap.key("layout.plain")
    return Trait("locale", utf8, told, f"If lines look broken: {plain}, or LC_ALL=C.UTF-8.")
