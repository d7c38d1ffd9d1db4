"""Who changed what: the audits of tickets that were opened or that changed, newest first.

Apart from the threads, so that the words of a ticket never wait for its history, and a few pages
at a time, so that an order never waits for either.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from heroterm.domain.ticket import Audit
from heroterm.sync.access import Access
from heroterm.sync.needs import AuditPage
from heroterm.sync.report import Pulled
from heroterm.sync.wanted import Wanted

HISTORY = "history"
"""What a report calls it, and what a role may be denied."""
_AT_ONCE, _PAGES = 5, 100
"""Pages of 100 in one piece; pages at most: 5,000 comments and as many changes."""


@dataclass(slots=True)
class _Reading:
    """A history that is being read down to the audit `floor`; it is kept once it is whole."""

    ticket_id: int
    floor: int | None
    found: list[Audit] = field(default_factory=list)
    cursor: str | None = None
    pages: int = 0
    gaps: bool = False
    ended: bool = False

    def take(self, page: AuditPage) -> bool:
        """Take a page over; whether it was the last one that is wanted."""
        self.found += page.audits
        self.pages += 1
        met = any(audit.id == self.floor for audit in page.audits)
        end = met or not page.has_more
        stuck = page.next_cursor in (None, self.cursor) or self.pages == _PAGES
        self.gaps = self.gaps or bool(page.refused) or (stuck and not end)
        self.cursor = page.next_cursor
        self.ended = end or stuck
        return self.ended


class Histories:
    """A queue of tickets whose history is wanted. Raises ZendeskError and StoreError."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._wanted = Wanted()
        self._under_way: _Reading | None = None
        self._in_vain: dict[int, str] = {}
        self.barred = False
        """Whether the role was not let read one; said anew to be tried again."""

    @property
    def waiting(self) -> bool:
        """Whether a history is wanted that this role may read."""
        return bool(self._wanted) and not self.barred

    def want(self, ticket_id: int, *, at_once: bool = False) -> None:
        """Bring the history of a ticket soon, unless the mirror has it as new as the ticket."""
        _, stamp = self._access.copy.history_mark(ticket_id)
        if not stamp or self._in_vain.get(ticket_id) == stamp:
            return
        self._wanted.want(ticket_id, at_once=at_once)

    def piece(self) -> Pulled | None:
        """Read a few pages of the history that is wanted first; None: nothing was kept yet."""
        ticket_id = self._wanted[0]
        if self._under_way is None or self._under_way.ticket_id != ticket_id:
            self._under_way = _Reading(ticket_id, self._access.copy.history_mark(ticket_id)[0])
        reading = self._under_way
        allowed = self._access.may(HISTORY, lambda: self._read(reading))
        self.barred = HISTORY in self._access.denied
        if allowed and not reading.ended:
            return None
        if allowed:
            found, complete = reading.found, not reading.gaps
            self._access.copy.save_audits(ticket_id, found, complete=complete)
        if not self.barred:
            self._done(ticket_id)
        return Pulled(HISTORY, (ticket_id,)) if allowed else None

    def _done(self, ticket_id: int) -> None:
        """What lacks all the same is not asked for again until the ticket changes."""
        self._under_way = None
        self._wanted.remove(ticket_id)
        _, stamp = self._access.copy.history_mark(ticket_id)
        if stamp:
            self._in_vain[ticket_id] = stamp

    def _read(self, reading: _Reading) -> None:
        ask, wire = self._access.ask, self._access.wire
        for _ in range(_AT_ONCE):
            page = ask(wire.history, reading.ticket_id, reading.cursor)
            if reading.take(page):
                return
