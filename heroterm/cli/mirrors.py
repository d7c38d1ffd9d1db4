"""Opening the mirror for reading; where there is none yet, the way to one is named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from heroterm.errors import NotYet
from heroterm.mirror.queues import Queues

if TYPE_CHECKING:
    from heroterm.mirror.reader import Mirror

FIRST = "Run `heroterm sync --once` first."


def open_queues(path: Path) -> Queues:
    """The mirror's queues alone. Raises StoreError."""
    return Queues(_there(path))


def open_mirror(path: Path) -> Mirror:
    """The mirror, for reading. Raises StoreError."""
    from heroterm.mirror.reader import Mirror  # the first paint does without it

    return Mirror(_there(path))


def _there(path: Path) -> Path:
    if not path.exists():
        raise NotYet("There is no mirror here yet: nothing was synced.", FIRST)
    return path
