"""How many of a thing, as a person says it: `1 ticket`, `2 tickets`, `0 files`."""

from __future__ import annotations


def counted(count: int, thing: str) -> str:
    """A number with its word; the word takes an s unless there is exactly one."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
