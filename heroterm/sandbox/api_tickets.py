"""Reading tickets: lists, single ones, many at once, counts (api.md §2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.clock import DAY, iso
from heroterm.sandbox.metrics import metric_set
from heroterm.sandbox.paging import Key, Rows, numbered, paged
from heroterm.sandbox.records import STATUSES, Json, Ticket
from heroterm.sandbox.refusal import not_found
from heroterm.sandbox.sideloads import agent_test, beside, slas_json, tickets_json
from heroterm.sandbox.world import World

KEPT_DELETED = 30 * DAY
SORTS: dict[str, Callable[[Ticket], int | str]] = {
    "id": lambda ticket: ticket.id,
    "updated_at": lambda ticket: ticket.updated_at,
    "status": lambda ticket: STATUSES.index(ticket.status),
}
MORE_SORTS: dict[str, Callable[[Ticket], int | str]] = {
    "created_at": lambda ticket: ticket.created_at,
    "subject": lambda ticket: ticket.subject,
    "requester": lambda ticket: ticket.requester_id,
    "assignee": lambda ticket: ticket.assignee_id or 0,
    "group": lambda ticket: ticket.group_id or 0,
}


def find(call: Call, ticket_id: int) -> Ticket:
    """The ticket of that number. Raises Refusal (404)."""
    ticket = call.world.tickets.get(ticket_id)
    if ticket is None:
        raise not_found()
    return ticket


def listing(call: Call) -> Answer:
    """GET /tickets: by cursor on id, updated_at or status, or by page number."""
    external = call.query.get("external_id")
    if external is not None:
        rows = [each for each in call.world.live() if each.external_id == external]
        return page_of(call, rows)
    by_cursor = any(key.startswith("page[") for key in call.query)
    sorts = SORTS if by_cursor else SORTS | MORE_SORTS
    return _page(call, _all(call.world), tuple(sorts))


def page_of(call: Call, tickets: Iterable[Ticket], sorts: tuple[str, ...] = tuple(SORTS)) -> Answer:
    """A page of chosen tickets, with side-loads."""
    chosen = list(tickets)

    def rows(name: str) -> list[Key]:
        return sorted((_key(name)(ticket), ticket.id) for ticket in chosen)

    return _page(call, rows, sorts)


def show(call: Call, ticket_id: int) -> Answer:
    """GET /tickets/{id}."""
    ticket = find(call, ticket_id)
    return Answer({"ticket": tickets_json(call, [ticket])[0], **beside(call, [ticket])})


def show_many(call: Call) -> Answer:
    """GET /tickets/show_many: ids that are not there are just absent."""
    tickets = [call.world.tickets[key] for key in call.ids() if key in call.world.tickets]
    return Answer(
        {
            "tickets": tickets_json(call, tickets),
            **beside(call, tickets),
            "count": len(tickets),
            "next_page": None,
            "previous_page": None,
        }
    )


def count(call: Call) -> Answer:
    """GET /tickets/count."""
    value = {"value": sum(1 for _ in call.world.live()), "refreshed_at": iso(call.now)}
    return Answer({"count": value})


def tags(call: Call, ticket_id: int) -> Answer:
    """GET /tickets/{id}/tags."""
    return Answer({"tags": list(find(call, ticket_id).tags)})


def metrics(call: Call, ticket_id: int) -> Answer:
    """GET /tickets/{id}/metrics."""
    return Answer({"ticket_metric": _metrics(call, find(call, ticket_id))})


def all_metrics(call: Call) -> Answer:
    """GET /ticket_metrics: of every ticket that is not archived."""
    page = paged(call, _all(call.world), ("id",))
    rows = [_metrics(call, call.world.tickets[key]) for key in page.ids]
    return Answer({"ticket_metrics": rows, **page.frame})


def _metrics(call: Call, ticket: Ticket) -> Json:
    world = call.world
    return metric_set(ticket, world.peek(ticket), agent_test(world), call.root)


def policy_metrics(call: Call, ticket_id: int) -> Answer:
    """GET /tickets/{id}/slas/policy_metrics. Raises Refusal (404) when no policy applies."""
    shape = slas_json(call.world, find(call, ticket_id))
    if not shape["policy_metrics"]:
        raise not_found()
    return Answer(shape)


def deleted(call: Call) -> Answer:
    """GET /deleted_tickets: those of the last 30 days."""
    oldest = iso(call.now - KEPT_DELETED)
    rows = {row["id"]: row for row in call.world.deleted if row["deleted_at"] >= oldest}
    page = numbered(call, sorted(rows))
    return Answer({"deleted_tickets": [rows[key] for key in page.ids], **page.frame})


def of_organization(call: Call, organization_id: int) -> Answer:
    """GET /organizations/{id}/tickets."""
    rows = [each for each in call.world.live() if each.organization_id == organization_id]
    return page_of(call, rows)


def requested(call: Call, user_id: int) -> Answer:
    """GET /users/{id}/tickets/requested, archived ones included."""
    return _where(call, lambda ticket: ticket.requester_id == user_id)


def assigned(call: Call, user_id: int) -> Answer:
    """GET /users/{id}/tickets/assigned."""
    return _where(call, lambda ticket: ticket.assignee_id == user_id)


def ccd(call: Call, user_id: int) -> Answer:
    """GET /users/{id}/tickets/ccd."""
    return _where(call, lambda ticket: user_id in ticket.email_cc_ids)


def followed(call: Call, user_id: int) -> Answer:
    """GET /users/{id}/tickets/followed."""
    return _where(call, lambda ticket: user_id in ticket.follower_ids)


def _where(call: Call, wanted: Callable[[Ticket], bool]) -> Answer:
    return page_of(call, filter(wanted, call.world.tickets.values()))


def _all(world: World) -> Rows:
    return lambda name: world.ordered(name, _key(name))


def _key(name: str) -> Callable[[Ticket], int | str]:
    return (SORTS | MORE_SORTS)[name]


def _page(call: Call, rows: Rows, sorts: tuple[str, ...]) -> Answer:
    page = paged(call, rows, sorts)
    tickets = [call.world.tickets[key] for key in page.ids]
    return Answer({"tickets": tickets_json(call, tickets), **beside(call, tickets), **page.frame})
