"""What the carrier needs of a Zendesk now and then: labels, identities, deletions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from heroterm.domain.ticket import (
    CustomStatus,
    DeletedTicket,
    Identity,
    Membership,
    TeamMember,
    TicketField,
    TicketForm,
)


class DeletedPage(Protocol):
    """Tickets that were deleted, the latest first."""

    @property
    def ids(self) -> Sequence[int]:
        """Which ones."""

    @property
    def deleted(self) -> Sequence[DeletedTicket]:
        """By whom and when, as far as it could be read."""

    @property
    def has_more(self) -> bool:
        """Whether there is a next page."""


class Library(Protocol):
    """Asked now and then; raises ZendeskError."""

    def fields(self) -> Sequence[TicketField]:
        """Every ticket field."""

    def forms(self) -> Sequence[TicketForm]:
        """Every ticket form."""

    def custom_statuses(self) -> Sequence[CustomStatus]:
        """Every custom status."""

    def identities(self, person_id: int) -> Sequence[Identity]:
        """How one person is known."""

    def count(self, query: str) -> int:
        """How many tickets a search finds."""

    def memberships(self, person_id: int) -> Sequence[Membership]:
        """The organizations that one person belongs to."""

    def team_members(self) -> Sequence[TeamMember]:
        """Who belongs to which group."""

    def deleted_page(self, start: int) -> DeletedPage:
        """Page `start` (from 1) of the tickets deleted in 30 days."""
