"""What is read in bulk: pages of tickets, exports and events (admins), hints, people by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from heroterm.domain.ticket import Organization, Page, Person
from heroterm.zendesk import reading, wire_people
from heroterm.zendesk.asking import Asking
from heroterm.zendesk.event_pages import EventPage, events_of
from heroterm.zendesk.pages import ExportPage
from heroterm.zendesk.ticket_pages import page_of

SIDE_LOADS = "users,groups,organizations,slas,metric_sets,comment_count"
"""What comes beside tickets in one request (api.md §2)."""
DELETED = "deleted"
"""The status that exports alone show (api.md §6)."""
EXPORT_SIZE, EVENTS_SIZE = 1_000, 500
"""Rows of a page: the most that there is; with comments a thousand is known to time out."""


class Exports(Asking):
    """The bulk half of the client."""

    def tickets_export(
        self, cursor: str | None = None, start_time: int = 1, size: int = EXPORT_SIZE
    ) -> ExportPage:
        """Tickets by the moment of their last change, from `start_time` (epoch s) or the cursor.

        Admins. Nothing of the last 60 s; archived ones too; those deleted by their ids alone.
        """
        asked = {"per_page": str(size), "include": SIDE_LOADS}
        asked |= {"start_time": str(start_time)} if cursor is None else {"cursor": cursor}
        page = page_of(self._answer("GET", "incremental/tickets/cursor", asked=asked), self._fields)
        live = tuple(each for each in page.tickets if each.status != DELETED)
        gone = tuple(each.id for each in page.tickets if each.status == DELETED)
        return ExportPage(_with(page, live), gone, page.next_cursor, not page.has_more)

    def ticket_events(self, start_time: int, size: int = EVENTS_SIZE) -> EventPage:
        """The comments of every update from `start_time` (epoch s) on. Admins; lags by 60 s."""
        asked = {
            "start_time": str(start_time),
            "per_page": str(size),
            "include": "comment_events",
        }
        return events_of(self._get("incremental/ticket_events", asked), start_time)

    def may_export(self) -> bool:
        """Whether this role and this plan may read exports, asked with one row."""
        return self.probe("incremental/tickets/cursor", {"start_time": "1", "per_page": "1"})

    def activities(self, since: datetime) -> tuple[int, ...]:
        """Ids of tickets on which something happened that concerns the signed-in person."""
        moment = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        told = self._get("activities", {"since": moment, "page[size]": "100"})
        listed = told.get("activities") if isinstance(told, dict) else None
        found = (_about(row) for row in listed or () if isinstance(row, dict))
        return tuple(dict.fromkeys(id_ for id_ in found if id_ is not None))

    def people(self, user_ids: Sequence[int]) -> tuple[Person, ...]:
        """Up to 100 users by id."""
        told = self._get("users/show_many", {"ids": _listed(user_ids)})
        return reading.side(told, "users", wire_people.UserWire, wire_people.UserWire.to_domain)

    def organizations(self, organization_ids: Sequence[int]) -> tuple[Organization, ...]:
        """Up to 100 organizations by id."""
        told = self._get("organizations/show_many", {"ids": _listed(organization_ids)})
        return reading.side(
            told,
            "organizations",
            wire_people.OrganizationWire,
            lambda row: row.to_domain(self._fields),
        )

    def _page(self, path: str, asked: Mapping[str, str]) -> Page:
        return page_of(self._answer("GET", path, asked=asked), self._fields)


def _with(page: Page, tickets: tuple[Any, ...]) -> Page:
    return replace(page, tickets=tickets, next_cursor=None, has_more=False)


def _listed(ids: Sequence[int]) -> str:
    return ",".join(str(int(id_)) for id_ in ids)


def _about(row: dict[str, Any]) -> int | None:
    """The ticket of an activity: `object.ticket.id`, or `target.ticket.id` in older rows."""
    for name in ("object", "target"):
        part = row.get(name)
        ticket = part.get("ticket") if isinstance(part, dict) else None
        if isinstance(ticket, dict) and isinstance(ticket.get("id"), int):
            return int(ticket["id"])
    return None
