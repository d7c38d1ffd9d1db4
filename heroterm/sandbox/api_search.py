"""Search: pages of at most 1,000 hits, the true count, and the cursor export (api.md §5)."""

from __future__ import annotations

from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.matching import Matcher
from heroterm.sandbox.paging import Key, numbered, page_size, paged
from heroterm.sandbox.people_json import group_json, organization_json, user_json
from heroterm.sandbox.query import Term, parse
from heroterm.sandbox.records import PRIORITIES, STATUSES, Json, Ticket
from heroterm.sandbox.refusal import Refusal, listed
from heroterm.sandbox.sideloads import beside, tickets_json

MOST = 1_000
EXPORT_PAGE = 1_000
TOO_DEEP = "Search result limits exceeded: the maximum is 1000 results"


def search(call: Call) -> Answer:
    """GET /search. Raises Refusal: 400 for cursor paging, 422 beyond 1,000 results."""
    if any(key.startswith("page[") for key in call.query):
        raise listed(400, "InvalidPaginationParameter", "Invalid value", "page[size]")
    terms = parse(call.query.get("query", ""))
    found = _found(call, terms)
    page = numbered(call, [key for _, key in found], deepest=MOST)
    size = max(len(page.ids), 1)
    number = int(call.query.get("page", "1"))
    if (number - 1) * min(int(call.query.get("per_page", "100")), 100) + size > MOST:
        raise Refusal(422, {"error": "invalid", "description": TOO_DEEP})
    shapes, lists = _shapes(call, _type(terms), page.ids)
    return Answer({"results": shapes, **lists, "facets": None, **page.frame})


def count(call: Call) -> Answer:
    """GET /search/count."""
    return Answer({"count": len(_found(call, parse(call.query.get("query", ""))))})


def export(call: Call) -> Answer:
    """GET /search/export: by cursor, oldest first, of one type. Raises Refusal (400, 422)."""
    terms = parse(call.query.get("query", ""))
    if any(term.key == "type" for term in terms):
        text = "type: is not allowed in query, use filter[type]"
        raise Refusal(422, {"error": "invalid", "description": text})
    kind = call.query.get("filter[type]")
    if kind not in ("ticket", "user", "organization", "group"):
        raise listed(400, "InvalidFilter", "Invalid value", "filter[type]")
    size = page_size(call, EXPORT_PAGE)
    call.query.setdefault("page[size]", str(size))
    rows = _found(call, [Term("type", ":", kind), *terms])
    page = paged(call, lambda _: sorted(rows), ("created_at",), "created_at")
    shapes, _ = _shapes(call, kind, page.ids)
    return Answer({"results": shapes, "facets": None, **page.frame})


def _type(terms: list[Term]) -> str:
    return next((term.value for term in terms if term.key == "type"), "ticket")


def _found(call: Call, terms: list[Term]) -> list[Key]:
    kind = _type(terms)
    if kind != "ticket":
        return _people(call, kind, terms)
    matcher = Matcher(call.world, call.user, terms)
    tickets = [ticket for ticket in call.world.tickets.values() if matcher.meets(ticket)]
    if call.path.endswith("/export"):
        return [(ticket.created_at, ticket.id) for ticket in tickets]
    return _ordered(call, tickets, terms)


def _ordered(call: Call, tickets: list[Ticket], terms: list[Term]) -> list[Key]:
    named = {term.key: term.value for term in terms}
    order = call.query.get("sort_by", named.get("order_by", "updated_at"))
    rising = call.query.get("sort_order", named.get("sort", "desc")) == "asc"
    rows = [(_rank(ticket, order), ticket.id) for ticket in tickets]
    return sorted(rows, reverse=not rising)


def _rank(ticket: Ticket, order: str) -> int:
    if order.startswith("created"):
        return ticket.created_at
    if order == "priority":
        return PRIORITIES.index(ticket.priority) if ticket.priority else -1
    if order == "status":
        return STATUSES.index(ticket.status)
    return ticket.updated_at


def _people(call: Call, kind: str, terms: list[Term]) -> list[Key]:
    words = [term.value.lower() for term in terms if not term.key]
    known = {
        "user": [(each.id, f"{each.name} {each.email}") for each in call.world.users.values()],
        "organization": [(each.id, each.name) for each in call.world.organizations.values()],
        "group": [(each.id, each.name) for each in call.world.groups.values()],
    }[kind]
    return [(key, key) for key, text in known if all(word in text.lower() for word in words)]


def _shapes(call: Call, kind: str, ids: list[int]) -> tuple[list[Json], Json]:
    world, root = call.world, call.root
    lists: Json = {}
    if kind == "user":
        rows = [user_json(world.users[key], root) for key in ids]
    elif kind == "organization":
        rows = [organization_json(world.organizations[key], root) for key in ids]
    elif kind == "group":
        rows = [group_json(world.groups[key], root) for key in ids]
    else:
        tickets = [world.tickets[key] for key in ids]
        rows, lists = tickets_json(call, tickets), beside(call, tickets)
    return [row | {"result_type": kind} for row in rows], lists
