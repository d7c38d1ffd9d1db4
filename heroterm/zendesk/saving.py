"""A new file that is either whole or not there, private, and never written through a link."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from types import TracebackType

from heroterm.errors import StoreError
from heroterm.zendesk.file_kinds import HEAD

_PRIVATE = 0o600
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_SAME_NAMES = 1_000


class NewFile:
    """Bytes for a name in a folder, which is made where there is none, for its owner alone.

    `keep` puts the file under its name, or under that name with a number where it is taken; left
    without it, nothing stays. Raises StoreError when the system refuses.
    """

    def __init__(self, folder: Path, name: str, number: int) -> None:
        self._folder = folder
        self._name = name
        self._part = folder / f".heroterm-{number}-{os.getpid()}.part"
        self._handle: int | None = None
        self.size = 0
        self.head = b""

    def __enter__(self) -> NewFile:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._handle = os.open(self._part, _NEW, _PRIVATE)
        except OSError as error:
            raise self._refused(error) from error
        return self

    def write(self, data: bytes) -> None:
        """More bytes."""
        assert self._handle is not None
        left = memoryview(data)
        try:
            while left:
                left = left[os.write(self._handle, left) :]
        except OSError as error:
            raise self._refused(error) from error
        self.size += len(data)
        if len(self.head) < HEAD:
            self.head = (self.head + data[:HEAD])[:HEAD]

    def keep(self) -> Path:
        """The file is whole: where it lies now."""
        try:
            if self._handle is not None:
                os.fsync(self._handle)
            path = self._reserved()
            self._part.replace(path)
        except OSError as error:
            raise self._refused(error) from error
        return path

    def _reserved(self) -> Path:
        """An empty file of our own under the first free name, so that nothing is replaced."""
        stem, dot, ending = self._name.rpartition(".")
        if not stem:
            stem, dot, ending = self._name, "", ""
        for number in range(1, _SAME_NAMES):
            same = f"{stem}-{number}{dot}{ending}" if number > 1 else self._name
            try:
                os.close(os.open(self._folder / same, _NEW, _PRIVATE))
            except FileExistsError:
                continue
            return self._folder / same
        raise FileExistsError(17, "too many files of that name")

    def _refused(self, error: OSError) -> StoreError:
        return StoreError(
            f"The file could not be written below {self._folder}: {error.strerror}.",
            "`heroterm show N --save-attachment N --to DIR` puts it elsewhere.",
        )

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._handle is not None:
            os.close(self._handle)
        with contextlib.suppress(OSError):
            self._part.unlink(missing_ok=True)
