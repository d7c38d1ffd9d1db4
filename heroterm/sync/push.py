"""The outbox to Zendesk: oldest first, per ticket in order, never twice (outbox.md §3).

Nothing in here waits. A step that must wait (a lagging replica, a stamp too young, an update
without a clear answer) notes when to look again and leaves the way to the other tickets free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import QUEUED, VERIFY, Intent
from heroterm.domain.ticket import Audit, Ticket
from heroterm.domain.undo import inverse_of
from heroterm.errors import StoreError, ZendeskError
from heroterm.journal.database import Journal
from heroterm.journal.intents import Attempt
from heroterm.sync import collision, history, settling
from heroterm.sync.astray import FAULTS, Astray
from heroterm.sync.checking import Check, no_rule
from heroterm.sync.files import Files
from heroterm.sync.history import History
from heroterm.sync.needs import Wire
from heroterm.sync.new_tickets import NewTickets
from heroterm.sync.records import Records
from heroterm.sync.register import Register
from heroterm.sync.report import Offline as WasOffline
from heroterm.sync.report import Report, Trouble


class Push:
    """Carries intents. Only the holder of the sender lock may call it.

    `clock` is this machine's, aware, UTC; what is compared with stamps is corrected to the
    server's. `check` gets the intent, the ticket and the comments since the hero looked. `keep`
    gets the audits of a ticket on which something stopped an intent.
    Methods raise StoreError when the journal fails, and no ZendeskError.
    """

    def __init__(
        self,
        wire: Wire,
        journal: Journal,
        clock: Callable[[], datetime],
        *,
        check: Check = no_rule,
        keep: Callable[[int, Sequence[Audit]], object] = lambda ticket_id, audits: None,
    ) -> None:
        self._wire = wire
        self._journal = journal
        self._outbox = journal.outbox
        self._clock = clock
        self._check = check
        self._keep = keep
        self._me: int | None = None
        self._register = Register(self._outbox, clock)
        self._astray = Astray(self._register)
        self._files = Files(wire, journal)
        self._new_tickets = NewTickets(wire, self._register, self._files, check, self._server_now)
        self._records = Records(wire, self._register, check, self._server_now)

    @property
    def paused(self) -> Trouble | None:
        """Why nothing is sent, after a refused sign-in; None in ordinary times."""
        return self._register.paused

    def was_forbidden(self) -> bool:
        """Whether the role was not let do something since this was last asked."""
        forbidden, self._register.forbidden = self._register.forbidden, False
        return forbidden

    def resume(self) -> None:
        """End a pause after a refused sign-in, and any wait: try again at the next step."""
        self._register.resume()

    def me(self) -> int:
        """Number of whoever is signed in; asked once. Raises ZendeskError."""
        if self._me is None:
            self._me = self._wire.me().id
        return self._me

    def bring_history(self, ticket_id: int) -> None:
        """Give a ticket's newest audits to whoever keeps them. Raises ZendeskError."""
        self._keep(ticket_id, self._wire.audits(ticket_id, None).audits)

    def ripen(self) -> None:
        """Queue what was held until now, though nothing can be sent: its hold is over."""
        self._outbox.due(self._clock())

    def tidy(self, keep_days: int) -> None:
        """Once a week, let go what the journal need not keep any longer, by the server's clock:
        while that is not known, nothing goes.
        """
        if self._wire.clock_offset is not None:
            self._journal.housekeeping.if_due(self._server_now(), keep_days=keep_days)

    def left(self) -> float | None:
        """Seconds until a step may do something; None when nothing waits or all is paused."""
        due = self._outbox.next_due(self._clock()) if self.paused is None else None
        return None if due is None else max(due, self._register.pause_left())

    def step(self) -> Report | None:
        """Carry the oldest intent that may move as far as it goes now; None when none may."""
        if self.left() != 0.0:
            return None
        for intent in self._outbox.due(self._clock()):
            return self._guarded(intent)
        return None

    def steps(self) -> Iterator[Report]:
        """Step until nothing may move any more, or the server is out of reach."""
        while (report := self.step()) is not None:
            yield report
            if isinstance(report, WasOffline):
                return

    def _guarded(self, intent: Intent) -> Report:
        """Carry it; a fault in doing so stops this one intent alone."""
        try:
            return self._astray.before(intent) or self._carry(intent)
        except FAULTS as fault:
            return self._astray.after(intent, fault)

    def _carry(self, intent: Intent) -> Report:
        match intent.deed:
            case None:
                return self._carry_update(intent)
            case NewTicket():
                return self._new_tickets.carry(intent, intent.deed)
            case _:
                return self._records.carry(intent, intent.deed)

    def _carry_update(self, intent: Intent) -> Report:
        try:
            ticket = self._wire.ticket(intent.ticket_id)
            past = history.read(self._wire, intent)
            stop = self._settled(intent, ticket, past) or self._astray.unfit(intent)
            stop = stop or self._stopped(intent, ticket, past)
        except ZendeskError as error:
            return self._register.not_seen(intent, error)
        self._register.seen(intent)
        return stop or self._send(intent, ticket)

    def _server_now(self) -> datetime:
        return self._clock() + timedelta(seconds=self._wire.clock_offset or 0.0)

    # What became of older attempts.

    def _settled(self, intent: Intent, ticket: Ticket, past: History) -> Report | None:
        """Decide about what was sent before; None when the way is free for an attempt."""
        audit = past.marked(intent.id)
        if audit is not None:
            return self._register.sent(intent, audit)
        live = [attempt for attempt in self._outbox.attempts(intent.id) if attempt.live]
        now = self._server_now()
        if not past.fresh(ticket.updated_at):
            if now - ticket.updated_at < settling.LAG:
                return self._register.later(
                    intent, settling.REPLICA, "Zendesk's history lags behind."
                )
            if live:
                return self._register.needs_you(intent, settling.UNDECIDED)
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
            return self._register.later(intent, wait, "Looking whether it arrived.")
        if settling.hopeless(self._outbox.attempts(intent.id), now):
            return self._register.needs_you(
                intent, settling.TIRED + self._register.sureness(intent)
            )
        if self._outbox.settle(intent.id, QUEUED) is None:
            return self._register.taken(intent)
        return None

    # What speaks against an attempt now.

    def _stopped(self, intent: Intent, ticket: Ticket, past: History) -> Report | None:
        if ticket.status == "closed":
            return self._register.needs_you(intent, settling.CLOSED)
        since = past.since(intent)
        if refusal := self._refusal(intent, ticket, since):
            return self._register.needs_you(intent, refusal)
        if collision.already_so(intent, ticket):
            why = "The ticket was already as you wanted it; nothing had to be sent."
            return self._register.sent(intent, why=why)
        if self._server_now() - ticket.updated_at < settling.YOUNG:
            return self._register.later(intent, settling.YOUNG.total_seconds(), "")
        return None

    def _refusal(self, intent: Intent, ticket: Ticket, since: Sequence[Audit]) -> str | None:
        """A sentence of the collision guard or of the desk's rules, or None."""
        found = collision.news(intent, ticket, since, self.me() if since else None)
        ids = {id_ for audit in since for id_, _ in audit.comments}
        if found is None and not ids:
            return self._check(intent, ticket, ())
        page = self._wire.comments(intent.ticket_id, None)
        if found is not None:
            self._keep(intent.ticket_id, since)
            names = {person.id: person.name for person in page.people}
            by = found.audit.writer_id or found.audit.author_id or 0
            return collision.sentence(found, names.get(by, ""))
        return self._check(intent, ticket, [c for c in page.comments if c.id in ids])

    # The attempt.

    def _send(self, intent: Intent, ticket: Ticket) -> Report:
        try:
            uploads = self._files.uploaded(intent)
        except StoreError as error:
            return self._register.needs_you(intent, f"{error}{self._register.sureness(intent)}")
        except ZendeskError as error:
            return self._register.not_taken(intent, error)
        now, stamp = self._server_now(), ticket.updated_stamp
        inverse = None if intent.changes.empty else inverse_of(intent.changes, ticket)
        if self._outbox.begin(intent.id, stamp=stamp, now=now, inverse=inverse) is None:
            return self._register.taken(intent)
        try:
            updated = self._wire.update(
                intent.ticket_id, intent.comment, intent.changes, stamp, intent.id, uploads
            )
        except ZendeskError as error:
            return self._register.failed(intent, error)
        audit = updated.audit
        if audit is not None and audit.marker == intent.id:
            return self._register.sent(intent, audit)
        return self._register.failed(intent, ZendeskError("The answer does not carry our marker."))
