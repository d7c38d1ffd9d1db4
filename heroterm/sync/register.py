"""Writes down what became of an intent, and says so: the one place where the push settles.

Nothing in here waits or asks the server; each method is one commit of the journal and a report.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from heroterm.domain.outbox import NEEDS_YOU, SENT, Intent
from heroterm.domain.ticket import Audit
from heroterm.errors import NotAllowed, NotFound, Offline, RateLimited, Rejected, ZendeskError
from heroterm.journal.claims import Claims
from heroterm.sync import settling
from heroterm.sync.outcome import judge
from heroterm.sync.report import Moved, Report, Sent, Trouble, Waiting
from heroterm.sync.report import Offline as WasOffline


class Register:
    """`clock` is this machine's, aware, UTC. Methods raise StoreError when the journal fails."""

    def __init__(self, outbox: Claims, clock: Callable[[], datetime]) -> None:
        self.outbox = outbox
        self.clock = clock
        self._until: datetime | None = None
        self._asked = 0.0
        self.paused: Trouble | None = None
        self.forbidden = False
        """Whether the role was not let do something since somebody last asked."""
        self._failures: dict[str, int] = {}

    def pause_left(self) -> float:
        """Seconds for which nothing may be asked. Never longer than what was asked for: else the
        clock was turned back meanwhile, and the wait is over.
        """
        if self._until is None:
            return 0.0
        left = (self._until - self.clock()).total_seconds()
        return left if 0.0 < left <= self._asked else 0.0

    def resume(self) -> None:
        """End a pause after a refused sign-in, and any wait."""
        self.paused = self._until = None

    def sent(
        self,
        intent: Intent,
        audit: Audit | None = None,
        *,
        why: str = "",
        made_ticket_id: int | None = None,
    ) -> Report:
        """It is on the server."""
        said = audit is not None and intent.comment is not None and audit.comments
        comment_id = audit.comments[0][0] if audit is not None and said else None
        audit_id = audit.id if audit is not None else None
        settled = self.outbox.settle(
            intent.id,
            SENT,
            why=why,
            audit_id=audit_id,
            comment_id=comment_id,
            made_ticket_id=made_ticket_id,
        )
        self.seen(intent)
        if settled is None:
            return self.taken(intent)
        return Sent(intent.id, made_ticket_id or intent.ticket_id, audit_id, comment_id)

    def failed(self, intent: Intent, error: ZendeskError) -> Report:
        """An attempt did not bring the proof that it arrived."""
        self.forbidden = self.forbidden or _by_role(error)
        attempts = self.outbox.attempts(intent.id)
        outcome = judge(error, settling.conflicts(attempts[:-1]))
        why = outcome.why
        if outcome.state == NEEDS_YOU:
            not_sure = any(attempt.live for attempt in attempts[:-1])
            why += settling.NOT_SURE if not_sure else settling.NOT_SENT
        until = self.clock() + timedelta(seconds=outcome.wait)
        self.outbox.settle(
            intent.id, outcome.state, why=why, not_before=until, outcome=outcome.proved
        )
        if outcome.pause:
            return self.pause(error)
        if isinstance(error, Offline):
            return WasOffline(self.clock().timestamp())
        if isinstance(error, RateLimited):
            return Waiting(why, outcome.wait, intent.ticket_id, intent.id)
        return Moved(intent.id, intent.ticket_id, outcome.state, why)

    def needs_you(self, intent: Intent, why: str) -> Report:
        """A person must decide."""
        if self.outbox.settle(intent.id, NEEDS_YOU, why=why) is None:
            return self.taken(intent)
        return Moved(intent.id, intent.ticket_id, NEEDS_YOU, why)

    def later(self, intent: Intent, wait: float, why: str) -> Report:
        """Look again in `wait` seconds."""
        until = self.clock() + timedelta(seconds=wait)
        if self.outbox.postpone(intent.id, until, why) is None:
            return self.taken(intent)
        return Waiting(why, wait, intent.ticket_id, intent.id)

    def taken(self, intent: Intent) -> Report:
        """The hero was quicker: recalled, held or discarded meanwhile."""
        found = self.outbox.get(intent.id)
        return Moved(intent.id, intent.ticket_id, found.state if found is not None else "")

    def seen(self, intent: Intent) -> None:
        """What had to be read for it was read."""
        self._failures.pop(intent.id, None)

    def not_seen(self, intent: Intent, error: ZendeskError) -> Report:
        """What had to be read first could not be read: nothing was sent."""
        match error:
            case Offline():
                return WasOffline(self.clock().timestamp())
            case RateLimited():
                self._asked = error.retry_after
                self._until = self.clock() + timedelta(seconds=error.retry_after)
                return Waiting(error.say, error.retry_after, short=error.short)
            case NotAllowed() if error.signed_out:
                return self.pause(error)
            case NotFound():
                return self.needs_you(intent, settling.GONE + self.sureness(intent))
            case NotAllowed():
                self.forbidden = True
                return self.needs_you(intent, settling.NO_HISTORY + self.sureness(intent))
        failures = self._failures[intent.id] = self._failures.get(intent.id, 0) + 1
        return self.later(intent, settling.retry(failures), error.say)

    def not_taken(self, intent: Intent, error: ZendeskError) -> Report:
        """A file could not be handed over: nobody has seen it, and the words did not leave."""
        refused = isinstance(error, (Rejected, NotFound)) or (
            isinstance(error, NotAllowed) and not error.signed_out
        )
        if not refused:
            return self.not_seen(intent, error)
        reason = getattr(error, "reason", "") or error.say
        return self.needs_you(
            intent, f"Zendesk does not take the file: {reason}{self.sureness(intent)}"
        )

    def sureness(self, intent: Intent) -> str:
        """Whether it is certain that nothing was sent, in words."""
        live = any(attempt.live for attempt in self.outbox.attempts(intent.id))
        return settling.NOT_SURE if live else settling.NOT_SENT

    def pause(self, error: ZendeskError) -> Report:
        """The sign-in was refused: nobody sends until told otherwise."""
        self.paused = Trouble(error.say, error.remedy or "Sign in again: heroterm connect", True)
        return self.paused


def _by_role(error: ZendeskError) -> bool:
    return isinstance(error, NotAllowed) and not error.signed_out
