"""Opens journal.db: checks its version, migrates after a backup, joins the parts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from heroterm.errors import StoreError
from heroterm.journal import files, trouble
from heroterm.journal.connection import UNFINISHED, Connection
from heroterm.journal.marks import Marks
from heroterm.journal.trail import Trail
from heroterm.journal.waits import Waits
from heroterm.journal.week import Week

if TYPE_CHECKING:
    from heroterm.journal.drafts import Drafts
    from heroterm.journal.enclosures import Enclosures
    from heroterm.journal.events import Events
    from heroterm.journal.housekeeping import Housekeeping
    from heroterm.journal.outbox import Outbox
    from heroterm.journal.runs import Runs

VERSION = 5
"""`PRAGMA user_version` of a journal that this program reads and writes."""

LOOKED_THROUGH = 20_000_000
"""Bytes up to which every page is looked at on opening (about 1 ms a megabyte): with a page gone a
query can find nothing without failing, and a damaged outbox must not look like an empty one."""

_VALUE = "CHECK constraint failed"
"""How SQLite begins to tell of a value that a column does not take."""


class Journal:
    """The journal over one connection; belongs to the thread that opened it."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self.odd = False
        """Whether `integrity` found a value that this program cannot have written."""
        self.trail = Trail(connection)
        self.marks = Marks(connection, self.trail)
        self.waits = Waits(connection, self.trail)
        self.week = Week(connection, self.trail)

    def hasty(self) -> None:
        """For a screen: what is asked waits two seconds at most for a locked file, and after that
        was in vain hardly at all, until a question gets through. Writing waits as ever.
        """
        self._db.hasty()

    def intents_wait(self) -> bool:
        """Whether any intent is unfinished; most often there is none, and no more to load."""
        return bool(self._db.number(f"SELECT EXISTS (SELECT 1 FROM intent WHERE {UNFINISHED})"))

    # What the first paint does without is loaded when it is asked for.

    @cached_property
    def drafts(self) -> Drafts:
        """Words that are being written."""
        from heroterm.journal.drafts import Drafts

        return Drafts(self._db)

    @cached_property
    def outbox(self) -> Outbox:
        """Intents and their attempts."""
        from heroterm.journal.outbox import Outbox

        return Outbox(self._db, self.drafts, self.trail, self._taken_back, self._step_of)

    @cached_property
    def enclosures(self) -> Enclosures:
        """The files that drafts and intents name."""
        from heroterm.journal.enclosures import Enclosures

        return Enclosures(self._db.path.with_name("enclosures"))

    @cached_property
    def housekeeping(self) -> Housekeeping:
        """What goes by itself in time."""
        from heroterm.journal.housekeeping import Housekeeping

        return Housekeeping(self._db, self.drafts, self.enclosures)

    @cached_property
    def events(self) -> Events:
        """Events for which a hook was begun."""
        from heroterm.journal.events import Events

        return Events(self._db)

    @cached_property
    def runs(self) -> Runs:
        """Playbook runs."""
        from heroterm.journal.runs import Runs

        return Runs(self._db, self.outbox, self.trail)

    def _taken_back(self, intent_id: str) -> bool:
        return self.runs.taken_back(intent_id)

    def _step_of(self, intent_id: str) -> tuple[str, str] | None:
        return self.runs.step_of(intent_id)

    def version(self) -> int:
        """A number that changes when another connection has written; only compare it."""
        return self._db.number("PRAGMA data_version")

    def integrity(self) -> str:
        """Whether the file is whole: `ok`, or the first thing that is wrong with it.

        A value that this program cannot have written costs its own row alone, and no more: see
        `odd`.
        """
        told = self._quick_check()
        self.odd = told.startswith(_VALUE)
        if not self.odd:
            return told
        self._db.run("PRAGMA ignore_check_constraints = ON")
        try:
            return self._quick_check()
        finally:
            self._db.run("PRAGMA ignore_check_constraints = OFF")

    def _quick_check(self) -> str:
        row = self._db.row("PRAGMA quick_check(1)")
        return str(row[0]) if row is not None else "no answer"

    def close(self) -> None:
        """Let the file go."""
        self._db.close()


class OpenJournal(Protocol):
    """Opens the journal."""

    def __call__(self, *, patience: float | None = None) -> Journal:
        """Wait so many seconds for one that is locked, None: as ever. Raises StoreError."""


def open_journal(
    path: Path,
    *,
    clock: Callable[[], datetime],
    sealed: Callable[[], bool] = lambda: False,
    patience: float | None = None,
) -> Journal:
    """Open journal.db, make it or bring it forward. `clock` gives the moment, aware, UTC;
    `patience` is for how many seconds a file that is locked is waited for meanwhile, None: as ever.

    While `sealed` says so nothing new goes to Zendesk from here: whatever puts, releases or sends
    again raises RefusedByRule. What takes back still works, and so do drafts and marks.

    Raises StoreError when it is damaged, newer, locked, or may not be written; the file is then
    left as it was, never rebuilt.
    """
    files.secure(path)
    connection = Connection(path, clock, sealed, patience)
    try:
        found = connection.number("PRAGMA user_version")
        if found > VERSION:
            raise trouble.newer(path, found, VERSION)
        if found < VERSION:
            _bring_forward(path)
        journal = Journal(connection)
        if path.stat().st_size < LOOKED_THROUGH and journal.integrity() != "ok":
            raise trouble.damaged(path)
        connection.patient()
        if journal.odd:
            _mend(journal, connection)
    except StoreError:
        connection.close()
        raise
    return journal


def _mend(journal: Journal, connection: Connection) -> None:
    from heroterm.journal import mending

    mending.mend(journal.runs, connection)


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
