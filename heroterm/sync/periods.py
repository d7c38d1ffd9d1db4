"""How often the carrier does what, and how long it keeps what was said; a person may choose."""

from __future__ import annotations

from dataclasses import dataclass

_HINTS, _EXPORTS, _THREADS = 30.0, 60.0, 60.0


@dataclass(frozen=True, slots=True)
class Periods:
    """Seconds between two rounds (api.md §11), and days."""

    delta: float = 50.0
    working_set: float = 50.0
    """Both a little below the minute within which the desk is fresh: asking takes time, too."""
    open_ticket: float = 30.0
    reference: float = 3_600.0
    """Labels, macros, views, people and organizations."""
    seat: float = 300.0
    """Who is signed in, and what they may do."""
    deleted: float = 300.0
    targets: float = 300.0
    """What an admin's metric events promise."""
    older_threads: int = 30
    """Threads of solved tickets that a round brings while there is nothing else to do."""
    keep_days: int = 90
    """Days after which what was said in a solved ticket goes (once a week)."""

    @property
    def hints(self) -> float:
        """News of my tickets; never much more often than the list, which costs the same."""
        return max(_HINTS, self.delta / 2)

    @property
    def exports(self) -> float:
        """What admins read in bulk."""
        return max(_EXPORTS, self.delta)

    @property
    def threads(self) -> float:
        """Threads of the working set that are behind."""
        return max(_THREADS, self.working_set)
