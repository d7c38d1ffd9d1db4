"""New tickets: asked for in the same words under the same key until an answer comes.

`POST /tickets` takes an idempotency key for two hours (api.md §2), so a repeat within that time
makes no second ticket. After it the request is never repeated: the ticket is looked for by its
marker, and where it cannot be found a person is asked (outbox.md §3, "Other kinds"). How much of
that time is gone is told by the server's clock, read anew before each request.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import QUEUED, VERIFY, Intent
from heroterm.domain.ticket import Audit
from heroterm.errors import Conflict, Rejected, StoreError, ZendeskError
from heroterm.journal.intents import Attempt
from heroterm.sync import settling
from heroterm.sync.checking import Check
from heroterm.sync.files import Files
from heroterm.sync.needs import Wire
from heroterm.sync.register import Register
from heroterm.sync.report import Report

KEY_LIVES = timedelta(minutes=100)
"""For so long the request is repeated; Zendesk keeps the key for two hours."""
_CANDIDATES = 100
_LOOKED_THROUGH = 20


class NewTickets:
    """Carries one new ticket as far as it goes now. Only the sender may call it.

    `server_now` is the server's moment, as far as it is known after the newest answer.
    """

    def __init__(
        self,
        wire: Wire,
        register: Register,
        files: Files,
        check: Check,
        server_now: Callable[[], datetime],
    ) -> None:
        self._wire = wire
        self._register = register
        self._outbox = register.outbox
        self._files = files
        self._check = check
        self._server_now = server_now

    def carry(self, intent: Intent, new: NewTicket) -> Report:
        """Ask for it, or look for what an earlier request made."""
        live = [each for each in self._outbox.attempts(intent.id) if each.live]
        try:
            # The one cheap question whose answer tells the server's time.
            self._wire.me()
            now = self._server_now()
            if live and now - live[0].started_at > KEY_LIVES:
                return self._find(intent, new) or self._undecided(intent)
            # Kept for long and never tried here: a copy of this journal may have sent it.
            old = not live and now - intent.created_at > KEY_LIVES
            if old and (found := self._find(intent, new)) is not None:
                return found
        except ZendeskError as error:
            return self._register.not_seen(intent, error)
        self._register.seen(intent)
        if left := _backoff(live, now):
            return self._register.later(intent, left, "Zendesk gave no clear answer; trying again.")
        return self._ask(intent, new, live, now)

    def _ask(
        self, intent: Intent, new: NewTicket, live: Sequence[Attempt], now: datetime
    ) -> Report:
        if not live and (refusal := self._check(intent, None, ())):
            return self._register.needs_you(intent, refusal)
        if intent.comment is None:
            return self._register.needs_you(intent, "A new ticket needs words.")
        if intent.state == VERIFY and self._outbox.settle(intent.id, QUEUED) is None:
            return self._register.taken(intent)
        try:
            # Where a request may have arrived, the next one must say the very same.
            uploads = self._files.uploaded(intent, again=not live)
        except StoreError as error:
            return self._register.needs_you(intent, f"{error}{self._register.sureness(intent)}")
        except ZendeskError as error:
            return self._register.not_taken(intent, error)
        # Not a later moment: from it on the key's time is counted, and it must not seem younger.
        if self._outbox.begin(intent.id, stamp="", now=now) is None:
            return self._register.taken(intent)
        # The machine may have slept in between: a key that died meanwhile protects nothing.
        if live and self._server_now() - live[0].started_at > KEY_LIVES:
            self._outbox.settle(intent.id, QUEUED, outcome="unreached")
            return self._register.taken(intent)
        return self._request(intent, new, uploads)

    def _request(self, intent: Intent, new: NewTicket, uploads: Sequence[str]) -> Report:
        assert intent.comment is not None
        try:
            made = self._wire.create(new, intent.comment, intent.changes, intent.id, uploads)
        except Conflict:
            # An earlier request under this key is still at work: its outcome is not known.
            return self._register.failed(intent, ZendeskError("Zendesk is still making it."))
        except Rejected as error:
            if "idempotency" in error.reason.lower():
                return self._known_key(intent, new, error)
            return self._register.failed(intent, error)
        except ZendeskError as error:
            return self._register.failed(intent, error)
        if made.audit is None or made.audit.marker != intent.id:
            return self._register.failed(intent, ZendeskError("The answer lacks our marker."))
        return self._register.sent(intent, made.audit, made_ticket_id=made.ticket.id)

    def _known_key(self, intent: Intent, new: NewTicket, error: Rejected) -> Report:
        """The key was used with other words: this request made nothing, an earlier one may have."""
        self._register.failed(intent, ZendeskError(error.say))
        try:
            return self._find(intent, new) or self._undecided(intent)
        except ZendeskError as failed:
            return self._register.not_seen(intent, failed)

    def _undecided(self, intent: Intent) -> Report:
        return self._register.needs_you(intent, settling.NEW_UNDECIDED)

    def _find(self, intent: Intent, new: NewTicket) -> Report | None:
        """The ticket with our marker, if it can be seen. Raises ZendeskError."""
        since = (intent.created_at - timedelta(days=1)).date().isoformat()
        found = self._wire.search(f"requester:{new.to_address} created>={since}", limit=_CANDIDATES)
        for ticket in found[:_LOOKED_THROUGH]:
            audit = _marked(self._wire.audits(ticket.id, None).audits, intent.id)
            if audit is not None:
                return self._register.sent(intent, audit, made_ticket_id=ticket.id)
        return None


def _marked(audits: Sequence[Audit], marker: str) -> Audit | None:
    return next((audit for audit in audits if audit.marker == marker), None)


def _backoff(live: Sequence[Attempt], now: datetime) -> float:
    """Seconds until it may be asked for again: longer after each request without a clear answer."""
    if not live:
        return 0.0
    age = max(0.0, (now - live[-1].started_at).total_seconds())
    return max(0.0, settling.retry(len(live) - 1) - age)
