"""Writes that go elsewhere than to the ticket at hand: a new ticket, a person, an organization.

They are intents like any other (outbox.md §3, "Other kinds"): put once, checked by the one list of
rules, held, recalled, sent once. Zendesk's means differ: a new ticket takes an idempotency key;
a person or an organization is read, compared with what the hero saw, written and read again.
"""

from __future__ import annotations

from typing import ClassVar

from heroterm.domain.record import record

NOTES, CONTENT_WARNING = "notes", "content_warning"
"""Fields of an organization that are written; a plain agent may write the first (api.md §7)."""


@record(frozen=True, slots=True)
class EnclosedFile:
    """A file that goes with a comment, kept by its content; `size` in bytes."""

    name: str
    content_type: str
    size: int
    sha256: str


@record(frozen=True, slots=True)
class NewTicket:
    """A ticket of its own to somebody who need not be the requester (handbook, 2FA: the owner).

    The first message is the intent's comment, its fields are the intent's changes.
    """

    kind: ClassVar[str] = "new_ticket"
    to_address: str
    to_name: str
    subject: str
    follows_up: int | None = None
    """A closed ticket that this one follows up (api.md §2, `via_followup_source_id`)."""


@record(frozen=True, slots=True)
class PersonOrganization:
    """Put a person into an organization (handbook: Temp orgs for free email users)."""

    kind: ClassVar[str] = "person_organization"
    person_id: int
    organization_id: int | None
    before: int | None
    """The organization that the hero saw the person in: anything else stops it."""


@record(frozen=True, slots=True)
class OrganizationText:
    """Write one text field of an organization (handbook: Content Warnings)."""

    kind: ClassVar[str] = "organization_text"
    organization_id: int
    field: str
    """`notes` or `content_warning`."""
    text: str
    before: str
    """The text that the hero saw; anything else stops it."""


Deed = NewTicket | PersonOrganization | OrganizationText
DEEDS: dict[str, type[Deed]] = {
    kind.kind: kind for kind in (NewTicket, PersonOrganization, OrganizationText)
}
"""Every kind of deed by its name."""
