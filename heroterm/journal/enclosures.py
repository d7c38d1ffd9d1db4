"""Files that go with a comment, kept by their content until they are sent.

A copy is made when the hero attaches a file: what is sent is what was looked at, whatever becomes
of the original meanwhile. Files 0600 in a 0700 folder beside journal.db.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from heroterm.domain.deeds import EnclosedFile
from heroterm.errors import StoreError

LARGEST = 50_000_000
"""Bytes; Zendesk takes no larger file (api.md §8)."""
_PRIVATE_FOLDER = 0o700


class Enclosures:
    """A folder of files named by the SHA-256 of what is in them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, content_type: str, content: bytes) -> EnclosedFile:
        """Keep a file's bytes. Raises StoreError: too large, empty, or the disk refuses."""
        if not 0 < len(content) <= LARGEST:
            size = "empty" if not content else f"larger than {LARGEST // 1_000_000} MB"
            raise StoreError(f"The file is {size}: it was not attached.", "Choose another one.")
        digest = hashlib.sha256(content).hexdigest()
        path = self._folder / digest
        try:
            self._folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
            if _holds(path, digest):
                os.utime(path)  # needed anew: `sweep` goes by this moment
            else:
                self._write(path, content)
        except OSError as error:
            raise StoreError(
                f"The file could not be kept ({error.strerror}): it was not attached.",
                "Free some space, then attach it again.",
            ) from error
        return EnclosedFile(name, content_type, len(content), digest)

    def _write(self, path: Path, content: bytes) -> None:
        """Under a name of its own first, so that a crash, or two who keep the same file at once,
        leave no half of a file under its name.
        """
        handle, beside = tempfile.mkstemp(suffix=".new", dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except OSError:
            with suppress(OSError):
                os.unlink(beside)
            raise
        self._settle()

    def _settle(self) -> None:
        """Have the name itself on the disk, before an intent that is tells of the file."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def read(self, file: EnclosedFile) -> bytes:
        """The bytes that were kept. Raises StoreError when they are gone or not the same."""
        try:
            content = (self._folder / file.sha256).read_bytes()
        except OSError as error:
            raise StoreError(
                f"The attached file {file.name!a} cannot be read any more ({error.strerror}).",
                "Edit the reply and attach it again.",
            ) from error
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise StoreError(
                f"The attached file {file.name!a} is not what was attached.",
                "Edit the reply and attach it again.",
            )
        return content

    def sweep(self, needed: Collection[str], *, before: datetime) -> int:
        """Remove what no draft and no intent names any more (by SHA-256); how many.

        What was kept since `before` stays: its draft may not have been written yet.
        """
        gone = 0
        for path in self._folder.glob("*"):
            with suppress(OSError):
                if path.name not in needed and path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    gone += 1
        return gone


def _holds(path: Path, digest: str) -> bool:
    """Whether the file is there and whole."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except FileNotFoundError:
        return False
