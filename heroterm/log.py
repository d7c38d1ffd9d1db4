"""A rotating log file of all processes of a home: ids, counts, durations, status codes.

Never standard output, never a ticket body, never a token: a formatter removes what looks like a
secret or an address, in case somebody logs one by mistake. A log that fails stops nobody.
"""

from __future__ import annotations

import logging
import os
import re
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from heroterm import __version__

_HEADER = re.compile(r"(?i)(authorization[\"']?\s*[=:]\s*)[^\r\n]+")
"""A scheme and its secret: whatever follows on the line goes, since schemes differ in shape."""
_SECRETS = re.compile(r"(?i)(token|bearer|basic|password|secret)([\"'=:\s]+)([^\s\"',;]+)")
# What stands before the @ is looked for where it begins: from each letter of a long word anew, a
# line of 64 kB would take a minute.
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BYTES, _FILES = 1_000_000, 3


class Redacting(logging.Formatter):
    """Writes a line without secrets and without mail addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, cleaned."""
        line = _HEADER.sub(r"\1[removed]", super().format(record))
        line = _SECRETS.sub(r"\1\2[removed]", line)
        return _ADDRESS.sub("[address]", line)


class PrivateFile(RotatingFileHandler):
    """A log that its owner alone may read, the first file and each one after a rotation.

    Several processes write to it: each looks whether another has put a new file in its place.
    """

    def shouldRollover(self, record: logging.LogRecord) -> bool:
        """Whether the file is full, after following it to where it is now."""
        if self.stream is not None and self._moved(self.stream.fileno()):
            self.stream.close()
            self.stream = None  # opened anew with the next line
        return bool(super().shouldRollover(record))

    def _moved(self, descriptor: int) -> bool:
        try:
            there, here = os.stat(self.baseFilename), os.fstat(descriptor)
        except OSError:
            return True
        return (there.st_dev, there.st_ino) != (here.st_dev, here.st_ino)

    def handleError(self, record: logging.LogRecord) -> None:
        """A disk that is full, a folder that is gone: the line is lost and nothing else."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_CREAT | os.O_APPEND | os.O_WRONLY | os.O_NOFOLLOW
        handle = os.open(self.baseFilename, flags, 0o600)
        os.fchmod(handle, 0o600)
        return open(handle, "a", encoding=self.encoding, errors=self.errors)


def open_log(folder: Path) -> logging.Handler:
    """Send heroterm's log to a private file in a folder; a folder that cannot be used is left out.

    httpx and httpcore log whole URLs, and searches hold addresses: only their warnings pass.
    """
    for loud in ("httpx", "httpcore"):
        logging.getLogger(loud).setLevel(logging.WARNING)
    path = folder / "heroterm.log"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler: logging.Handler = PrivateFile(
            path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("heroterm")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return handler


class Logged:
    """A context in which heroterm logs to a folder; how it begins and ends is told, too."""

    def __init__(self, folder: Path, what: str) -> None:
        self._folder = folder
        self._what = what
        self._logger = logging.getLogger("heroterm")
        self._level = self._logger.level
        self._handler: logging.Handler | None = None

    def __enter__(self) -> None:
        """Open the file."""
        self._handler = open_log(self._folder)
        self._note(f"begins: heroterm {__version__}")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it; of an error only its kind is told."""
        self._note(f"ends with {kind.__name__}" if kind is not None else "ends")
        if self._handler is not None:
            self._logger.removeHandler(self._handler)
            self._logger.setLevel(self._level)
            self._handler.close()

    def _note(self, words: str) -> None:
        self._logger.info("%s %s, process %d", self._what, words, os.getpid())


def noted(folder: Path, line: str) -> None:
    """Log one line of a process that has seldom anything to say; without any ticket's words."""
    logger = logging.getLogger("heroterm")
    level, handler = logger.level, open_log(folder)
    logger.info("%s, process %d", line, os.getpid())
    logger.removeHandler(handler)
    logger.setLevel(level)
    handler.close()
