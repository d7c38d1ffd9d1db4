"""A page of tickets from its bytes: as a whole where it fits, row by row where it does not.

Validating the bytes at once costs a third of parsing them first; but one bad row refuses the
whole page, and then each row is looked at by itself, so that the others go on (faults 54).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from heroterm.domain.sla_policy import AppliedTarget
from heroterm.domain.ticket import Page
from heroterm.errors import Misunderstood
from heroterm.zendesk import reading
from heroterm.zendesk.answers import Answer
from heroterm.zendesk.pages import OrganizationFields
from heroterm.zendesk.wire import MetaWire, TicketWire, Wire
from heroterm.zendesk.wire_people import GroupWire, OrganizationWire, UserWire
from heroterm.zendesk.wire_sla import applied_beside


class TicketPageWire(Wire):
    """A whole page of tickets with what stands beside them; an export has its cursor on top."""

    tickets: list[TicketWire]
    users: list[UserWire] = []
    organizations: list[OrganizationWire] = []
    groups: list[GroupWire] = []
    meta: MetaWire | None = None
    after_cursor: str | None = None
    end_of_stream: bool | None = None

    def to_domain(self, keys: OrganizationFields) -> Page:
        """As a page. Raises ValueError when a ticket has no moment, Misunderstood as `paging`."""
        cursor, more = reading.onward(self.meta)
        return Page(
            tickets=tuple(row.to_domain() for row in self.tickets),
            people=tuple(row.to_domain() for row in self.users),
            organizations=tuple(row.to_domain(keys) for row in self.organizations),
            groups=tuple(row.to_domain() for row in self.groups),
            applied=tuple(_applied((row.id, row.metric_events) for row in self.tickets)),
            next_cursor=self.after_cursor if self.meta is None else cursor,
            has_more=self.end_of_stream is False if self.meta is None else more,
        )


def page_of(answer: Answer, keys: OrganizationFields) -> Page:
    """The page that an answer holds, by either way of paging.

    Raises Misunderstood when it holds no list of tickets, or says "more" without a cursor.
    """
    try:
        page = TicketPageWire.model_validate_json(answer.body).to_domain(keys)
    except (ValidationError, ValueError, OverflowError):
        page = _row_by_row(answer.json(), keys)
    if page.has_more and not page.next_cursor:
        raise Misunderstood("Zendesk says that there is more, but not where.")
    return page


def _row_by_row(told: Any, keys: OrganizationFields) -> Page:
    tickets, refused = reading.rows(told, "tickets", TicketWire, TicketWire.to_domain)
    cursor, more = reading.paging(told)
    if "meta" not in told and "end_of_stream" in told:
        more = told["end_of_stream"] is False
        cursor = told.get("after_cursor") if isinstance(told.get("after_cursor"), str) else None
    return Page(
        tickets=tickets,
        people=reading.side(told, "users", UserWire, UserWire.to_domain),
        organizations=reading.side(
            told, "organizations", OrganizationWire, lambda row: row.to_domain(keys)
        ),
        groups=reading.side(told, "groups", GroupWire, GroupWire.to_domain),
        applied=tuple(
            _applied(
                (row["id"], row.get("metric_events"))
                for row in told["tickets"]
                if isinstance(row, dict) and isinstance(row.get("id"), int)
            )
        ),
        next_cursor=cursor,
        has_more=more,
        refused=refused,
    )


def _applied(rows: Iterable[tuple[int, Any]]) -> Iterator[AppliedTarget]:
    """The targets in the `metric_events` of tickets, where those came along."""
    for ticket_id, events in rows:
        if events:
            yield from applied_beside(ticket_id, events)
