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
from heroterm.mirror.repair import set_aside


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
    except StoreError as error:
        return Check("repair", False, error.say, error.remedy)
    finally:
        lock.release()


def _mended(call: Invocation, path: Path) -> Check:
    if _integrity(path) != "ok":
        return _moved(path, call)
    if index(path).ok:
        return Check("repair", True, "the mirror is whole; nothing was done")
    try:
        writer = mirror_writer(path, rulebook(call.paths))
        try:
            count = writer.rebuild_index()
        finally:
            writer.close()
    except StoreError:
        return _moved(path, call)
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


def _moved(path: Path, call: Invocation) -> Check:
    aside = set_aside(path, at=call.clock())
    return Check("repair", True, f"the damaged mirror was moved to {aside}. {FIRST}")
