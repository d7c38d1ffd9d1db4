"""What heroterm has put on this machine, by name: what is not named here is somebody else's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from heroterm.errors import StoreError
from heroterm.paths import Paths

_OVERWRITTEN = (".db", ".db-wal", ".db-shm", ".db-journal", ".backup", ".json")
"""Endings of files whose words are written over before they go."""
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Belonging:
    """One file or folder of heroterm's. `bytes_` counts everything below it."""

    path: Path
    what: str
    bytes_: int


def belongings(where: Paths, *, keep_config: bool = False) -> list[Belonging]:
    """Everything that is there, in the order in which it is told."""
    found = [] if keep_config else list(_there(where.config, _CONFIG))
    found += _there(where.data, _DATA)
    found += _there(where.state, _STATE)
    found += _there(where.logs, _LOGS)
    return found


_CONFIG = (
    ("config.toml", "configuration"),
    (".config.toml.new", "configuration, half written"),
    ("keys.toml", "your own keys"),
    ("rules", "your team's replies, playbooks and rules"),
    ("themes", "your own themes"),
)
_DATA = (
    ("mirror.db*", "copy of Zendesk"),
    ("mirror-damaged-*", "copy of Zendesk, damaged"),
    ("journal.db*", "drafts, outbox, marks"),
    ("journal.lock", "who sends"),
    ("enclosures", "files that go with replies"),
    ("attachments", "attachments that you saved"),
)
_STATE = (
    ("demo", "practice shifts"),
    ("secrets.json", "token in a private file"),
    ("secrets.new", "token, half written"),
    ("sign-in.lock", "who renews the sign-in"),
    ("setting-up", "questions that are left of the first run"),
    ("practice.json", "how far the practice shift went"),
)
_LOGS = (("*.log*", "log"), ("crash-*", "report of a crash"))


def _there(folder: Path, names: Sequence[tuple[str, str]]) -> Iterator[Belonging]:
    for pattern, what in names:
        for path in sorted(folder.glob(pattern)):
            yield Belonging(path, what, _bytes(path))


def _bytes(path: Path) -> int:
    if path.is_symlink() or not path.is_dir():
        return path.lstat().st_size
    return sum(each.lstat().st_size for each in path.rglob("*") if not each.is_dir())


def remove(found: Sequence[Belonging], where: Paths) -> list[Path]:
    """Write over and delete all of it, then the folders that are empty; what stays in them.

    Links are removed and never followed. Raises StoreError with what was kept.
    """
    for each in found:
        try:
            _remove(each.path)
        except OSError as error:
            raise StoreError(
                f"{each.path} cannot be removed ({error.strerror}); what stands before it in the "
                "list is gone, the rest is as it was.",
                "Mend it, then run this again.",
            ) from None
    return list(_left(where))


def _remove(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    elif path.is_dir():
        for inner in path.rglob("*"):
            if inner.is_file() and not inner.is_symlink():
                _write_over(inner)
        shutil.rmtree(path)
    else:
        _write_over(path)
        path.unlink()


def _write_over(path: Path) -> None:
    if not any(ending in path.name for ending in _OVERWRITTEN):
        return
    left = path.stat().st_size
    with path.open("r+b") as file:
        while left > 0:
            left -= file.write(bytes(min(left, _BLOCK)))
        file.flush()
        os.fsync(file.fileno())


def _left(where: Paths) -> Iterator[Path]:
    """Files that are not heroterm's; folders without any are removed."""
    folders = (where.logs, where.state, where.data, where.config)
    for folder in folders:
        yield from sorted(folder.iterdir()) if folder.is_dir() else ()
        with suppress(OSError):
            folder.rmdir()
    parents = {folder.parent for folder in folders}
    if len(parents) == 1:  # a home of its own
        with suppress(OSError):
            parents.pop().rmdir()
