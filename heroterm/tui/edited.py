"""What comes back from the hero's own editor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edited:
    """The changed text, or None when it is as it was; `say` is what went wrong, if anything did."""

    text: str | None
    say: str = ""
