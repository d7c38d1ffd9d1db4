"""`doctor --repair`: a damaged mirror is set aside, a damaged index is made anew.

The journal is never touched: what is in it exists nowhere else.
"""

from __future__ import annotations

from pathlib import Path

from heroterm.cli.check import Check
from heroterm.cli.check_stores import index
from heroterm.cli.invocation import Invocation
from heroterm.cli.mirror_writer import mirror_writer
from heroterm.cli.mirrors import FIRST
from heroterm.cli.rules import rulebook
from heroterm.errors import HeroError, StoreError
from heroterm.journal.lock import SenderLock
from heroterm.mirror.reader import Mirror

_LOGS = ("-wal", "-shm")


def repair(call: Invocation) -> Check:
    """Mend what can be mended; a mirror is a copy, and the next sync fills a new one."""
    path = call.paths.mirror
    if not path.exists():
        return Check("repair", True, "there is no mirror to repair")
    lock = SenderLock(call.paths.sender_lock)
    if not lock.acquire():
        say = f"process {lock.holder()} writes to the mirror now"
        return Check("repair", False, say, "Close it first.")
    try:
        return _mended(call, path)
    except OSError as error:
        say = f"the mirror could not be moved aside ({error.strerror}); nothing was lost"
        return Check("repair", False, say, f"Move {path} away by hand.")
    finally:
        lock.release()


def _mended(call: Invocation, path: Path) -> Check:
    if _integrity(path) != "ok":
        aside = _set_aside(path, f"mirror-damaged-{call.clock():%Y%m%dT%H%M%S}")
        return Check("repair", True, f"the damaged mirror was moved to {aside}. {FIRST}")
    if index(path).ok:
        return Check("repair", True, "the mirror is whole; nothing was done")
    try:
        writer = mirror_writer(path, rulebook(call.paths))
        try:
            count = writer.rebuild_index()
        finally:
            writer.close()
    except StoreError:
        aside = _set_aside(path, f"mirror-damaged-{call.clock():%Y%m%dT%H%M%S}")
        return Check("repair", True, f"the damaged mirror was moved to {aside}. {FIRST}")
    return Check("repair", True, f"the search index was made anew from {count} tickets")


def _integrity(path: Path) -> str:
    try:
        opened = Mirror(path)
        try:
            return opened.integrity()
        finally:
            opened.close()
    except HeroError as error:
        return error.say


def _set_aside(path: Path, name: str) -> Path:
    """Rename the file with its logs, the logs first: a log without its file is read by nobody."""
    aside = path.with_name(f"{name}.db")
    for ending in _LOGS:
        side = path.with_name(path.name + ending)
        if side.exists():
            side.replace(aside.with_name(aside.name + ending))
    return path.replace(aside)
