"""The lock that makes one process the sender; the kernel frees it on any end, kill -9 included."""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import suppress
from pathlib import Path

from heroterm.errors import StoreError
from heroterm.journal.files import PRIVATE

_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}


class SenderLock:
    """Held by at most one process: who holds it sends, everybody else only writes intents."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def acquire(self) -> bool:
        """Take the lock without waiting; whether this process holds it now.

        Raises StoreError where the file system knows no locks: then nothing may be sent.
        """
        if self._handle is not None:
            return True
        handle = self._taken()
        if handle is None:
            return False
        self._handle = handle
        os.truncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        return True

    def holder(self) -> int | None:
        """The process id of whoever holds the lock; None when nobody does."""
        if self._handle is not None:
            return os.getpid()
        handle = self._taken()
        if handle is not None:
            os.close(handle)
            return None
        with suppress(OSError, ValueError):
            return int(self._path.read_text(encoding="ascii", errors="replace").strip())
        return None

    @property
    def handles(self) -> tuple[int, ...]:
        """What a child keeps open (`pass_fds`) to hold the lock with this process, and after it."""
        return () if self._handle is None else (self._handle,)

    def release(self) -> None:
        """Let the lock go; a child that keeps it open holds it still."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _taken(self) -> int | None:
        """An open file with the lock on it, or None when another has it."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
            handle = os.open(self._path, flags, PRIVATE)
        except OSError as error:
            raise self._unusable(error) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            if error.errno in _NO_LOCKS:
                raise self._unusable(error) from error
            return None
        return handle

    def _unusable(self, error: OSError) -> StoreError:
        return StoreError(
            f"{self._path} cannot be locked ({error.strerror}), so nothing is sent from here.",
            "Intents stay in the journal; keep heroterm's data on a local disk.",
        )
