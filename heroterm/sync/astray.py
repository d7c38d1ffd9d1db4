"""Intents that the push does not carry any further: changed from outside, or it failed on them.

Such a one waits for a person, and the intents of other tickets go on. What may have left the house
is looked for first: it is `verify` for as long as a look may tell (outbox.md §2).
"""

from __future__ import annotations

from datetime import timedelta

from heroterm.domain.outbox import NEEDS_YOU, QUEUED, SENDING, VERIFY, Intent
from heroterm.journal.intents import UNCLEAR
from heroterm.sync import noted, settling
from heroterm.sync.register import Register
from heroterm.sync.report import Moved, Report

FAULTS = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What a fault of this program raises: nothing of it is the journal's, the server's or the line's,
which have errors of their own."""
_LOOKS = 5
"""Looks in a row that may fail before a person is asked."""
_FAILED = "heroterm failed on it ({kind})."


class Astray:
    """Remembers for this process on which intents the push failed."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._outbox = register.outbox
        self._failed: dict[str, tuple[int, str]] = {}

    def before(self, intent: Intent) -> Report | None:
        """What becomes at once of a deed that was changed from outside: nothing tells where it
        would be found, and an earlier try may have made it.
        """
        if intent.unreadable and (intent.deed is not None or "deed" in intent.unreadable):
            return self._register.needs_you(intent, intent.why + settling.NOT_SURE)
        return None

    def unfit(self, intent: Intent) -> Report | None:
        """Why one is not tried (again), when no earlier try can land any more."""
        if intent.unreadable:
            return self._register.needs_you(intent, intent.why)
        _, why = self._failed.get(intent.id, (0, ""))
        if why and intent.attempts:
            return self._give_up(intent, why + settling.NOT_SENT)
        return None

    def after(self, intent: Intent, fault: Exception) -> Report:
        """The push failed on it: the kind of the fault is noted, never what it says."""
        noted.failure("an intent of the outbox", fault)
        found = self._outbox.get(intent.id)
        if found is None or found.state not in (QUEUED, SENDING, VERIFY):
            return self._register.taken(intent)
        times = self._failed.get(intent.id, (0, ""))[0] + 1
        why = _FAILED.format(kind=type(fault).__name__)
        self._failed[intent.id] = times, why
        if not any(attempt.live for attempt in self._outbox.attempts(intent.id)):
            return self._give_up(found, why + settling.NOT_SENT)
        if found.state != SENDING and times >= _LOOKS:
            return self._give_up(found, why + settling.NOT_SURE)
        return self._look(found, why, settling.retry(times))

    def _give_up(self, intent: Intent, why: str) -> Report:
        self._failed.pop(intent.id, None)
        return self._register.needs_you(intent, why)

    def _look(self, intent: Intent, why: str, wait: float) -> Report:
        until = self._register.clock() + timedelta(seconds=wait)
        moved = self._outbox.settle(intent.id, VERIFY, why=why, not_before=until, outcome=UNCLEAR)
        state = VERIFY if moved is not None else NEEDS_YOU
        return Moved(intent.id, intent.ticket_id, state, why)
