"""The lock under which a sign-in is renewed; the kernel frees it on any end, kill -9 included."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from heroterm.errors import Offline, StoreError

TRIES = 600
PAUSE = 0.05
"""Seconds between two tries: half a minute in all, longer than any refresh may take."""
_TAKEN = (errno.EAGAIN, errno.EACCES)


class RenewalLock:
    """One holder on this machine at a time. `pause` waits so many seconds."""

    def __init__(self, path: Path, pause: Callable[[float], object]) -> None:
        self._path = path
        self._pause = pause

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Hold the lock. Raises Offline when another process does not let it go, StoreError where
        the file system knows no locks.
        """
        handle = self._opened()
        try:
            self._wait(handle)
            yield
        finally:
            os.close(handle)

    def _opened(self) -> int:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
            return os.open(self._path, flags, 0o600)
        except OSError as error:
            raise self._unusable(error) from error

    def _wait(self, handle: int) -> None:
        for _ in range(TRIES):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except OSError as error:
                if error.errno not in _TAKEN:
                    raise self._unusable(error) from error
            self._pause(PAUSE)
        raise Offline(
            "Another heroterm has been renewing the sign-in for half a minute.",
            "Nothing was sent. Is one of them stopped (Ctrl+Z)? Go on with it, or end it.",
        )

    def _unusable(self, error: OSError) -> StoreError:
        return StoreError(
            f"{self._path} cannot be locked ({error.strerror}), so the sign-in is not renewed.",
            "Keep heroterm's state on a local disk.",
        )
