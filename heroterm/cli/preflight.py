"""Looks at the terminal before the screen opens on it (faults 104-107, security D12)."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Protocol

from heroterm.errors import UsageError

SMALLEST = (40, 10)
"""Columns and rows below which the desk has no room for a line of its own (faults 104)."""
_INSTEAD = "Every verb works without a screen, as in `heroterm queue --json`."


class Stream(Protocol):
    """What is asked of standard input and output."""

    def isatty(self) -> bool:
        """Whether it is a terminal."""


def look(
    environ: Mapping[str, str],
    size: tuple[int, int] | None = None,
    streams: tuple[Stream | None, Stream | None] | None = None,
) -> None:
    """Raise UsageError, with what to do, when no screen can be drawn here.

    `size` in columns and rows and `streams` (input, output) are asked of the system unless given.
    """
    for stream, name in zip(streams or (sys.stdin, sys.stdout), ("input", "output"), strict=True):
        if stream is None or not stream.isatty():
            raise UsageError(f"Standard {name} is not a terminal, so no screen opens.", _INSTEAD)
    term = environ.get("TERM", "")
    if term in ("dumb", "unknown", "") and sys.platform != "win32":
        raise UsageError(
            f"This terminal says that it cannot place text (TERM={term or 'unset'}).",
            f"Open a terminal, or set TERM, as in TERM=xterm-256color heroterm. {_INSTEAD}",
        )
    columns, rows = size or os.get_terminal_size(sys.stdout.fileno())
    # Zero means that the terminal does not know; Textual then falls back to 80x24.
    if 0 < columns < SMALLEST[0] or 0 < rows < SMALLEST[1]:
        raise UsageError(
            f"This terminal has {columns} columns and {rows} rows; heroterm needs "
            f"{SMALLEST[0]} and {SMALLEST[1]}.",
            f"Enlarge the window and start again. {_INSTEAD}",
        )
