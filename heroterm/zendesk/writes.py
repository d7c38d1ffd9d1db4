"""What is written: updates, new tickets, files, a person's organization, an organization's text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from heroterm.domain.deeds import CONTENT_WARNING, NewTicket
from heroterm.domain.outbox import MARKER, Changes, InternalNote, PublicReply
from heroterm.domain.ticket import Organization, Person, Ticket
from heroterm.errors import Misunderstood, Unclear
from heroterm.zendesk import reading, wire, wire_people, wire_threads
from heroterm.zendesk.answers import Answer
from heroterm.zendesk.asking import Asking
from heroterm.zendesk.pages import Updated
from heroterm.zendesk.updates import creation_body, update_body


class Writes(Asking):
    """The writing half of the client. Raises Unclear where a write may have been applied."""

    def update(
        self,
        ticket_id: int,
        comment: PublicReply | InternalNote | None,
        changes: Changes,
        stamp: str,
        marker: str,
        uploads: Sequence[str] = (),
    ) -> Updated:
        """One safe update with our marker; lands only while the ticket still has `stamp`.

        After Unclear: look for the marker before trying again.
        """
        sent = update_body(comment, changes, stamp, marker, uploads)
        return self._updated(self._answer("PUT", f"tickets/{int(ticket_id)}", sent=sent))

    def create(
        self,
        new: NewTicket,
        comment: PublicReply | InternalNote,
        changes: Changes,
        marker: str,
        uploads: Sequence[str] = (),
    ) -> Updated:
        """A new ticket. The same call again within two hours makes no second one (api.md §2):
        the marker is the idempotency key, too.
        """
        sent = creation_body(new, comment, changes, marker, uploads)
        return self._updated(
            self._answer("POST", "tickets", sent=sent, headers={"Idempotency-Key": marker})
        )

    def upload(self, name: str, content_type: str, content: bytes) -> str:
        """Hand a file over; the token with which a comment publishes it, once."""
        told = self._answer(
            "POST",
            "uploads",
            asked={"filename": name},
            sent=content,
            headers={"Content-Type": content_type or "application/binary"},
        ).json()
        token = told.get("upload", {}).get("token") if isinstance(told, dict) else None
        if not isinstance(token, str) or not token:
            raise Misunderstood("Zendesk took the file and gave no token for it.")
        return token

    def person(self, person_id: int) -> Person:
        """One user as they are now."""
        told = self._get(f"users/{int(person_id)}", urgent=True)
        return reading.one(told, "user", wire_people.UserWire).to_domain()

    def move_person(self, person_id: int, organization_id: int | None) -> None:
        """Put a user into an organization (None: into none)."""
        sent = {"user": {"organization_id": organization_id}}
        self._answer("PUT", f"users/{int(person_id)}", sent=sent)

    def organization(self, organization_id: int) -> Organization:
        """One organization as it is now."""
        told = self._get(f"organizations/{int(organization_id)}", urgent=True)
        return reading.one(told, "organization", wire_people.OrganizationWire).to_domain(
            self._fields
        )

    def write_organization(self, organization_id: int, field: str, text: str) -> None:
        """Write `notes`, or the field that holds the content warning (admins; config)."""
        own = {self._fields.content_warning: text}
        changed = {"organization_fields": own} if field == CONTENT_WARNING else {field: text}
        path = f"organizations/{int(organization_id)}"
        self._answer("PUT", path, sent={"organization": changed})

    def _updated(self, answer: Answer) -> Updated:
        try:
            told = answer.json()
            audit = reading.one(told, "audit", wire_threads.AuditWire).to_domain(MARKER)
            return Updated(self._ticket(told), audit)
        except (Misunderstood, ValueError) as error:
            raise Unclear("Zendesk answered the update with something unreadable.") from error

    def _ticket(self, told: Any) -> Ticket:
        try:
            return reading.one(told, "ticket", wire.TicketWire).to_domain()
        except ValueError as error:
            raise Misunderstood("Zendesk's answer holds a ticket that cannot be read.") from error
