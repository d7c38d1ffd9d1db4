"""Ends a connection on which the beginning of an answer does not come in time.

httpx waits so many seconds for the next byte, whichever it is: a server that sends its headers a
byte at a time would be waited for without an end (faults.md 18). The body has a deadline of its own
(`body`). A request is bound by a clock of the machine's own that cannot be set.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any
from weakref import WeakSet

_OPENED = ("connection.connect_tcp.complete", "connection.start_tls.complete")


class Hurry:
    """Watches the connections of one client, which one thread uses. `seconds` for each answer."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._sockets: WeakSet[socket.socket] = WeakSet()
        self.ended = False
        """Whether the last answer was given up."""

    def trace(self, event: str, told: Mapping[str, Any]) -> None:
        """To be handed to each request as its extension `trace`."""
        if event.endswith(_OPENED) and (stream := told.get("return_value")) is not None:
            opened = stream.get_extra_info("socket")
            if isinstance(opened, socket.socket):
                self._sockets.add(opened)

    @contextmanager
    def watching(self) -> Iterator[Callable[[], None]]:
        """Around a request: what is given ends the watch, once its headers are here."""
        self.ended = False
        timer = Timer(self._seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield timer.cancel
        finally:
            timer.cancel()

    def _end(self) -> None:
        self.ended = True
        for each in list(self._sockets):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
