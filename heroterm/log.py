"""A rotating log file for what the carrier does: ids, counts, durations, status codes.

Never standard output, never a ticket body, never a token: a formatter removes what looks like a
secret or an address, in case somebody logs one by mistake.
"""

from __future__ import annotations

import logging
import os
import re
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

_HEADER = re.compile(r"(?i)(authorization[\"']?\s*[=:]\s*)[^\r\n]+")
"""A scheme and its secret: whatever follows on the line goes, since schemes differ in shape."""
_SECRETS = re.compile(r"(?i)(token|bearer|basic|password|secret)([\"'=:\s]+)([^\s\"',;]+)")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BYTES, _FILES = 1_000_000, 3


class Redacting(logging.Formatter):
    """Writes a line without secrets and without mail addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, cleaned."""
        line = _HEADER.sub(r"\1[removed]", super().format(record))
        line = _SECRETS.sub(r"\1\2[removed]", line)
        return _ADDRESS.sub("[address]", line)


class PrivateFile(RotatingFileHandler):
    """A log that its owner alone may read, the first file and each one after a rotation."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_CREAT | os.O_APPEND | os.O_WRONLY | os.O_NOFOLLOW
        handle = os.open(self.baseFilename, flags, 0o600)
        os.fchmod(handle, 0o600)
        return open(handle, "a", encoding=self.encoding, errors=self.errors)


def open_log(folder: Path, *, level: int = logging.INFO) -> logging.Handler:
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
    logger.setLevel(level)
    return handler
