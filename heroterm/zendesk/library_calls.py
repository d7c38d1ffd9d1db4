"""What is asked now and then beside tickets: labels, identities, deletions, one attachment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from heroterm.domain.ticket import (
    Attachment,
    CustomStatus,
    DeletedTicket,
    Identity,
    Membership,
    TeamMember,
    TicketField,
    TicketForm,
)
from heroterm.zendesk import reading, wire_library, wire_people, wire_threads
from heroterm.zendesk.pages import DeletedPage

_DELETED_PAGES = 5
"""Of 100 each, newest first; Zendesk lets 10 a minute be asked (api.md §2)."""
Get = Callable[..., Any]
"""`get(path, asked)`: the JSON of a path below /api/v2; raises ZendeskError."""


class Library:
    """One call per method over a client's `get`; raises what that raises, and Misunderstood."""

    def __init__(self, get: Get) -> None:
        self._get = get

    def fields(self) -> tuple[TicketField, ...]:
        """Every ticket field with its options."""
        model = wire_library.TicketFieldWire
        return reading.every(self._get, "ticket_fields", "ticket_fields", model, model.to_domain)

    def forms(self) -> tuple[TicketForm, ...]:
        """Every ticket form."""
        model = wire_library.TicketFormWire
        return reading.every(self._get, "ticket_forms", "ticket_forms", model, model.to_domain)

    def custom_statuses(self) -> tuple[CustomStatus, ...]:
        """Every custom status; the list is never paged."""
        told = self._get("custom_statuses")
        model = wire_library.CustomStatusWire
        return reading.rows(told, "custom_statuses", model, model.to_domain)[0]

    def identities(self, person_id: int) -> tuple[Identity, ...]:
        """How one person is known."""
        path = f"users/{int(person_id)}/identities"
        model = wire_people.IdentityWire
        return reading.every(
            self._get, path, "identities", model, lambda row: row.to_domain(person_id)
        )

    def memberships(self, person_id: int) -> tuple[Membership, ...]:
        """The organizations that one person belongs to."""
        path = f"users/{int(person_id)}/organization_memberships"
        model = wire_people.MembershipWire
        return reading.every(self._get, path, "organization_memberships", model, model.to_domain)

    def team_members(self) -> tuple[TeamMember, ...]:
        """Who belongs to which group, everybody who answers tickets."""
        model = wire_people.TeamMemberWire
        return reading.every(
            self._get, "group_memberships", "group_memberships", model, model.to_domain
        )

    def deleted_page(self, start: int = 1) -> DeletedPage:
        """Page `start` (from 1) of the tickets deleted in the last 30 days."""
        asked = {"sort_by": "deleted_at", "sort_order": "desc"}
        asked |= {"per_page": str(reading.PAGE_SIZE), "page": str(max(1, start))}
        told = self._get("deleted_tickets", asked)
        model = wire_library.DeletedWire
        found, _ = reading.rows(told, "deleted_tickets", model, model.to_domain)
        ids = (row.get("id") for row in told["deleted_tickets"] if isinstance(row, dict))
        more = bool(told.get("next_page"))
        return DeletedPage(tuple(id_ for id_ in ids if isinstance(id_, int)), found, more)

    def deleted(self) -> tuple[DeletedTicket, ...]:
        """Who deleted which ticket in the last 30 days, the latest first, up to 500."""
        found: list[DeletedTicket] = []
        for start in range(1, _DELETED_PAGES + 1):
            page = self.deleted_page(start)
            found += page.deleted
            if not page.has_more:
                break
        return tuple(found)

    def count(self, query: str) -> int:
        """How many tickets Zendesk's own search finds; its index lags by minutes (api.md §5)."""
        told = self._get("search/count", {"query": f"type:ticket {query}"})
        count = told.get("count") if isinstance(told, dict) else None
        return count if isinstance(count, int) and count >= 0 else 0

    def attachment(self, attachment_id: int) -> Attachment:
        """One attachment with an address that holds now. Raises NotFound."""
        told = self._get(f"attachments/{int(attachment_id)}")
        return reading.one(told, "attachment", wire_threads.AttachmentWire).to_domain()
