"""Reads what the terminal sends as Textual does, but for Esc, and for pastes: `pasting` has those.

The loop is that of Textual's own driver, which has no seam for it. With a Textual that was never
tried with it, its own loop runs: pastes are then as safe as they are there.
"""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Collection, Iterable
from pathlib import Path
from threading import get_ident
from typing import Any

import textual
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.message import Message

from heroterm.tui.inlet import Inlet
from heroterm.tui.pasting import QUIET, WITH_ALT, Pastes
from heroterm.tui.straight import StraightDriver

TRIED = ("8.2.8",)
"""Versions of Textual whose driver is read like this."""
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

    _inlet: Inlet | None = None

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self._heard: deque[Message] = deque()
        self._loop_thread = get_ident()

    def start_application_mode(self) -> None:
        """Begin to listen."""
        if tried(TRIED):
            self._inlet = self._opened()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._inlet is not None:
            self._inlet.open(self._loop)

    def disable_input(self) -> None:
        """Listen no more."""
        if self._inlet is not None:
            self._inlet.close()
        super().disable_input()

    def send_message(self, message: Message) -> None:
        """Hand a key to the App: at once from the loop, and behind what it waits for already."""
        self._heard.append(message)
        if get_ident() == self._loop_thread:
            self._hand_on()
        else:
            self._loop.call_soon_threadsafe(self._hand_on)

    def _hand_on(self) -> None:
        while self._heard:
            self._app.post_message(self._heard.popleft())

    def run_input_thread(self) -> None:
        """Read until the driver ends, or the terminal does."""
        if self._inlet is None:
            super().run_input_thread()
        else:
            self._inlet.read_until(self.exit_event, _USUAL_SECONDS)

    def _opened(self) -> Inlet:
        parser = HurriedParser(self._debug)
        parser.alt_keys = getattr(self._app, "alt_keys", ())
        pastes = Pastes(parser, get_time)
        decode = getincrementaldecoder("utf-8")("replace").decode

        def take(data: bytes) -> None:
            if text := decode(data):
                self._tell(pastes.feed(text))

        def tick() -> float | None:
            self._tell(pastes.tick())
            return QUIET if pastes.waiting else None

        return Inlet(self.fileno, take, tick)

    def _tell(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)
