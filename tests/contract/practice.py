"""Asks every route of the practice desk and writes down which parameters it looked at."""

from __future__ import annotations

from typing import Any

import pytest

from heroterm.sandbox import app
from heroterm.sandbox.call import query_of
from heroterm.sandbox.routes import PREFIX, Route
from tests.sandbox.desk import Desk, make

QUERIES = {
    "show_many": "ids=1",
    "count_many": "ids=1",
    "recover_many": "ids=1",
    "destroy_many": "ids=1",
    "export": "query=status<solved&filter[type]=ticket",
}


class Noted(dict[str, str]):
    """A query that remembers the names that were asked for."""

    asked: set[str]

    def get(self, key: str, default: Any = None) -> Any:
        """Look up and remember."""
        self.asked.add(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return super().__contains__(key)


def read_parameters(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """For each "GET /tickets/{id}" of the desk the parameters that it reads; GETs must succeed."""
    desk = Desk(make(role="admin"))
    desk.control("limits", {"incremental-exports": 1_000, "per_minute": 10_000})
    found: dict[str, set[str]] = {}
    asked: set[str] = set()

    def noted(text: str) -> dict[str, str]:
        query = Noted(query_of(text))
        query.asked = asked
        return query

    monkeypatch.setattr(app, "query_of", noted)
    # Reading first: what is written might not be there afterwards.
    routes = sorted(desk.sandbox.app.router.routes, key=lambda each: each.method != "GET")
    for route in routes:
        if route.prefix != PREFIX:
            continue
        name = f"{route.method} {route.template}"
        for query in (_query(route), f"{_query(route)}&page[size]=5"):
            path = f"{_filled(desk, route)}?{query}"
            asked.clear()
            answer = desk.call(route.method, path, _body(route))
            paging = "page[" in query
            assert route.method != "GET" or paging or answer.status_code == 200, (path, answer.text)
            found[name] = found.get(name, set()) | asked
    return found


def _query(route: Route) -> str:
    last = route.template.rpartition("/")[2]
    if "/incremental/" in route.template:
        return "start_time=0"
    return QUERIES.get(last, "query=a&name=ab&filename=a.txt")


def _body(route: Route) -> Any:
    if route.method == "GET":
        return None
    return {"ticket": {}, "user": {}, "organization": {}, "tickets": [], "tags": []}


def _filled(desk: Desk, route: Route) -> str:
    world = desk.world
    known: dict[str, Any] = {
        "tickets": world.named["gdpr"],
        "users": world.hero_id,
        "organizations": next(iter(world.organizations)),
        "groups": next(iter(world.groups)),
        "macros": 360_111_062_001,
        "views": 360_002_440_001,
        "ticket_fields": 360_011_737_000,
        "ticket_forms": 360_000_389_592,
        "brands": 360_002_256_672,
        "suspended_tickets": 9_700_000_000_001,
        "attachments": next(iter(world.attachments.values())).id,
        "policies": 36,
        "schedules": 360_000_310_401,
    }
    parts: list[str] = []
    for part in route.template.split("/"):
        parts.append(str(known.get(parts[-1], "")) if part == "{id}" else part)
    path = "/".join(parts)
    if "{text}" not in path:
        return path
    return path.replace("{text}", _made(desk, route))


def _made(desk: Desk, route: Route) -> str:
    """The id of a job or an upload, which has to be made first."""
    if "job_statuses" in route.template:
        ticket = desk.world.named["gdpr"]
        body = {"ticket": {"additional_tags": ["x"]}}
        answer = desk.call("PUT", f"/tickets/update_many?ids={ticket}", body)
        return str(answer.get_json()["job_status"]["id"])
    return str(desk.call("POST", "/uploads?filename=a.txt", {}).get_json()["upload"]["token"])
