"""Looks at the terminal before the screen opens on it (faults 104-107, security D12)."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from heroterm.errors import UsageError

SMALLEST = (40, 10)
"""Columns and rows below which the desk has no room for a line of its own (faults 104)."""
_INSTEAD = "Every verb works without a screen, as in `heroterm queue --json`."


def look(environ: Mapping[str, str], size: tuple[int, int] | None = None) -> None:
    """Raise UsageError, with what to do, when no screen can be drawn here."""
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output")):
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
