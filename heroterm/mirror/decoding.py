"""What stands in one column as a value again."""

from __future__ import annotations

import json
from datetime import UTC, datetime


def moment(seconds: int | None) -> datetime | None:
    """An aware moment in UTC, or None."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def known_moment(seconds: int) -> datetime:
    """An aware moment in UTC of a column that is never empty."""
    return datetime.fromtimestamp(seconds, UTC)


def texts(packed: str) -> tuple[str, ...]:
    """A JSON list of texts."""
    return () if packed == "[]" else tuple(json.loads(packed))


def pairs(packed: str) -> tuple[tuple[str, str], ...]:
    """A JSON list of two texts each."""
    return () if packed == "[]" else tuple((one, two) for one, two in json.loads(packed))


def numbers(packed: str) -> tuple[int, ...]:
    """A JSON list of numbers."""
    return () if packed == "[]" else tuple(json.loads(packed))
