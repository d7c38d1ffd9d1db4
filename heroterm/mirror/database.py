"""Open mirror.db for writing: private from its first byte, at the present schema, in WAL mode."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from pathlib import Path

from sqlite_utils import Database

from heroterm.errors import StoreError
from heroterm.mirror.connection import (
    BUSY_SECONDS,
    VERSION,
    Connection,
    found_version,
    speaking,
)
from heroterm.mirror.schema import MIGRATIONS

_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
_OTHERS = 0o077
_CACHE_KIB = 32_000
_PAGE_BYTES = 8_192
_LOG_PAGES, _SHORT_LOG_PAGES = 8_000, 500
"""Pages of the log that are written back at once: while the first fill goes on, and after it."""
_OLDEST = (3, 37, 0)
"""SQLite that knows STRICT tables."""
_OS_SENTENCES = {
    errno.ELOOP: ("{path} is a symbolic link, which is refused.", "Remove it, then sync again."),
    errno.EROFS: ("{path} lies on a read-only disk.", "Choose another home with HEROTERM_HOME."),
    errno.ENOSPC: (
        "The disk is full: {path} could not be made.",
        "Free some space, then try again.",
    ),
}

_NOTHING: dict[None, None] = {}
# Python asks what None may be adapted to and finds nothing, at the price of an exception for each,
# of which a ticket has eight; so it is told beforehand that None stays as it is.
sqlite3.register_adapter(type(None), _NOTHING.get)


def open_to_write(path: Path) -> Connection:
    """A connection that may write; makes the file, its folder and its tables where needed.

    Raises StoreError: damaged, newer, locked, full, read-only, a link or somebody else's file.
    """
    if sqlite3.sqlite_version_info < _OLDEST:
        raise StoreError(
            f"SQLite {sqlite3.sqlite_version} is too old for the mirror.",
            "Use a Python that brings SQLite 3.37 or newer.",
        )
    make_private(path)
    with speaking(path):
        raw = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection = Connection(raw, path)
    try:
        _make_ready(connection)
    except StoreError:
        connection.close()
        raise
    return connection


def _make_ready(connection: Connection) -> None:
    # The version is judged first: a newer file must not even be switched to WAL.
    version = found_version(connection)
    if version == 0:
        # Descriptions and comments are longer than a small page; this counts for a new file alone.
        connection.run(f"pragma page_size = {_PAGE_BYTES}")
    for pragma in ("journal_mode = wal", "synchronous = normal", "foreign_keys = on"):
        connection.run(f"pragma {pragma}")
    # Rows of a fill land all over the indexes: keep those pages, and write each of them less often.
    connection.run(f"pragma cache_size = -{_CACHE_KIB}")
    connection.run(f"pragma wal_autocheckpoint = {_LOG_PAGES}")
    connection.run(f"pragma journal_size_limit = {_SHORT_LOG_PAGES * _PAGE_BYTES}")
    # What was deleted must not stay readable in free pages (security.md §3, Retention).
    connection.run("pragma secure_delete = on")
    if version < VERSION:
        with speaking(connection.path):
            MIGRATIONS.apply(Database(connection.raw, execute_plugins=False))
        connection.run(f"pragma user_version = {VERSION}")


def shorten_log(connection: Connection) -> None:
    """The first fill is done: little changes from now on, so the log is written back sooner.

    What it holds is written back now, as far as no reader needs it; nobody is waited for, and the
    next write gives the room back.
    """
    connection.run(f"pragma wal_autocheckpoint = {_SHORT_LOG_PAGES}")
    connection.rows("pragma wal_checkpoint(passive)")


def make_private(path: Path) -> None:
    """An empty file that only its owner reads; SQLite gives -wal and -shm the same mode.

    Raises StoreError for a link, a foreign owner, or a folder that cannot be written.
    """
    try:
        path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        _close_folder(path.parent)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), _PRIVATE_FILE)
    except OSError as error:
        raise _refused(path, error) from error
    try:
        _check_owner(path, os.fstat(handle))
        os.fchmod(handle, _PRIVATE_FILE)
    finally:
        os.close(handle)


def _close_folder(folder: Path) -> None:
    """Take others' rights from a folder of ours; one with the sticky bit is meant to be shared."""
    found = folder.stat()
    ours = found.st_uid == os.geteuid()
    if ours and found.st_mode & _OTHERS and not found.st_mode & stat.S_ISVTX:
        folder.chmod(_PRIVATE_FOLDER)


def _check_owner(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise StoreError(f"{path} is not a plain file.", "Move it away, then sync again.")
    if found.st_uid != os.geteuid():
        raise StoreError(f"{path} belongs to somebody else.", "Move it away, then sync again.")


def _refused(path: Path, error: OSError) -> StoreError:
    say, remedy = _OS_SENTENCES.get(
        error.errno or 0,
        ("{path} cannot be written: the file or its folder is read-only.", "Check the folder."),
    )
    return StoreError(say.format(path=path), remedy)
