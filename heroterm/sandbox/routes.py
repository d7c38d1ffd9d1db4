"""Finds who answers a path: the route, the role's right to it, its own limit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from heroterm.sandbox import roles
from heroterm.sandbox.budget import Budget
from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.refusal import Refusal, no_endpoint

Handler = Callable[..., Answer]
OPEN_PATHS = ("/attachments/", "/system/attachments/", "/oauth/")
PREFIX = "/api/v2"


@dataclass(frozen=True, slots=True)
class Route:
    """A method, a path below `prefix` with {id} or {text} for its parts, and who takes those."""

    method: str
    template: str
    handler: Handler
    prefix: str
    pattern: re.Pattern[str]


def route(name: str, handler: Handler, prefix: str = PREFIX) -> Route:
    """A route from "METHOD /path/{id}"; its parts become the handler's further arguments."""
    method, _, template = name.partition(" ")
    pattern = re.escape(prefix + template)
    pattern = pattern.replace(r"\{id\}", r"(\d+)").replace(r"\{text\}", "([^/]+)")
    return Route(method, template, handler, prefix, re.compile(pattern + "/?"))


class Router:
    """Finds the handler for a call among `routes`; the first that fits answers."""

    def __init__(self, routes: list[Route], budget: Budget) -> None:
        self.routes = routes
        self.budget = budget

    def dispatch(self, call: Call) -> Answer:
        """Answer the call. Raises Refusal: 403 for the role, 404 or 405 for the path, 429."""
        other = False
        for each in self.routes:
            match = each.pattern.fullmatch(call.path)
            if match is None:
                continue
            if each.method == call.method:
                return self._answer(call, each, match.groups())
            other = True
        raise Refusal(405, "Method Not Allowed") if other else no_endpoint()

    def _answer(self, call: Call, found: Route, texts: tuple[str, ...]) -> Answer:
        roles.check(call.user, found.method, found.template)
        first = texts[0] if texts else ""
        call.notes.update(self.budget.named(found.method, found.template, first))
        parts = [int(part) if part.isdigit() else part for part in texts]
        return found.handler(call, *parts)
