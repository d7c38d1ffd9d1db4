"""Which tickets of the queues have certain words, kept until something is written.

A word that many tickets have costs tens of milliseconds to look up among a hundred thousand, and
one look at a queue asks several times: its rows, its numbers, the place of the cursor.
"""

from __future__ import annotations

from heroterm.mirror.connection import Connection
from heroterm.mirror.overlay import OverlayTable

_MOST = 50
"""Searches that are kept at once; a desk has a handful of queues."""
# Solved tickets are in a queue only where this machine says so.
_LOOK_UP = (
    "insert into temp.worded select ?, rowid from document_index where document_index match ? "
    "and +rowid in (select id from ticket where section < 9 union all "
    "select ticket_id from temp.overlay)"
)


class WordedTable:
    """Keeps `temp.worded`: a number for each expression of words, and the tickets that meet it."""

    def __init__(self, connection: Connection, overlay: OverlayTable) -> None:
        self._connection = connection
        self._overlay = overlay
        self._stamp: tuple[int, int] = (-1, -1)
        self._numbers: dict[str, int] = {}
        connection.run(
            "create temp table worded (number integer, ticket_id integer, "
            "primary key (number, ticket_id)) without rowid"
        )

    def number(self, match: str) -> int:
        """The number under which the tickets of an expression are found in `temp.worded` now."""
        stamp = (self._connection.number("pragma data_version"), self._overlay.turn)
        if stamp != self._stamp or len(self._numbers) >= _MOST:
            self._connection.run("delete from temp.worded")
            self._numbers.clear()
            self._stamp = stamp
        if match not in self._numbers:
            number = len(self._numbers)
            self._connection.run(_LOOK_UP, [number, match])
            self._numbers[match] = number
        return self._numbers[match]
