"""The end of a hero's week: what must be resolved or passed on, and whether it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

NOTE, TOLD = "note", "told"


@dataclass(frozen=True, slots=True)
class Passing:
    """A ticket that is the next hero's from `at` on."""

    name: str
    """To whom."""
    how: str
    """`note`: with an internal note, which counts once it is sent; `told`: by word of mouth."""
    at: datetime
    person_id: int | None = None
    intent_id: str | None = None
    """The intent that carries the note."""
