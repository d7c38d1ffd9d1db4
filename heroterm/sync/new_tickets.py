"""New tickets: asked for in the same words under the same key until an answer comes.

`POST /tickets` takes an idempotency key for two hours (api.md §2), so a repeat within that time
makes no second ticket. After it the request is never repeated: the ticket is looked for by its
marker, and where it cannot be found a person is asked (outbox.md §3, "Other kinds").
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import QUEUED, VERIFY, Intent
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
    """Carries one new ticket as far as it goes now. Only the sender may call it."""

    def __init__(self, wire: Wire, register: Register, files: Files, check: Check) -> None:
        self._wire = wire
        self._register = register
        self._outbox = register.outbox
        self._files = files
        self._check = check

    def carry(self, intent: Intent, new: NewTicket, now: datetime) -> Report:
        """Ask for it, or look for what an earlier request made. `now` is the server's moment."""
        attempts = [each for each in self._outbox.attempts(intent.id) if each.live]
        if attempts and now - attempts[0].started_at > KEY_LIVES:
            return self._look_for(intent, new)
        if not attempts and (refusal := self._check(intent, None, ())):
            return self._register.needs_you(intent, refusal)
        if intent.state == VERIFY and self._outbox.settle(intent.id, QUEUED) is None:
            return self._register.taken(intent)
        return self._ask(intent, new, now, attempts)

    def _ask(
        self, intent: Intent, new: NewTicket, now: datetime, before: Sequence[Attempt]
    ) -> Report:
        if intent.comment is None:
            return self._register.needs_you(intent, "A new ticket needs words.")
        try:
            uploads = self._files.uploaded(intent, again=False)
        except StoreError as error:
            return self._register.needs_you(intent, f"{error} {settling.NOT_SENT.strip()}")
        except ZendeskError as error:
            return self._register.not_seen(intent, error)
        if self._outbox.begin(intent.id, stamp="", now=now) is None:
            return self._register.taken(intent)
        try:
            made = self._wire.create(new, intent.comment, intent.changes, intent.id, uploads)
        except Conflict:
            # An earlier request under this key is still at work: its outcome is not known.
            return self._register.failed(intent, ZendeskError("Zendesk is still making it."))
        except Rejected as error:
            if before and "idempotency" in error.reason.lower():
                return self._look_for(intent, new)
            return self._register.failed(intent, error)
        except ZendeskError as error:
            return self._register.failed(intent, error)
        if made.audit is None or made.audit.marker != intent.id:
            return self._register.failed(intent, ZendeskError("The answer lacks our marker."))
        return self._register.sent(intent, made.audit, made_ticket_id=made.ticket.id)

    def _look_for(self, intent: Intent, new: NewTicket) -> Report:
        """Whether a ticket with our marker is there; where none is seen, a person decides."""
        since = (intent.created_at - timedelta(days=1)).date().isoformat()
        try:
            found = self._wire.search(
                f"requester:{new.to_address} created>={since}", limit=_CANDIDATES
            )
            for ticket in found[:_LOOKED_THROUGH]:
                page = self._wire.audits(ticket.id, None)
                for audit in page.audits:
                    if audit.marker == intent.id:
                        return self._register.sent(intent, audit, made_ticket_id=ticket.id)
        except ZendeskError as error:
            return self._register.not_seen(intent, error)
        return self._register.needs_you(intent, settling.NEW_UNDECIDED)
