"""Reads what the terminal sends as Textual does, but for Esc, and for pastes: `pasting` has those.

The loop is that of Textual's own driver, which has no seam for it. With a Textual that was never
tried with it, its own loop runs: pastes are then as safe as they are there.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path

import textual
from textual._parser import ParseError
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.message import Message

from heroterm.tui.pasting import QUIET, WITH_ALT, Pastes
from heroterm.tui.straight import StraightDriver

TRIED = ("8.2.8",)
"""Versions of Textual whose driver is read like this."""
_READ_BYTES = 4096
_USUAL_SECONDS = 0.1


_ESC = "\x1b"
_BEGIN_MORE = "[]OP_^"
"""What stands behind ESC in arrows, function keys, reports and answers of a terminal."""


def tried(versions: Collection[str], package: Path = Path(textual.__file__).parent) -> bool:
    """Whether Textual is one of these. Its own answer takes a twentieth of the start, so what its
    installation is called is looked at first.
    """
    beside = (package.with_name(f"textual-{version}.dist-info") for version in versions)
    return any(path.is_dir() for path in beside) or textual.__version__ in versions


class HurriedParser(XTermParser):
    """Textual's parser, that can be told not to wait for more, and in which Esc is never lost.

    Esc and a key soon after it are the same bytes as that key with Alt, and tmux waits half a
    second for the second one. Nothing here needs Alt but to move by words; a letter that Esc should
    have led away from the text would stand in the customer's reply. So they are two keys.
    """

    alt_keys: Collection[str] = ()
    """Names of keys with Alt that mean something all the same."""

    def hurry(self) -> Iterable[Message]:
        """Events of what was sent so far, now that nothing follows it."""
        if self._timeout_time is not None:
            self._timeout_time = 0.0
        return self.tick()

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        begun, sign = sequence[:-1], sequence[-1:]
        together = alt or (begun == _ESC and sign not in _BEGIN_MORE + _ESC)
        if not together or sign in WITH_ALT:
            yield from super()._sequence_to_key_events(sequence, alt=alt)
            return
        for key in super()._sequence_to_key_events(sign, alt=True):
            if key.key in self.alt_keys:
                yield Key(key.key, None)
            else:
                yield Key("escape", _ESC)
                yield from super()._sequence_to_key_events(sign)


class ListeningDriver(StraightDriver):
    """A driver to which a paste is text alone."""

    def run_input_thread(self) -> None:
        """Read until the driver ends, or the terminal does."""
        if not tried(TRIED):
            super().run_input_thread()
            return
        parser = HurriedParser(self._debug)
        parser.alt_keys = getattr(self._app, "alt_keys", ())
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
