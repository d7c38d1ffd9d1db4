"""What one whole pass brought."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from heroterm.sync.report import Pulled, Report, Sent


@dataclass(slots=True)
class Tally:
    """Counts reports while a pass runs."""

    tickets: set[int] = field(default_factory=set)
    comments: int = 0
    users: int = 0
    organizations: int = 0
    sent: int = 0

    def add(self, report: Report) -> None:
        """Count one report."""
        if isinstance(report, Pulled):
            self.tickets.update(report.ticket_ids)
            self.comments += report.comments
            self.users += report.users
            self.organizations += report.organizations
        elif isinstance(report, Sent):
            self.sent += 1


@dataclass(frozen=True, slots=True)
class Totals:
    """A pass in numbers: rows that came, distinct for tickets; `seconds` by a monotonic clock."""

    tickets: int
    comments: int
    users: int
    organizations: int
    sent: int
    requests: int
    strategy: str
    seconds: float
    cursor_at: datetime | None
    """The newest change on the server that the mirror holds for certain."""
    offline: bool = False
    standby: int | None = None
    """Process id of another carrier, which holds the lock: then nothing was done. 0: unknown."""
