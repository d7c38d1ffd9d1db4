"""A customer's words that are pasted press no key, whatever they hold."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
import textual
from textual._xterm_parser import XTermParser
from textual.events import Key, Paste
from textual.message import Message

from heroterm.cli import main
from heroterm.tui.listening import TRIED, HurriedParser, tried
from heroterm.tui.pasting import END, QUIET, START, Pastes
from tests.bench.terminal import Terminal, environment
from tests.tui.conftest import Shift

LETTERS = "y" * 40
HOSTILE = {
    "an ESC and letters": f"Hello \x1b{LETTERS} there",
    "an ESC just before the end": "Hello\x1by",
    "the mark of the end": f"Hello {END}y{LETTERS} there",
    "marks of both kinds": f"Hello{END}y{START}y{END}\x1b[Ay",
    "a click": "Hello\x1b[<0;10;10M\x1b[<0;10;10m",
    "an interrupt and a NUL": "Hello\x03\x11\x00",
}


class Listening:
    """The parser with a clock that one can turn; hears what comes of each piece."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pastes = Pastes(HurriedParser(), lambda: self.now)
        self.heard: list[Message] = []

    def sends(self, *pieces: str) -> None:
        for piece in pieces:
            self.heard += self.pastes.feed(piece)
            self.heard += self.pastes.tick()

    def rests(self, seconds: float = 2 * QUIET) -> None:
        self.now += seconds
        self.heard += self.pastes.tick()

    @property
    def keys(self) -> list[str]:
        return [each.key for each in self.heard if isinstance(each, Key)]

    @property
    def texts(self) -> list[str]:
        return [each.text for each in self.heard if isinstance(each, Paste)]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("size", [1, 2, 3, 5, 4096])
def test_a_paste_is_text_alone_however_it_arrives(words: str, size: int) -> None:
    sent, listening = f"{START}{words}{END}", Listening()
    listening.sends(*(sent[at : at + size] for at in range(0, len(sent), size)))
    assert listening.heard == [], "not before it is certain where it ends"
    listening.rests()
    (text,) = listening.texts
    assert text.startswith("Hello") and not any(ord(c) < 32 or ord(c) == 127 for c in text)
    assert len(listening.heard) == 1
    listening.sends("n")
    assert listening.keys == ["n"], "then keys are keys again"


def test_without_this_the_same_words_press_keys() -> None:
    """So that the test above is known to be able to fail."""
    for words in list(HOSTILE.values())[:4]:
        heard: Iterable[Message] = XTermParser().feed(f"{START}{words}{END}")
        assert [each for each in heard if isinstance(each, Key) and each.key == "y"]


def test_keys_before_a_paste_and_lines_in_it_stay_as_they_are() -> None:
    listening = Listening()
    listening.sends(f"r{START}Hey Jo,\r\n\tthanks 🙂{END}")
    listening.rests()
    assert listening.keys == ["r"] and listening.texts == ["Hey Jo,\r\n\tthanks 🙂"]


@pytest.mark.parametrize("said", ["\x1b[<35;40;12M", "\x1b[I", "\x1b[48;24;80;480;800t"])
def test_what_a_terminal_says_right_behind_a_paste_is_no_word_of_it(said: str) -> None:
    listening = Listening()
    listening.sends(f"{START}Hey \x1b[31mJo{END}", said)
    listening.rests()
    assert listening.texts == ["Hey [31mJo"]


@pytest.mark.parametrize(("size", "begun"), [(1, 1), (2, 1), (4096, 0)])
def test_a_tab_among_many_signs_in_one_moment_is_text(size: int, begun: int) -> None:
    """`begun`: how many Tabs came while it could still have been a hand."""
    table, listening = "user_id\tcity\r\t17\tLeiden", Listening()
    for at in range(0, len(table), size):
        listening.sends(table[at : at + size])
        listening.now += 0.002
    assert listening.texts == ["\t"] * (3 - begun)
    assert listening.keys.count("tab") == begun and listening.keys[-6:] == list("Leiden")


def test_a_tab_of_a_hand_is_a_key() -> None:
    listening = Listening()
    for sign in "I looked at the data\t":
        listening.sends(sign)
        listening.now += 0.03
    listening.sends("Kim, hi\t", "j" * 40 + "\t")
    listening.rests()
    listening.sends("What a day", "\x1b", "\t")
    assert listening.keys.count("tab") == 4 and not listening.texts


def test_esc_alone_is_a_key_soon_and_ends_a_paste_whose_end_got_lost() -> None:
    listening = Listening()
    listening.sends("\x1b")
    listening.rests(0.2)
    assert listening.keys == ["escape"]
    listening.sends(f"{START}Hel", "\x1b", "lo")
    listening.rests(3.0)
    assert listening.texts == [], "letters still arrive"
    listening.sends("\x1b")
    listening.rests()
    assert listening.texts == ["Hello"] and listening.keys == ["escape"]


def test_this_textual_was_tried() -> None:
    """Look at `LinuxDriver.run_input_thread` and `XTermParser.parse` of another one first."""
    assert textual.__version__ in TRIED


def test_what_textual_is_called_is_looked_up_before_it_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(textual, "__version__", "0.0", raising=False)
    assert tried(TRIED) and tried(("0.0",))
    assert not tried(TRIED, Path("/nowhere/textual"))


def rows(screen: str) -> list[tuple[str, ...]]:
    """What the hero does to the queue: cursor, mark and ticket of each row. Ages and countdowns of
    the same rows go on by themselves.
    """
    lines = (line[:60] for line in screen.splitlines()[3:12])
    found = (re.match(r"([ >])T\d([ +]).*? (1\d{4}) ", line) for line in lines)
    return [row.groups() for row in found if row is not None]


@pytest.mark.pty
def test_in_a_terminal_no_paste_queues_opens_or_leaves_anything(shift_: Shift) -> None:
    hostile = f"{START}Hello {END}nny!{LETTERS}\x1b{LETTERS}\x1by{END}".encode()
    env = environment({"HEROTERM_HOME": str(shift_.home), "BROWSER": "true"})
    with Terminal([sys.executable, "-m", "heroterm"], env, os.getcwd()) as terminal:
        terminal.ready("? help", timeout=60)
        terminal.settle(0.5)
        before = rows(terminal.text())
        terminal.send(hostile)
        terminal.settle(0.4)
        assert len(before) == 9 and rows(terminal.text()) == before
        terminal.send(b"i")
        terminal.until(lambda: "INTERNAL NOTE" in terminal.text(), 20)
        terminal.send(hostile)
        terminal.until(lambda: "Hello nny!yyyy" in terminal.text(), 20)
        terminal.send(b"\x1b")
        terminal.until(lambda: "y queues it" in terminal.text(), 20)
        terminal.settle(1.0)  # the bar is deaf for a moment
        terminal.send(hostile)
        terminal.settle(0.6)
        assert "y queues it" in terminal.text(), terminal.text()
    assert main(["outbox", "list", "--all"]) == 0
    assert shift_.ledger() == []
