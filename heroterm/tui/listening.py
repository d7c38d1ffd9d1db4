"""Reads what the terminal sends as Textual does, but for pastes, which `pasting` takes out.

The loop is that of Textual's own driver, which has no seam for it. With a Textual that was never
tried with it, its own loop runs: pastes are then as safe as they are there.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from contextlib import suppress

import textual
from textual._parser import ParseError
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.message import Message

from heroterm.tui.pasting import QUIET, Parser, Pastes
from heroterm.tui.straight import StraightDriver

TRIED = ("8.2.8",)
"""Versions of Textual whose driver is read like this."""
_READ_BYTES = 4096
_USUAL_SECONDS = 0.1


class HurriedParser(XTermParser):
    """Textual's parser, that can be told not to wait for more."""

    def hurry(self) -> Iterable[Message]:
        """Events of what was sent so far, now that nothing follows it."""
        if self._timeout_time is not None:
            self._timeout_time = 0.0
        return self.tick()


class ListeningDriver(StraightDriver):
    """A driver to which a paste is text alone."""

    def run_input_thread(self) -> None:
        """Read until the driver ends, or the terminal does."""
        if textual.__version__ not in TRIED:
            super().run_input_thread()
            return
        parser: Parser = HurriedParser(self._debug)
        pastes = Pastes(parser, get_time)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(QUIET if pastes.waiting else _USUAL_SECONDS):
                    self._take(pastes.feed, decode(os.read(self.fileno, _READ_BYTES)))
                self._tell(pastes.tick())
        with suppress(EOFError, ParseError):
            self._tell(parser.feed(""))

    def _take(self, feed: Callable[[str], Iterable[Message]], data: str) -> None:
        if data:
            self._tell(feed(data))

    def _tell(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)
