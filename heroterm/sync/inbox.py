"""Orders from a pipe: waits for a line without ever waiting longer than it was asked to."""

from __future__ import annotations

import os
import selectors

from heroterm.sync import orders
from heroterm.sync.orders import Order, Stop

_CHUNK = 65_536
_LINE_LIMIT = 1 << 20


class Inbox:
    """Orders that come over a file descriptor, one a line. The end of the pipe means Stop."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._rest = b""
        self._ended = False
        self._selector = selectors.DefaultSelector()
        self._selector.register(descriptor, selectors.EVENT_READ)

    def __call__(self, timeout: float) -> Order | None:
        """The next order, or None when none came within `timeout` seconds.

        A line that is no order is passed over: the watching process may be a newer one.
        """
        while True:
            line, found, rest = self._rest.partition(b"\n")
            if found:
                self._rest = rest
                if (order := _order(line)) is not None:
                    return order
            elif self._ended:
                return Stop()
            elif not self._selector.select(timeout):
                return None
            else:
                self._read()

    def _read(self) -> None:
        chunk = os.read(self._descriptor, _CHUNK)
        self._ended = not chunk
        self._rest = (self._rest + chunk)[-_LINE_LIMIT:]

    def close(self) -> None:
        """Stop watching the descriptor, which stays open."""
        self._selector.close()


def _order(line: bytes) -> Order | None:
    try:
        return orders.from_line(line.decode())
    except ValueError:
        return None
