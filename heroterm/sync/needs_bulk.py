"""What the carrier needs of a Zendesk for reading in bulk: shapes, without loading any."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from heroterm.domain.ticket import Comment, Organization, Page, Person


class ExportPage(Protocol):
    """One page of the export of tickets (api.md §6)."""

    @property
    def page(self) -> Page:
        """The tickets that are there, with their side-loads."""

    @property
    def deleted(self) -> Sequence[int]:
        """Ids of the tickets that are not."""

    @property
    def after(self) -> str | None:
        """The cursor to go on with, after the end, too."""

    @property
    def ended(self) -> bool:
        """Whether there is no more for now."""


class EventPage(Protocol):
    """The comments of one page of updates (api.md §6)."""

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The rows, of any ticket."""

    @property
    def next_start(self) -> int:
        """Where the next page begins, epoch seconds."""

    @property
    def ended(self) -> bool:
        """Whether there is no more for now."""


class Bulk(Protocol):
    """The bulk half of a Zendesk; raises ZendeskError."""

    def tickets_export(self, cursor: str | None, start_time: int, size: int) -> ExportPage:
        """Tickets by their last change, from the cursor or else the moment (epoch s). Admins."""

    def ticket_events(self, start_time: int, size: int) -> EventPage:
        """Comments of every update from a moment (epoch s) on. Admins."""

    def may_export(self) -> bool:
        """Whether this role and this plan may read the two above."""

    def activities(self, since: datetime) -> Sequence[int]:
        """Tickets on which something happened that concerns whoever is signed in."""

    def people(self, user_ids: Sequence[int]) -> Sequence[Person]:
        """Up to 100 users by id."""

    def organizations(self, organization_ids: Sequence[int]) -> Sequence[Organization]:
        """Up to 100 organizations by id."""

    def pause(self) -> float:
        """Seconds for which nothing at all may be asked; 0 in ordinary times."""

    def idle(self) -> bool:
        """Whether so little was asked of late that what nobody waits for may be asked, too."""
