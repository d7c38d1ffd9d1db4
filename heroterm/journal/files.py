"""The journal's files on disk: 0600 in a 0700 folder, ours, and no symlinks (security §3, Files).

An existing database file is looked at by its path only: opening and closing it by hand would
drop the locks that SQLite holds on it in the same process.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from heroterm.errors import StoreError

PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700


def secure(path: Path) -> None:
    """Make the folder and an empty file, or repair who may read them. Raises StoreError."""
    try:
        path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        if os.access(path.parent, os.W_OK):
            _repair(path.parent, _PRIVATE_FOLDER)
        if not path.is_symlink() and not path.exists():
            _make(path)
        _repair(path, PRIVATE)
    except OSError as error:
        raise StoreError(
            f"{path} cannot be used ({error.strerror or 'no reason given'}).",
            "Check the folder's permissions, or point HEROTERM_HOME elsewhere.",
        ) from error


def _make(path: Path) -> None:
    try:
        made = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_NOFOLLOW, PRIVATE)
    except FileExistsError:  # another process was quicker
        return
    os.close(made)


def _repair(path: Path, mode: int) -> None:
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode) and path.suffix:
        raise StoreError(f"{path} is a symbolic link, which is not followed.", "Remove the link.")
    if found.st_uid != os.getuid() and os.getuid() != 0:
        raise StoreError(f"{path} belongs to another user.", "Point HEROTERM_HOME elsewhere.")
    if not stat.S_ISLNK(found.st_mode) and stat.S_IMODE(found.st_mode) & 0o077:
        path.chmod(mode)
