"""Queues out of the mirror: all that the first painted screen needs of it, and nothing else.

What makes whole tickets, people and lists of it is in reader.py, which takes as long to load as
everything here together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from heroterm.domain.view import Overlay, QueueCounts, Row, SyncState, View
from heroterm.mirror import queue, state
from heroterm.mirror.connection import open_to_read
from heroterm.mirror.counting import counts
from heroterm.mirror.encoding import LARGEST, packed
from heroterm.mirror.overlay import SECTION, TIER, OverlayTable
from heroterm.mirror.queue import Query
from heroterm.mirror.rows import COLUMNS, JOINS, row_of

if TYPE_CHECKING:
    from heroterm.mirror.filters import Condition
    from heroterm.mirror.worded import WordedTable

_PAGE = (
    "with page as materialized ({page}) select "
    + COLUMNS.format(tier="page.tier", section="page.section")
    + " from page join ticket t on t.id = page.id"
    + JOINS
    + " order by {order}"
)
ONE = f"select {COLUMNS.format(tier=TIER, section=SECTION)} from ticket t {JOINS} where "
"""One ticket as a line; what it is found by follows."""
_MOST_KEPT = 500
"""Rows that are kept as they were made last."""


class Queues:
    """Reads queues of mirror.db; opening raises StoreError when there is none that can be read.

    One thread: SQLite's connection is bound to the one that opened it. Every method raises
    StoreError when the file cannot be read any more; an empty answer means that there is nothing.
    """

    def __init__(self, path: Path) -> None:
        self.connection = open_to_read(path)
        self._overlay = OverlayTable(self.connection)
        self._worded: WordedTable | None = None
        self._made: dict[tuple[object, ...], Row] = {}

    def state(self) -> SyncState:
        """What the mirror knows about itself."""
        return state.read(self.connection)

    def version(self) -> int:
        """A number that changes when another process has written."""
        return self.connection.number("pragma data_version")

    def queue(
        self, view: View, overlay: Overlay, *, offset: int = 0, limit: int = 200
    ) -> list[Row]:
        """A stretch of a queue, in the order of domain.view."""
        asked = self._asked(view, overlay)
        page, values = asked.ordered(offset=offset, limit=limit)
        order = ", ".join(f"page.{key}" for key in asked.keys)
        sql = _PAGE.format(page=page, order=order)
        return [self._row(found) for found in self.connection.rows(sql, values)]

    def _row(self, found: sqlite3.Row) -> Row:
        """What was made of the same columns before, else the row made now.

        The screen reads its queue again after each of the carrier's reports, and mostly finds the
        rows that it has.
        """
        columns = tuple(found)
        kept = self._made.get(columns)
        if kept is None:
            if len(self._made) >= _MOST_KEPT:
                self._made.clear()
            kept = self._made[columns] = row_of(found)
        return kept

    def position(self, view: View, overlay: Overlay, ticket_id: int) -> int | None:
        """How many tickets of the queue stand before this one; None when it is not in the queue."""
        asked = self._asked(view, overlay)
        key = None
        for half in asked.halves:
            sql = f"select {', '.join(asked.keys)} from ({half.sql}) where id = ?"
            key = key or self._by_id(sql, ticket_id, *half.values)
        if not key:
            return None
        place = tuple(key[0])
        return sum(
            self.connection.number(asked.below(half), (*half.values, *place))
            for half in asked.halves
        )

    def among(self, view: View, overlay: Overlay, ids: Iterable[int]) -> frozenset[int]:
        """Those of the tickets that stand in a queue."""
        asked, wanted = self._asked(view, overlay), packed(ids)
        held: set[int] = set()
        for half in asked.halves:
            sql = f"select id from ({half.sql}) where id in (select value from json_each(?))"
            held |= {row[0] for row in self.connection.rows(sql, (*half.values, wanted))}
        return frozenset(held)

    def counts(self, view: View, overlay: Overlay, *, now: datetime) -> QueueCounts:
        """Numbers of a queue; `breached` are those whose running clock is past at `now`."""
        asked = self._asked(view, overlay)
        return counts(self.connection, asked, now)

    def explained(self, view: View) -> tuple[str, ...]:
        """What of a view's query was not understood or cannot be known here yet, in sentences.

        A saved view whose tickets were never brought is one of them: it is not empty.
        """
        said = list(self._of_query(view)[1])
        number = view.zendesk_view_id
        if number is None:
            return tuple(said)
        from heroterm.mirror.library import members_read  # as above

        if members_read(self.connection, number) is None:
            said.append(f"The tickets of Zendesk's view {number} have not been brought here yet.")
        return tuple(said)

    def row(self, ticket_id: int, overlay: Overlay) -> Row | None:
        """One ticket as a line, whether or not a queue shows it."""
        self._overlay.hold(overlay)
        found = self._by_id(f"{ONE} t.id = ?", ticket_id)
        return row_of(found[0]) if found else None

    def integrity(self) -> str:
        """`ok`, or what is wrong with the file; reads all of it (faults.md 86)."""
        found = self.connection.rows("pragma quick_check(20)")
        return "; ".join(str(row[0]) for row in found)

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()

    def _asked(self, view: View, overlay: Overlay) -> Query:
        overlaid = self._overlay.hold(overlay)
        more, _ = self._of_query(view)
        return queue.query(view, more, overlaid=overlaid)

    def _of_query(self, view: View) -> tuple[Sequence[Condition], Sequence[str]]:
        if not view.query:
            return (), ()
        # The first paint of most desks does without these.
        from heroterm.mirror import asked
        from heroterm.mirror.worded import WordedTable

        if self._worded is None:
            self._worded = WordedTable(self.connection, self._overlay)
        return asked.conditions(self.connection, view.query, self._worded.number)

    def _by_id(self, sql: str, id_: int, *before: object) -> list[Any]:
        """Rows for an id, which may have been typed: one too large to store is not held."""
        return self.connection.rows(sql, (*before, id_)) if abs(id_) <= LARGEST else []
