"""Opens journal.db: checks its version, migrates after a backup, joins the parts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from heroterm.errors import StoreError
from heroterm.journal import files, trouble
from heroterm.journal.connection import Connection
from heroterm.journal.drafts import Drafts
from heroterm.journal.enclosures import Enclosures
from heroterm.journal.housekeeping import Housekeeping
from heroterm.journal.marks import Marks
from heroterm.journal.outbox import Outbox
from heroterm.journal.trail import Trail
from heroterm.journal.waits import Waits
from heroterm.journal.week import Week

if TYPE_CHECKING:
    from heroterm.journal.runs import Runs

VERSION = 5
"""`PRAGMA user_version` of a journal that this program reads and writes."""

LOOKED_THROUGH = 20_000_000
"""Bytes up to which every page is looked at on opening (about 1 ms a megabyte): with a page gone a
query can find nothing without failing, and a damaged outbox must not look like an empty one."""


class Journal:
    """The journal over one connection; belongs to the thread that opened it."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self.trail = Trail(connection)
        self.drafts = Drafts(connection)
        self.marks = Marks(connection, self.trail)
        self.waits = Waits(connection, self.trail)
        self.week = Week(connection, self.trail)
        self.outbox = Outbox(connection, self.drafts, self.trail)
        self._runs: Runs | None = None
        self.enclosures = Enclosures(connection.path.with_name("enclosures"))
        self.housekeeping = Housekeeping(connection, self.drafts, self.enclosures)

    @property
    def runs(self) -> Runs:
        """Playbook runs."""
        if self._runs is None:
            # The first painted queue has no use for it.
            from heroterm.journal.runs import Runs

            self._runs = Runs(self._db, self.outbox, self.trail)
        return self._runs

    def version(self) -> int:
        """A number that changes when another connection has written; only compare it."""
        return self._db.number("PRAGMA data_version")

    def integrity(self) -> str:
        """Whether the file is whole: `ok`, or the first thing that is wrong with it."""
        row = self._db.row("PRAGMA quick_check(1)")
        return str(row[0]) if row is not None else "no answer"

    def close(self) -> None:
        """Let the file go."""
        self._db.close()


def open_journal(path: Path, *, clock: Callable[[], datetime]) -> Journal:
    """Open journal.db, make it or bring it forward. `clock` gives the moment, aware, UTC.

    Raises StoreError when it is damaged, newer, locked, or may not be written; the file is then
    left as it was, never rebuilt.
    """
    files.secure(path)
    connection = Connection(path, clock)
    try:
        found = connection.number("PRAGMA user_version")
        if found > VERSION:
            raise trouble.newer(path, found, VERSION)
        if found < VERSION:
            _bring_forward(path)
        journal = Journal(connection)
        if path.stat().st_size < LOOKED_THROUGH and journal.integrity() != "ok":
            raise trouble.damaged(path)
    except StoreError:
        connection.close()
        raise
    return journal


def _bring_forward(path: Path) -> None:
    # sqlite_utils costs 90 ms to load, and a journal of the present version has no use for it.
    from heroterm.journal import migrations

    try:
        migrations.migrate(path)
    except sqlite3.Error as error:
        said = trouble.told(error, path)
        if said is None:
            raise
        raise said from error
