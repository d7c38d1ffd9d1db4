"""What SQLite says, told to a person: what failed, what was kept, what to do."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from heroterm.errors import StoreError

_FULL = "No room is left on the disk for {name}: nothing was written."
_READ_ONLY = "{name} may not be written to (read-only file or folder): nothing was written."
_LOCKED = "Another program has kept {name} locked: nothing was written."
_DAMAGED = "{name} is damaged; it was left untouched, and nothing was written."
_NO_OPEN = "{name} cannot be opened: the folder or the file does not let this user in."

_SAYS = {
    "SQLITE_FULL": (
        _FULL,
        "Your words are still where you typed them; free some space, then again.",
    ),
    "SQLITE_IOERR": (
        "The disk did not take or give the bytes of {name}: nothing was written.",
        "Your words are still where you typed them; check the disk, then again.",
    ),
    "SQLITE_READONLY": (_READ_ONLY, "Make {path} writable for your user, then again."),
    "SQLITE_BUSY": (_LOCKED, "Close what else uses {path}, then again."),
    "SQLITE_LOCKED": (_LOCKED, "Close what else uses {path}, then again."),
    "SQLITE_CORRUPT": (_DAMAGED, "Copy {path} away first, then run: heroterm doctor"),
    "SQLITE_NOTADB": (_DAMAGED, "Copy {path} away first, then run: heroterm doctor"),
    "SQLITE_CANTOPEN": (_NO_OPEN, "Check the permissions of {path}."),
    "SQLITE_PERM": (_NO_OPEN, "Check the permissions of {path}."),
    "SQLITE_TOOBIG": ("The text is too long for {name}: nothing was written.", "Shorten it."),
}
"""Sentence and remedy by the name of SQLite's primary result code (faults.md C)."""


_READ_ONLY_DISK = (
    "{name} lies on a read-only disk: nothing was written.",
    "Make the disk of {path} writable, then again; permissions change nothing there.",
)
_REFUSED = {"SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"}
"""Where SQLite was refused; it does not say whether by permissions or by the disk."""


def told(error: sqlite3.Error, path: Path) -> StoreError | None:
    """The error in a person's words; None for what can only be a fault of this program."""
    code = getattr(error, "sqlite_errorname", "") or ""
    family = "_".join(code.split("_")[:2])
    if family not in _SAYS:
        return None
    say, remedy = _SAYS[family]
    if family in _REFUSED and _on_read_only_disk(path):
        say, remedy = _READ_ONLY_DISK
    return StoreError(say.format(name=path.name), remedy.format(path=path))


def _on_read_only_disk(path: Path) -> bool:
    try:
        return bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def locked(error: BaseException | None) -> bool:
    """Whether SQLite waited in vain for what somebody else keeps locked."""
    name = getattr(error, "sqlite_errorname", "") or ""
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def damaged(path: Path) -> StoreError:
    """A file whose pages are not what they should be, whatever single reads of it may give."""
    say, remedy = _SAYS["SQLITE_CORRUPT"]
    return StoreError(say.format(name=path.name), remedy.format(path=path))


def newer(path: Path, found: int, known: int) -> StoreError:
    """A file whose schema this program does not know; it is not touched."""
    return StoreError(
        f"{path.name} was written by a newer heroterm (version {found}, this one knows {known}).",
        "Nothing was changed; start the newer heroterm, or point HEROTERM_HOME elsewhere.",
    )
