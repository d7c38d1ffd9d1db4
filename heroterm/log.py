"""A rotating log file for what the carrier does: ids, counts, durations, status codes.

Never standard output, never a ticket body, never a token: a formatter removes what looks like a
secret or an address, in case somebody logs one by mistake.
"""

from __future__ import annotations

import logging
import os
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

_SECRETS = re.compile(
    r"(?i)(authorization|token|bearer|basic|password|secret)([\"'=:\s]+)([^\s\"',;]+)"
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BYTES, _FILES = 1_000_000, 3


class Redacting(logging.Formatter):
    """Writes a line without secrets and without mail addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, cleaned."""
        line = _SECRETS.sub(r"\1\2[removed]", super().format(record))
        return _ADDRESS.sub("[address]", line)


def open_log(folder: Path, *, level: int = logging.INFO) -> logging.Handler:
    """Send heroterm's log to a private file in a folder; a folder that cannot be used is left out.

    httpx and httpcore log whole URLs, and searches hold addresses: only their warnings pass.
    """
    for loud in ("httpx", "httpcore"):
        logging.getLogger(loud).setLevel(logging.WARNING)
    path = folder / "heroterm.log"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY | os.O_NOFOLLOW, 0o600))
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("heroterm")
    logger.addHandler(handler)
    logger.setLevel(level)
    return handler
