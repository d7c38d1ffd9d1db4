"""The outbox to Zendesk: oldest first, per ticket in order, never twice (outbox.md §3).

Nothing in here waits. A step that must wait (a lagging replica, a stamp too young, an update
without a clear answer) notes when to look again and leaves the way to the other tickets free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from heroterm.domain.outbox import NEEDS_YOU, QUEUED, SENT, VERIFY, Intent
from heroterm.domain.ticket import Audit, Comment, Ticket
from heroterm.errors import NotAllowed, NotFound, Offline, RateLimited, ZendeskError
from heroterm.journal.database import Journal
from heroterm.journal.intents import Attempt
from heroterm.sync import collision, history, settling
from heroterm.sync.history import History
from heroterm.sync.needs import Wire
from heroterm.sync.outcome import judge
from heroterm.sync.report import Moved, Report, Sent, Trouble, Waiting
from heroterm.sync.report import Offline as WasOffline

Check = Callable[[Intent, Ticket, Sequence[Comment]], str | None]
"""A rule of the desk, asked once more before sending: a sentence refuses."""


def _no_rule(intent: Intent, ticket: Ticket, since: Sequence[Comment]) -> str | None:
    return None


class Push:
    """Carries intents. Only the holder of the sender lock may call it.

    `clock` is this machine's, aware, UTC; what is compared with stamps is corrected to the
    server's. `check` gets the intent, the ticket and the comments since the hero looked.
    Methods raise StoreError when the journal fails, and no ZendeskError.
    """

    def __init__(
        self,
        wire: Wire,
        journal: Journal,
        clock: Callable[[], datetime],
        *,
        check: Check = _no_rule,
    ) -> None:
        self._wire = wire
        self._journal = journal
        self._outbox = journal.outbox
        self._clock = clock
        self._check = check
        self._me: int | None = None
        self._until: datetime | None = None
        self._failures: dict[str, int] = {}
        self.paused: Trouble | None = None

    def resume(self) -> None:
        """End a pause after a refused sign-in, and any wait: try again at the next step."""
        self.paused = None
        self._until = None

    def ripen(self) -> None:
        """Queue what was held until now, though nothing can be sent: its hold is over."""
        self._outbox.due(self._clock())

    def left(self) -> float | None:
        """Seconds until a step may do something; None when nothing waits or all is paused."""
        now = self._clock()
        due = self._outbox.next_due(now) if self.paused is None else None
        if due is None or self._until is None:
            return due
        return max(due, min(settling.LONGEST_PAUSE, (self._until - now).total_seconds()))

    def step(self) -> Report | None:
        """Carry the oldest intent that may move as far as it goes now; None when none may."""
        if self.left() != 0.0:
            return None
        for intent in self._outbox.due(self._clock()):
            return self._carry(intent)
        return None

    def steps(self) -> Iterator[Report]:
        """Step until nothing may move any more, or the server is out of reach."""
        while (report := self.step()) is not None:
            yield report
            if isinstance(report, WasOffline):
                return

    def _carry(self, intent: Intent) -> Report:
        try:
            ticket = self._wire.ticket(intent.ticket_id)
            past = history.read(self._wire, intent)
            stop = self._settled(intent, ticket, past) or self._stopped(intent, ticket, past)
        except ZendeskError as error:
            return self._not_seen(intent, error)
        self._failures.pop(intent.id, None)
        return stop or self._send(intent, ticket)

    def _server_now(self) -> datetime:
        return self._clock() + timedelta(seconds=self._wire.clock_offset or 0.0)

    # What became of older attempts.

    def _settled(self, intent: Intent, ticket: Ticket, past: History) -> Report | None:
        """Decide about what was sent before; None when the way is free for an attempt."""
        audit = past.marked(intent.id)
        if audit is not None:
            return self._sent(intent, audit)
        live = [attempt for attempt in self._outbox.attempts(intent.id) if attempt.live]
        now = self._server_now()
        if not past.fresh(ticket.updated_at):
            if now - ticket.updated_at < settling.LAG:
                return self._later(intent, settling.REPLICA, "Zendesk's history lags behind.")
            if live:
                return self._needs_you(intent, settling.UNDECIDED)
        if any(attempt.stamp != ticket.updated_stamp for attempt in live):
            self._outbox.fence(intent.id, ticket.updated_stamp)
        return self._waited(intent, ticket, live, now) if intent.state == VERIFY else None

    def _waited(
        self, intent: Intent, ticket: Ticket, live: Sequence[Attempt], now: datetime
    ) -> Report | None:
        """Give an attempt that may still land its time; then the intent is queued anew."""
        same = [attempt for attempt in live if attempt.stamp == ticket.updated_stamp]
        wait = settling.wait(same[-1].started_at, now) if same else 0.0
        if wait:
            return self._later(intent, wait, "Looking whether it arrived.")
        if settling.hopeless(self._outbox.attempts(intent.id), now):
            return self._needs_you(intent, settling.TIRED + self._sureness(intent))
        if self._outbox.settle(intent.id, QUEUED) is None:
            return self._taken(intent)
        return None

    # What speaks against an attempt now.

    def _stopped(self, intent: Intent, ticket: Ticket, past: History) -> Report | None:
        if ticket.status == "closed":
            return self._needs_you(intent, settling.CLOSED)
        since = past.since(intent)
        if refusal := self._refusal(intent, ticket, since):
            return self._needs_you(intent, refusal)
        if collision.already_so(intent, ticket):
            why = "The ticket was already as you wanted it; nothing had to be sent."
            self._outbox.settle(intent.id, SENT, why=why)
            return Sent(intent.id, intent.ticket_id)
        if self._server_now() - ticket.updated_at < settling.YOUNG:
            return self._later(intent, settling.YOUNG.total_seconds(), "")
        return None

    def _refusal(self, intent: Intent, ticket: Ticket, since: Sequence[Audit]) -> str | None:
        """A sentence of the collision guard or of the desk's rules, or None."""
        if since and self._me is None:
            self._me = self._wire.me().id
        found = collision.news(intent, ticket, since, self._me)
        ids = {id_ for audit in since for id_, _ in audit.comments}
        if found is None and not ids:
            return self._check(intent, ticket, ())
        page = self._wire.comments(intent.ticket_id, None)
        if found is not None:
            names = {person.id: person.name for person in page.people}
            return collision.sentence(found, names.get(found.audit.author_id or 0, ""))
        return self._check(intent, ticket, [c for c in page.comments if c.id in ids])

    # The attempt.

    def _send(self, intent: Intent, ticket: Ticket) -> Report:
        now = self._server_now()
        if self._outbox.begin(intent.id, stamp=ticket.updated_stamp, now=now) is None:
            return self._taken(intent)
        try:
            updated = self._wire.update(
                intent.ticket_id, intent.comment, intent.changes, ticket.updated_stamp, intent.id
            )
        except ZendeskError as error:
            return self._failed(intent, error)
        audit = updated.audit
        if audit is not None and audit.marker == intent.id:
            return self._sent(intent, audit)
        return self._failed(intent, ZendeskError("The answer does not carry our marker."))

    def _failed(self, intent: Intent, error: ZendeskError) -> Report:
        attempts = self._outbox.attempts(intent.id)
        outcome = judge(error, settling.conflicts(attempts[:-1]))
        why = outcome.why
        if outcome.state == NEEDS_YOU:
            not_sure = any(attempt.live for attempt in attempts[:-1])
            why += settling.NOT_SURE if not_sure else settling.NOT_SENT
        until = self._clock() + timedelta(seconds=outcome.wait)
        self._outbox.settle(
            intent.id, outcome.state, why=why, not_before=until, outcome=outcome.proved
        )
        if outcome.pause:
            return self._pause(error)
        if isinstance(error, Offline):
            return WasOffline(self._clock().timestamp())
        if isinstance(error, RateLimited):
            return Waiting(why, outcome.wait, intent.ticket_id, intent.id)
        return Moved(intent.id, intent.ticket_id, outcome.state, why)

    # What is written down.

    def _sent(self, intent: Intent, audit: Audit) -> Report:
        comment_id = audit.comments[0][0] if intent.comment and audit.comments else None
        self._outbox.settle(intent.id, SENT, audit_id=audit.id, comment_id=comment_id)
        self._failures.pop(intent.id, None)
        return Sent(intent.id, intent.ticket_id, audit.id, comment_id)

    def _needs_you(self, intent: Intent, why: str) -> Report:
        if self._outbox.settle(intent.id, NEEDS_YOU, why=why) is None:
            return self._taken(intent)
        return Moved(intent.id, intent.ticket_id, NEEDS_YOU, why)

    def _later(self, intent: Intent, wait: float, why: str) -> Report:
        until = self._clock() + timedelta(seconds=wait)
        if self._outbox.postpone(intent.id, until, why) is None:
            return self._taken(intent)
        return Waiting(why, wait, intent.ticket_id, intent.id)

    def _taken(self, intent: Intent) -> Report:
        """The hero was quicker: recalled, held or discarded meanwhile."""
        found = self._outbox.get(intent.id)
        return Moved(intent.id, intent.ticket_id, found.state if found is not None else "")

    def _not_seen(self, intent: Intent, error: ZendeskError) -> Report:
        """The ticket or its history could not be read: nothing was sent."""
        match error:
            case Offline():
                return WasOffline(self._clock().timestamp())
            case RateLimited():
                self._until = self._clock() + timedelta(seconds=error.retry_after)
                return Waiting(error.say, error.retry_after)
            case NotAllowed() if error.signed_out:
                return self._pause(error)
            case NotFound():
                return self._needs_you(intent, settling.GONE + self._sureness(intent))
            case NotAllowed():
                return self._needs_you(intent, settling.NO_HISTORY + self._sureness(intent))
        failures = self._failures[intent.id] = self._failures.get(intent.id, 0) + 1
        return self._later(intent, settling.retry(failures), error.say)

    def _sureness(self, intent: Intent) -> str:
        live = any(attempt.live for attempt in self._outbox.attempts(intent.id))
        return settling.NOT_SURE if live else settling.NOT_SENT

    def _pause(self, error: ZendeskError) -> Report:
        self.paused = Trouble(error.say, error.remedy or "Sign in again: heroterm connect", True)
        return self.paused
