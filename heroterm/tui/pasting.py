"""A paste is text, whatever it holds: taken out of what the terminal sends before it is parsed.

Textual's parser takes a paste apart at each ESC in it and hands the letters behind it on as keys;
and words that hold the mark of a paste's end are keys from there on. A customer's text could so
press `y`. Here a paste ends with the last such mark, and what comes in one burst with it is part
of it: no hand presses a key within the same moment.

A terminal without such marks sends a paste as keys. A Tab in it would lead from the text into the
Review, where the letters behind it are commands; so a Tab in a burst of many signs is text, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from textual.constants import ESCAPE_DELAY
from textual.events import Paste
from textual.message import Message

START, END = "\x1b[200~", "\x1b[201~"
_ESC = "\x1b"
QUIET = 0.05
"""Seconds without a sign after which a paste that has ended is over; what may be the beginning of
a mark waits as long as Textual lets a lone ESC wait.
"""
_SILENCE = 1.0
BURST, _MANY = 0.01, 8
"""Seconds within which one read follows another of the same burst, and how many different signs
make of it one that no hand typed. A line that stalls brings some keys at once, and a held key is
one sign.
"""
_REPORT = re.compile(r"\x1b\[[<?]?[0-9;:]*[A-Za-z]")
"""What a terminal says by itself: where the mouse is, that it has the focus, how large it is."""
WITH_ALT = "bf\x7f\x08"
"""Keys with Alt that move in a text, or erase in it, everywhere: Esc and the key in one burst. What
a hand presses after Esc comes later, unless tmux waits for it.
"""
_TABS = re.compile(r"(\t+)")
_DROPPED = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {127: None}


class Parser(Protocol):
    """What Textual's parser of terminal input does."""

    def feed(self, data: str) -> Iterable[Message]:
        """Events of what was sent."""

    def tick(self) -> Iterable[Message]:
        """Events that time alone brings: a lone ESC is the key once nothing follows it."""

    def hurry(self) -> Iterable[Message]:
        """Events of what was sent so far, now that nothing follows it."""


class Pastes:
    """Feeds a parser with what is no paste. `ticks` are monotonic seconds."""

    def __init__(self, parser: Parser, ticks: Callable[[], float]) -> None:
        self._parser, self._ticks = parser, ticks
        self._pasted: list[str] | None = None
        self._ended = False
        self._tail = ""
        self._held = ""
        """The beginning of a mark, perhaps."""
        self._last = 0.0
        self._signs: set[str] = set()
        """What came in this burst, a key at a time."""

    @property
    def waiting(self) -> bool:
        """Whether something is kept back for a moment."""
        return self._pasted is not None or bool(self._held)

    def feed(self, data: str) -> Iterator[Message]:
        """Events of what was sent just now."""
        before_now, self._last = self._last, self._ticks()
        if self._held == _ESC and data[:1] in WITH_ALT and self._last - before_now > BURST:
            yield from self._let_go()
        if self._pasted is None:
            data, self._held = self._held + data, ""
            before, mark, data = data.partition(START)
            if not mark:
                self._held = _begun(before)
                before = before.removesuffix(self._held)
            if self._last - before_now > BURST or _ESC in before:
                self._signs.clear()
            if before:  # nothing at all would end the parser
                yield from self._keys(before)
            if not mark:
                return
            self._pasted, self._tail, self._ended = [], "", False
        # Esc alone after a silence, as a hand presses it, ends a paste whose own end got lost.
        if data == _ESC and self._last - before_now >= _SILENCE:
            self._ended = True
            return
        self._ended = self._ended or END in self._tail + data
        self._tail = (self._tail + data)[1 - len(END) :]
        self._pasted.append(data)

    def _keys(self, data: str) -> Iterator[Message]:
        """Keys, and Tabs that are text among so many of them."""
        if _ESC not in data:
            self._signs.update(sign for sign in data if sign.isprintable() and sign.strip())
        if len(self._signs) < _MANY:
            yield from self._parser.feed(data)
            return
        for piece in filter(None, _TABS.split(data)):
            yield from [Paste(piece)] if piece[0] == "\t" else self._parser.feed(piece)

    def tick(self) -> Iterator[Message]:
        """Events that time brings."""
        silence = self._ticks() - self._last
        if self._held and silence >= ESCAPE_DELAY:
            yield from self._let_go()
        if self._pasted is not None and self._ended and silence >= QUIET:
            text, self._pasted = "".join(self._pasted), None
            yield Paste(_words(text))
        yield from self._parser.tick()

    def _let_go(self) -> Iterator[Message]:
        """What was no beginning of a mark is what it is by itself."""
        held, self._held = self._held, ""
        yield from self._parser.feed(held)
        yield from self._parser.hurry()


def _words(text: str) -> str:
    """What was pasted, and what was typed right behind it; a mouse that moves meanwhile says
    nothing.
    """
    pasted, mark, behind = text.rpartition(END)
    words = pasted + _REPORT.sub("", behind) if mark else text
    return words.replace(START, "").replace(END, "").translate(_DROPPED)


def _begun(data: str) -> str:
    """The end of what was sent that a mark may begin with."""
    sizes = range(min(len(data), len(START) - 1), 0, -1)
    return next((data[-size:] for size in sizes if START.startswith(data[-size:])), "")
