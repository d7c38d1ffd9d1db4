"""Views: the lists, their tickets and their counts (api.md §5)."""

from __future__ import annotations

from dataclasses import dataclass, field

from heroterm.sandbox.api_tickets import page_of
from heroterm.sandbox.budget import Budget
from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.clock import MINUTE
from heroterm.sandbox.desk_json import view_json
from heroterm.sandbox.materials import table
from heroterm.sandbox.paging import paged, plain
from heroterm.sandbox.people_json import API
from heroterm.sandbox.records import PRIORITIES, STATUSES, Json, Ticket
from heroterm.sandbox.refusal import not_found

COUNTS_PER_MINUTE = 5


@dataclass(slots=True)
class Views:
    """The handlers of views; `_counted` holds the views whose count is warm."""

    budget: Budget
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

    def tickets(self, call: Call, view_id: int) -> Answer:
        """GET /views/{id}/tickets: whole tickets, side-loads included."""
        return page_of(call, _held(call, _view(call, view_id)))

    def count(self, call: Call, view_id: int) -> Answer:
        """GET /views/{id}/count: the first answer is not known yet (api.md §5)."""
        view = _view(call, view_id)
        limit = self.budget.endpoint("view-count", COUNTS_PER_MINUTE, MINUTE, str(view_id))
        call.notes.update(limit)
        fresh = view_id in self._counted
        self._counted.add(view_id)
        value = len(_held(call, view)) if fresh else None
        shape = {
            "view_id": view_id,
            "url": f"{call.root}{API}/views/{view_id}/count.json",
            "value": value,
            "pretty": "..." if value is None else str(value),
            "fresh": fresh,
            "active": view["active"],
        }
        return Answer({"view_count": shape})


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


def _held(call: Call, view: Json) -> list[Ticket]:
    conditions = view["conditions"]["all"]
    return [
        ticket
        for ticket in call.world.tickets.values()
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
