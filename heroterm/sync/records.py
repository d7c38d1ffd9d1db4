"""Writes to a person or an organization: read, compared with what the hero saw, written, read.

Such a write carries no marker and needs none: it sets a value, and setting it twice is the same
as once. What must not happen is that it overwrites what somebody else set meanwhile, so a write
without a clear answer is given its time to land before the next one is made.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from heroterm.domain.deeds import OrganizationText, PersonOrganization
from heroterm.domain.outbox import QUEUED, VERIFY, Intent
from heroterm.errors import NotAllowed, NotFound, ZendeskError
from heroterm.sync import settling
from heroterm.sync.checking import Check
from heroterm.sync.needs import Wire
from heroterm.sync.register import Register
from heroterm.sync.report import Report

Record = PersonOrganization | OrganizationText
_GONE = "Zendesk does not show this person or organization any more."
_ALREADY = "It was already so; nothing had to be sent."
_OVER = "over"
"""No write bears this stamp: fences all that had their time (claims.fence)."""


class Records:
    """Carries one such write as far as it goes now. Only the sender may call it.

    `server_now` is the server's moment, as far as it is known after the newest answer.
    """

    def __init__(
        self, wire: Wire, register: Register, check: Check, server_now: Callable[[], datetime]
    ) -> None:
        self._wire = wire
        self._register = register
        self._outbox = register.outbox
        self._check = check
        self._server_now = server_now

    def carry(self, intent: Intent, record: Record) -> Report:
        """Look what the server holds, and write where that is still needed and wanted."""
        try:
            found = self._value(record)
        except NotAllowed as error:
            if error.signed_out:
                return self._register.not_seen(intent, error)
            return self._register.needs_you(intent, error.say + self._register.sureness(intent))
        except NotFound:
            return self._register.needs_you(intent, _GONE + self._register.sureness(intent))
        except ZendeskError as error:
            return self._register.not_seen(intent, error)
        self._register.seen(intent)
        if found == _wanted(record):
            return self._register.sent(intent, why="" if intent.attempts else _ALREADY)
        return (
            self._waited(intent)
            or self._stopped(intent, record, found)
            or self._write(intent, record)
        )

    def _waited(self, intent: Intent) -> Report | None:
        """Give a write that may still land its time; after it no such write is awaited."""
        attempts, now = self._outbox.attempts(intent.id), self._server_now()
        live = [each for each in attempts if each.live]
        if live and (wait := settling.wait(live[-1].started_at, now)):
            return self._register.later(intent, wait, "Looking whether it arrived.")
        if live:
            self._outbox.fence(intent.id, _OVER)
        if settling.hopeless(attempts, now):
            return self._register.needs_you(intent, settling.TIRED + settling.NOT_SENT)
        return None

    def _stopped(self, intent: Intent, record: Record, found: int | str | None) -> Report | None:
        if refusal := self._check(intent, None, ()):
            return self._register.needs_you(intent, refusal)
        if found != _known(record.before):
            return self._register.needs_you(intent, _changed(record, found))
        if intent.state == VERIFY and self._outbox.settle(intent.id, QUEUED) is None:
            return self._register.taken(intent)
        return None

    def _write(self, intent: Intent, record: Record) -> Report:
        if self._outbox.begin(intent.id, stamp="", now=self._server_now()) is None:
            return self._register.taken(intent)
        try:
            match record:
                case PersonOrganization():
                    self._wire.move_person(record.person_id, record.organization_id)
                case OrganizationText():
                    self._wire.write_organization(record.organization_id, record.field, record.text)
        except ZendeskError as error:
            return self._register.failed(intent, error)
        return self._seen_again(intent, record)

    def _seen_again(self, intent: Intent, record: Record) -> Report:
        try:
            arrived = self._value(record) == _wanted(record)
        except ZendeskError:
            arrived = False
        if not arrived:
            return self._register.failed(intent, ZendeskError("The change is not seen yet."))
        return self._register.sent(intent)

    def _value(self, record: Record) -> int | str | None:
        """What the server holds now; None for nothing."""
        match record:
            case PersonOrganization():
                return self._wire.person(record.person_id).organization_id
            case OrganizationText():
                organization = self._wire.organization(record.organization_id)
                held = organization.notes, organization.content_warning
                return _known(held[record.field == "content_warning"])


def _known(value: int | str | None) -> int | str | None:
    """A value as it is compared: Zendesk trims texts, and knows other ends of lines."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    return value


def _wanted(record: Record) -> int | str | None:
    match record:
        case PersonOrganization():
            return record.organization_id
        case OrganizationText():
            return _known(record.text)


def _changed(record: Record, found: int | str | None) -> str:
    if isinstance(record, PersonOrganization):
        now = f"organization {found}" if found else "no organization"
        return f"The person is in {now} by now, which is not what you saw; nothing was changed."
    return "Somebody changed the text meanwhile; yours is kept here and does not stand there now."
