"""One connection to journal.db: rollback journal, synchronous=EXTRA, writes in one transaction.

Every read-then-write is one `writing()` block, which is BEGIN IMMEDIATE: an upgrade from reading
to writing inside a transaction would fail at once instead of waiting (faults.md 84).
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from heroterm.errors import StoreError
from heroterm.journal import trouble
from heroterm.journal.epoch import seconds

BUSY_SECONDS = 5.0
"""How long a statement waits for another process's transaction."""
HASTY_SECONDS, IN_VAIN_SECONDS = 2.0, 0.02
"""The same where a person waits for the answer: at first, and once that wait was in vain."""
GLANCE_SECONDS = 0.5
"""The same where nothing is on the screen yet: what is only slow has let go by then."""
UNFINISHED = "state IN ('held', 'queued', 'sending', 'verify', 'needs_you')"
"""Intents that are not done with, in the words of their index (migrations.py)."""

Value = str | int | float | None


class Torn(str):
    """Text whose bytes are no UTF-8, as far as it can be read: something else wrote it."""


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return Torn(raw.decode("utf-8", "replace"))


class Connection:
    """SQLite with this room's habits. Belongs to the thread that opened it.

    `clock` gives the present moment, aware, UTC; while `sealed` says so nothing may be put into the
    outbox through this connection; `patience` is how long opening waits, in seconds, None: as long
    as everything else. Every method raises StoreError for what a person can do something about.
    """

    def __init__(
        self,
        path: Path,
        clock: Callable[[], datetime],
        sealed: Callable[[], bool] = lambda: False,
        patience: float | None = None,
    ) -> None:
        self.path = path
        self.sealed = sealed
        self._clock = clock
        self._hasty = self._in_vain = False
        with self.speaking():
            wait = BUSY_SECONDS if patience is None else min(patience, BUSY_SECONDS)
            self._db = sqlite3.connect(path, timeout=wait, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            self._db.text_factory = _text
        try:
            self._settle_in()
        except StoreError:
            self._db.close()
            raise

    def _settle_in(self) -> None:
        with self.speaking():
            self._db.execute("PRAGMA synchronous = EXTRA")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA secure_delete = ON")
            if sys.platform == "darwin":
                self._db.execute("PRAGMA fullfsync = ON")
            # The first statement that looks into the file: damage shows here.
            self._db.execute("PRAGMA user_version").fetchone()

    @property
    def now(self) -> float:
        """The present moment in seconds since 1970."""
        return seconds(self._clock())

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Turn what SQLite raises into a StoreError with a sentence."""
        try:
            yield
        except sqlite3.Error as error:
            said = trouble.told(error, self.path)
            if said is None:
                raise
            raise said from error

    def patient(self) -> None:
        """From now on wait as long as usual: the file is open."""
        self._wait(BUSY_SECONDS)

    def hasty(self) -> None:
        """From now on wait less long, and hardly at all after a wait in vain, until a statement
        gets through: else each of many would wait anew for a file that somebody keeps locked.
        """
        self._hasty = True
        self._wait(min(HASTY_SECONDS, BUSY_SECONDS))

    def _wait(self, seconds: float) -> None:
        self._db.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """A question: how long the next one waits follows from how this one went."""
        try:
            with self.speaking():
                yield
        except StoreError as error:
            if self._hasty and not self._in_vain and trouble.locked(error.__cause__):
                self._in_vain = True
                self._wait(IN_VAIN_SECONDS)
            raise
        if self._in_vain:
            self._in_vain = False
            self._wait(min(HASTY_SECONDS, BUSY_SECONDS))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it, or after any interruption nothing of it."""
        with self.speaking():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def run(self, sql: str, *values: Value) -> int:
        """Execute a statement inside `writing()`; how many rows it changed."""
        return self._db.execute(sql, values).rowcount

    def rows(self, sql: str, *values: Value) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self._asking():
            return self._db.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Value) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        with self._asking():
            found: sqlite3.Row | None = self._db.execute(sql, values).fetchone()
            return found

    def number(self, sql: str, *values: Value) -> int:
        """The first value of the first row as an integer; 0 when there is none."""
        found = self.row(sql, *values)
        return int(found[0]) if found is not None and found[0] is not None else 0

    def close(self) -> None:
        """Let the file go."""
        self._db.close()
