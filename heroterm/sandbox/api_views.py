"""Views: the lists, their tickets, rows and counts (api.md §5)."""

from __future__ import annotations

from dataclasses import dataclass, field

from heroterm.sandbox.api_tickets import page_of
from heroterm.sandbox.call import Answer, Call, number
from heroterm.sandbox.clock import iso
from heroterm.sandbox.desk_json import view_json
from heroterm.sandbox.materials import table
from heroterm.sandbox.paging import numbered, paged, plain
from heroterm.sandbox.people_json import API
from heroterm.sandbox.records import PRIORITIES, STATUSES, Json, Ticket
from heroterm.sandbox.refusal import not_found, too_many

VIEWS_AT_ONCE = 20


@dataclass(slots=True)
class Views:
    """The handlers of views; `_counted` holds the views whose count is warm."""

    _counted: set[int] = field(default_factory=set)

    def listing(self, call: Call) -> Answer:
        """GET /views: all, retired ones included; `active=true` chooses."""
        wanted = call.query.get("active") == "true"
        return _list(call, active_only=wanted)

    def active(self, call: Call) -> Answer:
        """GET /views/active."""
        return _list(call, active_only=True)

    def show(self, call: Call, view_id: int) -> Answer:
        """GET /views/{id}."""
        return Answer({"view": _view(call, view_id)})

    def show_many(self, call: Call) -> Answer:
        """GET /views/show_many."""
        views = _views(call)
        rows = [views[key] for key in call.ids() if key in views]
        frame = {"count": len(rows), "next_page": None, "previous_page": None}
        return Answer({"views": rows, **frame})

    def tickets(self, call: Call, view_id: int) -> Answer:
        """GET /views/{id}/tickets: whole tickets, side-loads included."""
        return page_of(call, _held(call, _view(call, view_id)))

    def execute(self, call: Call, view_id: int) -> Answer:
        """GET /views/{id}/execute: rows of the view's columns with a part of each ticket."""
        view = _view(call, view_id)
        held = {ticket.id: ticket for ticket in _held(call, view)}
        rising = call.query.get("sort_order", "desc") == "asc"
        order = sorted(held, key=lambda key: held[key].updated_at, reverse=not rising)
        page = numbered(call, order)
        rows = [_row(call, view, held[key]) for key in page.ids]
        about = {"id": view_id, "url": view["url"]}
        columns = view["execution"]["columns"]
        return Answer({"columns": columns, "rows": rows, "groups": [], "view": about, **page.frame})

    def count(self, call: Call, view_id: int) -> Answer:
        """GET /views/{id}/count: the first answer is not known yet (api.md §5)."""
        return Answer({"view_count": self._count(call, _view(call, view_id))})

    def count_many(self, call: Call) -> Answer:
        """GET /views/count_many?ids=: 20 views at most. Raises Refusal (400)."""
        views = _views(call)
        wanted = [number(part) for part in call.query.get("ids", "").split(",") if part]
        if len(wanted) > VIEWS_AT_ONCE:
            raise too_many(VIEWS_AT_ONCE)
        rows = [self._count(call, views[key]) for key in wanted if key in views]
        return Answer({"view_counts": rows})

    def _count(self, call: Call, view: Json) -> Json:
        fresh = view["id"] in self._counted
        self._counted.add(view["id"])
        value = len(_held(call, view)) if fresh else None
        return {
            "view_id": view["id"],
            "url": f"{call.root}{API}/views/{view['id']}/count.json",
            "value": value,
            "pretty": "..." if value is None else str(value),
            "fresh": fresh,
            "active": view["active"],
        }


def _views(call: Call) -> dict[int, Json]:
    rows = enumerate(table("desk")["view"])
    shapes = [view_json(call.world, index, row, call.root) for index, row in rows]
    return {shape["id"]: shape for shape in shapes}


def _view(call: Call, view_id: int) -> Json:
    views = _views(call)
    if view_id not in views:
        raise not_found()
    return views[view_id]


def _list(call: Call, *, active_only: bool) -> Answer:
    views = {key: row for key, row in _views(call).items() if row["active"] or not active_only}
    page = paged(call, plain(views), ("id",))
    return Answer({"views": [views[key] for key in page.ids], **page.frame})


def _row(call: Call, view: Json, ticket: Ticket) -> Json:
    known: Json = {
        "subject": ticket.subject,
        "requester": ticket.requester_id,
        "created": iso(ticket.created_at),
    }
    part = {
        "id": ticket.id,
        "subject": ticket.subject,
        "description": ticket.description,
        "status": ticket.status,
        "type": ticket.type,
        "priority": ticket.priority,
        "url": f"{call.root}{API}/tickets/{ticket.id}.json",
    }
    columns = [column["id"] for column in view["execution"]["columns"]]
    row = {name: known.get(name) for name in columns}
    return row | {"requester_id": ticket.requester_id, "ticket": part}


def _held(call: Call, view: Json) -> list[Ticket]:
    conditions = view["conditions"]["all"]
    return [
        ticket
        for ticket in call.world.live()
        if all(_meets(call, ticket, condition) for condition in conditions)
    ]


def _meets(call: Call, ticket: Ticket, condition: Json) -> bool:
    name: str = condition["field"]
    operator: str = condition["operator"]
    value: str = condition["value"]
    if name == "current_tags":
        return (value in ticket.tags) == (operator == "includes")
    have = getattr(ticket, name)
    if operator == "less_than":
        scale = STATUSES if name == "status" else PRIORITIES
        return bool(have in scale and scale.index(have) < scale.index(value))
    wanted = str(call.user.id) if value == "current_user" else value
    return str(have if have is not None else "") == wanted
