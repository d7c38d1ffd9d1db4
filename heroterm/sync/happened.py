"""What happened that a team's hook may want to know of, read out of mirror and journal.

Nothing is remembered between two looks but in the journal's ledger: after a crash the next look
finds what was not begun yet, and only that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from heroterm.domain.breach_warning import look
from heroterm.domain.outbox import Intent
from heroterm.domain.view import Overlay, Row
from heroterm.sync.looking import Looking

ON_NEW_TIER1 = "on_new_tier1"
ON_BREACH_WARNING = "on_breach_warning"
ON_SENT = "on_sent"
ON_WAIT_WOKEN = "on_wait_woken"
HOOKS = (ON_NEW_TIER1, ON_BREACH_WARNING, ON_SENT, ON_WAIT_WOKEN)
_FRESH = timedelta(hours=1)
"""What is older is no news: the carrier was not running then."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `key` tells it from every other of its hook and ticket."""

    hook: str
    ticket_id: int
    key: str
    say: str
    row: Row | None = None
    more: Mapping[str, object] = field(default_factory=dict)


class Happened(Looking):
    """Looks for events."""

    def of(self, hook: str) -> Iterator[Event]:
        """Every event of a hook that holds now or is fresh, begun or not. Raises StoreError."""
        found = {
            ON_NEW_TIER1: self._tier1,
            ON_BREACH_WARNING: self._warnings,
            ON_SENT: self._sent,
            ON_WAIT_WOKEN: self._woken,
        }
        return found[hook]()

    def with_row(self, event: Event) -> Event:
        """The event with its ticket as the queue shows it, if the mirror holds it."""
        row = event.row or self._mirror.row(event.ticket_id, Overlay())
        return replace(event, row=row)

    def _tier1(self) -> Iterator[Event]:
        for row in self._rows():
            if row.tier == 1 and row.section == 0:
                yield Event(ON_NEW_TIER1, row.id, "", "is in tier 1 now", row)

    def _warnings(self) -> Iterator[Event]:
        now = self._clock() + self._offset()
        rows = {row.id: row for row in self._rows()}
        for each in look(rows.values(), {}, now, self.rules).warnings:
            more = {"hours": each.hours, "metric": each.metric, "breach_at": each.breach_at}
            key = f"{each.breach_at.timestamp():.0f}:{each.hours}"
            say = f"less than {each.hours} h until its target is missed"
            yield Event(ON_BREACH_WARNING, each.ticket_id, key, say, rows[each.ticket_id], more)

    def _sent(self) -> Iterator[Event]:
        for intent in self._journal.outbox.sent_since(self._clock() - _FRESH):
            ticket_id = intent.made_ticket_id or intent.ticket_id
            say = "was seen on the server"
            yield Event(ON_SENT, ticket_id, intent.id, say, more=_of_intent(intent))

    def _woken(self) -> Iterator[Event]:
        since = self._clock() - _FRESH
        for wait in self._journal.waits.list():
            if wait.woken_at is not None and wait.woken_at >= since:
                key = f"{wait.set_at.timestamp():.0f}"
                more = {"why": wait.why, "woken_at": wait.woken_at}
                yield Event(ON_WAIT_WOKEN, wait.ticket_id, key, "the wait is over", more=more)


def _of_intent(intent: Intent) -> dict[str, object]:
    return {
        "intent": intent.id,
        "kind": intent.kind,
        "audit_id": intent.audit_id,
        "comment_id": intent.comment_id,
        "sent_at": intent.finished_at,
    }
