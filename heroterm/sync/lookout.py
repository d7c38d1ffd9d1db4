"""Looks out for what the hero should hear of: targets about to be missed, waits that are over,
notes of colleagues that name them.

It reads mirror and journal alone, so it goes on without a network; each thing is told once, since
what was told is kept in the journal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from heroterm.domain.breach_warning import look
from heroterm.sync.looking import Looking
from heroterm.sync.mentioned import mentioned
from heroterm.sync.report import Alert
from heroterm.sync.waking import waits

PERIOD = 30.0
"""Seconds between two looks."""
_NAMED = "newest note that names the hero"
"""Under which name the journal remembers the number of the note of which was told last."""


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
        yield from self._named()

    def _named(self) -> Iterator[Alert]:
        """Notes that came since the last look. Those before the first one of all are old: the brief
        and `g @` list them.
        """
        me, marks = self._mirror.state().user_id, self._journal.marks
        hero = self._mirror.person(me) if me is not None else None
        if hero is None:
            return
        told, first = marks.count(_NAMED), marks.recall(_NAMED) is None
        found = list(mentioned(self._mirror, hero, after=told))
        newest = max((one.mention.comment_id for one in found), default=0)
        if first or newest > told:
            marks.remember(_NAMED, str(max(told, newest)))
        for one in found:
            if not first and one.mention.comment_id > told:
                yield Alert("named", one.mention.ticket_id, f"{one.author} names you in a note")

    def _warnings(self, now: datetime) -> Iterator[Alert]:
        journal = self._journal
        given = journal.week.warned()
        found = look(self._rows(), given, now, self.rules)
        if found.given != given:
            journal.week.keep_warned(found.given)
        for warning in found.warnings:
            hours = f"less than {warning.hours} h" if warning.hours > 1 else "less than an hour"
            say = f"T{warning.tier}, {hours} left"
            yield Alert("breach_warning", warning.ticket_id, say, warning.hours)
