"""Move a damaged mirror out of the way; the next sync fills a new one (faults.md 85)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from heroterm.errors import StoreError

_LOGS = ("-wal", "-shm")


def set_aside(path: Path, *, at: datetime) -> Path:
    """Rename the file with its logs, so that nothing is lost; where it went. The logs go first: a
    log without its file is read by nobody.

    Raises StoreError when there is none or the folder cannot be written.
    """
    away = path.with_name(f"{path.stem}-damaged-{at.astimezone(UTC):%Y%m%dT%H%M%S}{path.suffix}")
    try:
        for log in _LOGS:
            beside = path.with_name(path.name + log)
            if beside.exists():
                beside.replace(away.with_name(away.name + log))
        return path.replace(away)
    except OSError as error:
        raise StoreError(
            f"{path} could not be moved aside: {error.strerror}.",
            "Move it away by hand, then run `heroterm sync --once`.",
        ) from error
