"""What terminals send, by the names of keys: Textual's own parser, asked about a few bytes."""

from __future__ import annotations

from textual import events
from textual._xterm_parser import XTermParser


class KeyNames:
    """Turns bytes of a terminal into names of keys; a lone Esc is one, too."""

    def __init__(self) -> None:
        self._parser = XTermParser()

    def read(self, data: bytes) -> list[str]:
        """The keys that these bytes are, when nothing follows them."""
        fed = [*self._parser.feed(data.decode("utf-8", "replace")), *self._parser.tick()]
        return [event.key for event in fed if isinstance(event, events.Key)]
