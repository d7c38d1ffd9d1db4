"""Writes to a person or an organization: read, compared with what the hero saw, written, read.

Such a write carries no marker and needs none: it sets a value, and setting it twice is the same
as once. What must not happen is that it overwrites what somebody else set meanwhile.
"""

from __future__ import annotations

from datetime import datetime

from heroterm.domain.deeds import OrganizationText, PersonOrganization
from heroterm.domain.outbox import QUEUED, VERIFY, Intent
from heroterm.errors import NotAllowed, NotFound, ZendeskError
from heroterm.sync import settling
from heroterm.sync.needs import Wire
from heroterm.sync.register import Register
from heroterm.sync.report import Report

Record = PersonOrganization | OrganizationText
_GONE = "Zendesk does not show this person or organization any more."
_ALREADY = "It was already so; nothing had to be sent."


class Records:
    """Carries one such write as far as it goes now. Only the sender may call it."""

    def __init__(self, wire: Wire, register: Register) -> None:
        self._wire = wire
        self._register = register
        self._outbox = register.outbox

    def carry(self, intent: Intent, record: Record, now: datetime) -> Report:
        """`now` is the server's moment."""
        try:
            found = self._value(record)
        except NotAllowed as error:
            if error.signed_out:
                return self._register.not_seen(intent, error)
            return self._register.needs_you(intent, f"{error.say} {settling.NOT_SENT.strip()}")
        except NotFound:
            return self._register.needs_you(intent, f"{_GONE} {settling.NOT_SENT.strip()}")
        except ZendeskError as error:
            return self._register.not_seen(intent, error)
        self._register.seen(intent)
        if found == _wanted(record):
            return self._register.sent(intent, why="" if intent.attempts else _ALREADY)
        if found != (record.before or None):
            return self._register.needs_you(intent, _changed(record, found))
        if intent.state == VERIFY and self._outbox.settle(intent.id, QUEUED) is None:
            return self._register.taken(intent)
        return self._write(intent, record, now)

    def _write(self, intent: Intent, record: Record, now: datetime) -> Report:
        if self._outbox.begin(intent.id, stamp="", now=now) is None:
            return self._register.taken(intent)
        try:
            match record:
                case PersonOrganization():
                    self._wire.move_person(record.person_id, record.organization_id)
                case OrganizationText():
                    self._wire.write_organization(record.organization_id, record.field, record.text)
            arrived = self._value(record) == _wanted(record)
        except ZendeskError as error:
            return self._register.failed(intent, error)
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
                return held[record.field == "content_warning"] or None


def _wanted(record: Record) -> int | str | None:
    match record:
        case PersonOrganization():
            return record.organization_id
        case OrganizationText():
            return record.text or None


def _changed(record: Record, found: int | str | None) -> str:
    if isinstance(record, PersonOrganization):
        now = f"organization {found}" if found else "no organization"
        return f"The person is in {now} by now, which is not what you saw; nothing was changed."
    return "Somebody changed the text meanwhile; yours is kept here and was not written."
