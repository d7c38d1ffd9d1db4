"""Looks out for what the hero should hear of: targets about to be missed, waits that are over.

It reads mirror and journal alone, so it goes on without a network; each thing is told once, since
what was told is kept in the journal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from heroterm.domain.breach_warning import look
from heroterm.sync.looking import Looking
from heroterm.sync.report import Alert
from heroterm.sync.waking import waits

PERIOD = 30.0
"""Seconds between two looks."""


class Lookout(Looking):
    """Tells each thing once."""

    def look(self) -> Iterator[Alert]:
        """What is to be told now, once each. Raises StoreError."""
        now = self._clock()
        offset = self._offset()
        for ticket_id, waiting in waits(self._journal, self._mirror, now, offset).items():
            over = waiting.why and waiting.wait.woken_at is None
            if over and self._journal.waits.wake(ticket_id, waiting.why):
                yield Alert("wait_woken", ticket_id, waiting.why)
        yield from self._warnings(now + offset)

    def _warnings(self, now: datetime) -> Iterator[Alert]:
        journal = self._journal
        given = journal.week.warned()
        found = look(self._rows(), given, now, self._rules)
        if found.given != given:
            journal.week.keep_warned(found.given)
        for warning in found.warnings:
            hours = f"less than {warning.hours} h" if warning.hours > 1 else "less than an hour"
            say = f"T{warning.tier}, {hours} left"
            yield Alert("breach_warning", warning.ticket_id, say, warning.hours)
