"""A ticket's number as people type it."""

from __future__ import annotations

_DIGITS = 18
"""At most: no database row has a longer number."""


def number_of(said: str) -> int | None:
    """The number in `16880` or `#16880`; None for anything else."""
    digits = said.strip().lstrip("#").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS else None
