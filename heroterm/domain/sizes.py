"""Sizes of files in a person's units."""

from __future__ import annotations

_KB, _MB = 1024, 1024 * 1024


def size_words(count: int) -> str:
    """A count of bytes: `812 B`, `15 kB`, `1.4 MB`."""
    if count < _KB:
        return f"{count} B"
    kilo = round(count / _KB)
    return f"{kilo} kB" if kilo < _KB else f"{count / _MB:.1f} MB"
