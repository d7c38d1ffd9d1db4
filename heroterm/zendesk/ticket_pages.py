"""A page of tickets from its bytes: as a whole where it fits, row by row where it does not.

Read as a whole a page costs a quarter of what parsing its JSON alone does; but one bad row refuses
it, and then each row is looked at by itself, so that the others go on (faults 54).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from heroterm.domain.sla_policy import AppliedTarget
from heroterm.domain.ticket import Page
from heroterm.errors import Misunderstood
from heroterm.zendesk import reading
from heroterm.zendesk.answers import Answer
from heroterm.zendesk.made import group_of, organization_of, person_of, ticket_of
from heroterm.zendesk.pages import OrganizationFields
from heroterm.zendesk.wire import TicketWire
from heroterm.zendesk.wire_bulk import TicketPage, ticket_page
from heroterm.zendesk.wire_people import GroupWire, OrganizationWire, UserWire
from heroterm.zendesk.wire_sla import applied_beside


def page_of(answer: Answer, keys: OrganizationFields) -> Page:
    """The page that an answer holds, by either way of paging.

    Raises Misunderstood when it holds no list of tickets, or says "more" without a cursor.
    """
    try:
        page = _whole(ticket_page(answer.body), keys)
    except (ValueError, OverflowError, RecursionError):
        page = _row_by_row(answer.json(), keys)
    if page.has_more and not page.next_cursor:
        raise Misunderstood("Zendesk says that there is more, but not where.")
    return page


def _whole(told: TicketPage, keys: OrganizationFields) -> Page:
    """Every row of a page. Raises ValueError when a ticket has no moment."""
    cursor, more = (None, False) if told.meta is None else reading.onward(told.meta)
    return Page(
        tickets=tuple([ticket_of(row) for row in told.tickets]),
        people=tuple([person_of(row) for row in told.users]),
        organizations=tuple([organization_of(row, keys) for row in told.organizations]),
        groups=tuple([group_of(row) for row in told.groups]),
        applied=tuple(_applied((row.id, row.metric_events) for row in told.tickets)),
        next_cursor=told.after_cursor if told.meta is None else cursor,
        has_more=told.end_of_stream is False if told.meta is None else more,
    )


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
