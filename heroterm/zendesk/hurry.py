"""Ends a connection on which the beginning of an answer does not come in time.

httpx waits so many seconds for the next byte, whichever it is: a server that sends its headers a
byte at a time would be waited for without an end (faults.md 18). The body has a deadline of its own
(`body`). A request is bound by a clock of the machine's own that cannot be set, from the moment at
which there is a connection; until then connecting has a time-out of its own.
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
        self._watched = False
        self._timer: Timer | None = None
        self.ended = False
        """Whether the last answer was given up."""

    def trace(self, event: str, told: Mapping[str, Any]) -> None:
        """To be handed to each request as its extension `trace`."""
        if event.endswith(_OPENED) and (stream := told.get("return_value")) is not None:
            opened = stream.get_extra_info("socket")
            if isinstance(opened, socket.socket):
                self._sockets.add(opened)
                self._wind_up()

    @contextmanager
    def watching(self) -> Iterator[Callable[[], None]]:
        """Around a request: what is given ends the watch, once its headers are here."""
        self.ended, self._watched = False, True
        if self._sockets:  # without one there is nothing to end, and no thread to be paid for
            self._wind_up()
        try:
            yield self._stop
        finally:
            self._stop()

    def _wind_up(self) -> None:
        if self._watched and self._timer is None:
            self._timer = Timer(self._seconds, self._end)
            self._timer.daemon = True
            self._timer.start()

    def _stop(self) -> None:
        self._watched = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _end(self) -> None:
        self.ended = True
        for each in list(self._sockets):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
