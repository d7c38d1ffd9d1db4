"""The home of a practice shift: one demo at a time stands on it, and each begins it anew."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from heroterm.cli.demo_words import taken_along
from heroterm.domain.outbox import Draft
from heroterm.errors import StoreError
from heroterm.journal.lock import SenderLock

_LOOKS, _LOOK_SECONDS = 20, 0.1
_LOOKS_AT_CHILDREN = 600


@contextmanager
def standing(home: Path, say: Callable[[str], None]) -> Iterator[tuple[int, ...]]:
    """Stand on a home; gives what each child in it has to keep open (`pass_fds`).

    A demo that was killed may have a child that only begins, and would write of its own world into
    the next: it is waited for, because it holds the lock, too. Raises StoreError while another demo
    stands here, and when such a child does not end within a minute.
    """
    lock = SenderLock(home / "demo.lock")
    _take(lock, say)
    try:
        yield lock.handles
    finally:
        lock.release()


def _take(lock: SenderLock, say: Callable[[str], None]) -> None:
    for look in range(_LOOKS_AT_CHILDREN):
        if lock.acquire():
            return
        if look == _LOOKS:
            if _lives(lock.holder()):
                raise _open_already()
            say("An earlier demo has not quite ended; waiting for it …")
        time.sleep(_LOOK_SECONDS)
    raise StoreError(
        "Something of an earlier demo with this seed has not ended.",
        "Wait a moment and try again, or use another: --seed 2.",
    )


def _open_already() -> StoreError:
    say = "A demo with this seed is open already."
    return StoreError(say, "Go to it, or use another: --seed 2.")


def _lives(process: int | None) -> bool:
    try:
        os.kill(process or 0, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process is not None


def forget(home: Path, clock: Callable[[], datetime]) -> list[Draft]:
    """Remove what an earlier demo left: its world is gone, and its outbox would tell of it. Gives
    what a hero had written in it and not sent.

    Raises StoreError when a file cannot be removed, or something else sends from here now.
    """
    data = home / "data"
    if data.exists() and SenderLock(data / "journal.lock").holder() is not None:
        raise _open_already()
    drafts = taken_along(data / "journal.db", clock)
    try:
        for path in data.glob("*"):
            if path.is_file():  # files that drafts name lie in a folder, and stay
                path.unlink()
        (home / "config" / "config.toml").unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"The earlier demo below {home} cannot be removed ({error.strerror}).",
            "Is another demo open? Close it, or use another --seed.",
        ) from None
    return drafts
