"""One connection to mirror.db, and the one place where SQLite's errors become sentences.

Only the standard library's sqlite3 is needed here, because the first painted queue waits for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from heroterm.errors import StoreError

VERSION = 8
"""The schema that this heroterm writes; kept in the file's `user_version`."""
BUSY_SECONDS = 5.0
"""How long SQLite waits for another process before it says "locked" (faults.md 83)."""
REPAIR = "Run `heroterm doctor --repair`: it moves the file aside and fills a new one."
_CACHE_KIB = 16_000
_LOOKED_IN_VAIN = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)

_SENTENCES: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_CORRUPT: (
        "The mirror {path} is damaged. Your drafts are kept elsewhere.",
        REPAIR,
    ),
    sqlite3.SQLITE_NOTADB: ("{path} is not a mirror any more: it is damaged.", REPAIR),
    sqlite3.SQLITE_BUSY: (
        "The mirror {path} is locked by another process. Nothing was changed.",
        "Wait for the other heroterm to finish, then try again.",
    ),
    sqlite3.SQLITE_LOCKED: (
        "The mirror {path} is locked. Nothing was changed.",
        "Try again in a moment.",
    ),
    sqlite3.SQLITE_FULL: (
        "The disk is full: the last rows were not kept in {path}; what was there before is.",
        "Free some space, then sync again.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk refused to read or write {path}; what was there before is kept.",
        "Check the disk and its free space, then try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "The mirror {path} cannot be written: the file or its folder is read-only.",
        "Make both writable for you, then sync again. Reading still works.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The mirror {path} cannot be opened.",
        "Check that the folder exists and that you may read it.",
    ),
    sqlite3.SQLITE_PERM: ("The mirror {path} may not be opened by you.", "Check its owner."),
}


_UNKNOWN = "The mirror {path} could not do what was asked ({why}). Nothing was changed."
_LOOK = "Run `heroterm doctor`: it looks at the file."


def told(error: sqlite3.Error, path: Path) -> StoreError:
    """The sentence for an error of SQLite; one that has none of its own is said by its name."""
    code = getattr(error, "sqlite_errorcode", None)
    why = getattr(error, "sqlite_errorname", None) or type(error).__name__
    if code is None:
        # Text that is no UTF-8 has no code: only a damaged page holds such.
        code = sqlite3.SQLITE_CORRUPT if "decode" in str(error) else -1
    if isinstance(error, sqlite3.OperationalError) and "no such table" in str(error):
        code = sqlite3.SQLITE_CORRUPT
    say, remedy = _SENTENCES.get(code & 0xFF, (_UNKNOWN, _LOOK))
    return StoreError(say.format(path=path, why=why), remedy)


@contextmanager
def speaking(path: Path) -> Iterator[None]:
    """Turn what SQLite raises inside into `StoreError`; the only translation in this room."""
    try:
        yield
    except sqlite3.Error as error:
        raise told(error, path) from error


class Connection:
    """SQL in, rows out, `StoreError` instead of sqlite3's errors. One thread only."""

    def __init__(self, raw: sqlite3.Connection, path: Path) -> None:
        self.raw = raw
        self.path = path
        raw.row_factory = sqlite3.Row
        raw.create_function("fold", 1, folded, deterministic=True)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """All rows of a statement."""
        with speaking(self.path):
            return self.raw.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Row | None:
        """The first row of a statement, if there is one."""
        with speaking(self.path):
            found: sqlite3.Row | None = self.raw.execute(sql, values).fetchone()
            return found

    def number(self, sql: str, values: Sequence[object] = ()) -> int:
        """The first column of the first row as a whole number; 0 when there is none."""
        found = self.row(sql, values)
        return int(found[0] or 0) if found is not None else 0

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Carry out one statement; the number of rows that it changed."""
        with speaking(self.path):
            return self.raw.execute(sql, values).rowcount

    def many(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        """Carry out one statement for each row of values."""
        with speaking(self.path):
            self.raw.executemany(sql, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing. BEGIN IMMEDIATE: a later upgrade could fail (faults.md 84)."""
        with speaking(self.path):
            self.raw.execute("begin immediate")
            with self.raw:
                yield

    def close(self) -> None:
        """Give the file back."""
        self.raw.close()


def folded(text: str | None) -> str:
    """Text as it is compared: upper and lower case alike, in any script."""
    return (text or "").casefold()


def open_to_read(path: Path) -> Connection:
    """A read-only connection. Raises StoreError when there is no mirror, or none of this version.

    In a folder that cannot be written even a SELECT fails on a WAL database (faults.md 80): then
    the file is read as it stands, without its log.
    """
    if not path.is_file():
        raise StoreError(
            f"There is no mirror yet at {path}.", "Run `heroterm sync --once` to fill it."
        )
    try:
        return _opened(path, "mode=ro")
    except StoreError as error:
        code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF
        if code not in _LOOKED_IN_VAIN:
            raise
        return _opened(path, "mode=ro&immutable=1")


def _opened(path: Path, query: str) -> Connection:
    with speaking(path):
        raw = sqlite3.connect(
            f"{path.absolute().as_uri()}?{query}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
        )
    connection = Connection(raw, path)
    try:
        connection.run("pragma temp_store = memory")
        connection.run(f"pragma cache_size = -{_CACHE_KIB}")
        check_to_read(connection)
    except StoreError:
        connection.close()
        raise
    return connection


def found_version(connection: Connection) -> int:
    """The schema's version in the file; 0 in an empty one. Raises StoreError for a newer one."""
    version = connection.number("pragma user_version")
    if version > VERSION:
        raise StoreError(
            f"The mirror {connection.path} was made by a newer heroterm "
            f"(its version {version}, this one knows {VERSION}). It was left as it is.",
            "Update heroterm, or move the file away and sync again.",
        )
    return version


def check_to_read(connection: Connection) -> None:
    """Refuse a mirror that this heroterm cannot read. Raises StoreError."""
    version = found_version(connection)
    # Touches the first page and the log: a damaged or unreadable file speaks here, not later.
    connection.number("select count(*) from sqlite_master")
    if version < VERSION:
        raise StoreError(
            f"The mirror {connection.path} has not been made ready for this heroterm yet.",
            "Run `heroterm sync --once`: it brings the file up to date.",
        )
