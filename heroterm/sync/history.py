"""A ticket's newest audits: our marker among them, whether they are fresh, what came later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from heroterm.domain.meanwhile import looked_at
from heroterm.domain.outbox import Intent
from heroterm.domain.ticket import Audit
from heroterm.sync.needs import Wire

_PAGES = 60
"""Pages of 100 that are read at most: more audits than a ticket can have comments."""
_NO_BASE = timedelta(days=1)
"""How far back to look where it is not known what the hero was looking at."""


@dataclass(frozen=True, slots=True)
class History:
    """Audits of one ticket, newest first, back to what the hero was looking at."""

    audits: tuple[Audit, ...]

    def marked(self, intent_id: str) -> Audit | None:
        """The audit that carries the intent's marker: it has arrived."""
        return next((audit for audit in self.audits if audit.marker == intent_id), None)

    def fresh(self, updated_at: datetime) -> bool:
        """Whether the newest audit is as new as the ticket: else a replica lags (§3 step 4)."""
        return bool(self.audits) and self.audits[0].created_at >= updated_at

    def since(self, intent: Intent) -> tuple[Audit, ...]:
        """What happened after the hero looked, newest first."""
        seen = intent.seen_comment_id
        for place, audit in enumerate(self.audits):
            if seen is not None and any(id_ == seen for id_, _ in audit.comments):
                return self.audits[:place]
        base = looked_at(intent)
        return tuple(each for each in self.audits if each.created_at > base or _unseen(each, seen))


def _unseen(audit: Audit, seen: int | None) -> bool:
    """Whether it holds a comment newer than the newest that was on the screen: within the second
    of its stamp a ticket can change unnoticed, and the numbers of comments rise.
    """
    return seen is not None and any(id_ > seen for id_, _ in audit.comments)


def read(wire: Wire, intent: Intent) -> History:
    """Audits of the intent's ticket until its marker, or until what the hero had seen.

    Raises ZendeskError.
    """
    floor = looked_at(intent) if intent.base_stamp else intent.created_at - _NO_BASE
    found: list[Audit] = []
    cursor: str | None = None
    for _ in range(_PAGES):
        page = wire.audits(intent.ticket_id, cursor)
        found.extend(page.audits)
        if any(audit.marker == intent.id for audit in page.audits):
            break
        past = bool(page.audits) and page.audits[-1].created_at < floor
        if past or not page.has_more or page.next_cursor in (None, cursor):
            break
        cursor = page.next_cursor
    # Audits of one second may come in any order; what came after what is told by their numbers.
    return History(tuple(sorted(found, key=lambda each: (each.created_at, each.id), reverse=True)))
