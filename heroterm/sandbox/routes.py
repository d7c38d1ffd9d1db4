"""Which path is answered by whom, and what a role may not see."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from heroterm.sandbox import (
    api_attachments,
    api_comments,
    api_desk,
    api_incremental,
    api_people,
    api_people_write,
    api_search,
    api_ticket_write,
    api_tickets,
    api_views,
)
from heroterm.sandbox.budget import Budget
from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.oauth import OAuth
from heroterm.sandbox.refusal import Refusal, forbidden, no_endpoint

Handler = Callable[..., Answer]
OPEN_PATHS = ("/attachments/", "/system/attachments/", "/oauth/")
ADMIN_ONLY = (
    "/api/v2/incremental/",
    "/api/v2/slas/",
    "/api/v2/group_slas/",
    "/api/v2/ticket_audits",
    "/api/v2/satisfaction_ratings",
)


@dataclass(frozen=True, slots=True)
class Route:
    """A method, a path pattern with one group per id, and the handler that takes those ids."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler


def _route(method: str, path: str, handler: Handler, prefix: str = "/api/v2") -> Route:
    pattern = re.escape(prefix + path).replace(r"\{id\}", r"(\d+)").replace(r"\{text\}", "([^/]+)")
    return Route(method, re.compile(pattern + "/?"), handler)


class Router:
    """Finds the handler for a call. `budget` and `oauth` are the parts that some of them need."""

    def __init__(self, budget: Budget, oauth: OAuth) -> None:
        self.budget = budget
        self.routes = [
            *_tickets(budget),
            *_people(),
            *_desk(budget),
            *_rest(),
            _route("GET", "/oauth/authorizations/new", oauth.authorize, ""),
            _route("POST", "/oauth/tokens", oauth.tokens, ""),
        ]

    def dispatch(self, call: Call) -> Answer:
        """Answer the call. Raises Refusal: 403 for the role, 404 or 405 for the path."""
        if call.path.startswith(ADMIN_ONLY) and call.user.role != "admin":
            raise forbidden()
        other = False
        for route in self.routes:
            match = route.pattern.fullmatch(call.path)
            if match is None:
                continue
            if route.method == call.method:
                parts = [int(part) if part.isdigit() else part for part in match.groups()]
                return route.handler(call, *parts)
            other = True
        raise Refusal(405, "Method Not Allowed") if other else no_endpoint()


def _tickets(budget: Budget) -> list[Route]:
    write = api_ticket_write.TicketWrites(budget)
    return [
        _route("GET", "/tickets", api_tickets.listing),
        _route("GET", "/tickets/show_many", api_tickets.show_many),
        _route("GET", "/tickets/count", api_tickets.count),
        _route("GET", "/tickets/{id}", api_tickets.show),
        _route("PUT", "/tickets/{id}", write.update),
        _route("POST", "/tickets", write.create),
        _route("GET", "/tickets/{id}/comments", api_comments.comments),
        _route("GET", "/tickets/{id}/comments/count", api_comments.count),
        _route("GET", "/tickets/{id}/audits", api_comments.audits),
        _route("GET", "/tickets/{id}/metrics", api_tickets.metrics),
        _route("GET", "/tickets/{id}/slas/policy_metrics", api_tickets.policy_metrics),
        _route("GET", "/tickets/{id}/tags", api_tickets.tags),
        _route("PUT", "/tickets/{id}/tags", write.add_tags),
        _route("POST", "/tickets/{id}/tags", write.set_tags),
        _route("DELETE", "/tickets/{id}/tags", write.remove_tags),
        _route("GET", "/deleted_tickets", api_tickets.deleted),
        _route("GET", "/organizations/{id}/tickets", api_tickets.of_organization),
        _route("GET", "/users/{id}/tickets/requested", api_tickets.requested),
        _route("GET", "/users/{id}/tickets/assigned", api_tickets.assigned),
    ]


def _people() -> list[Route]:
    return [
        _route("GET", "/users/me", api_people.me),
        _route("GET", "/users", api_people.users),
        _route("GET", "/users/show_many", api_people.users_show_many),
        _route("GET", "/users/search", api_people.users_search),
        _route("GET", "/users/autocomplete", api_people.users_search),
        _route("GET", "/users/{id}", api_people.user),
        _route("PUT", "/users/{id}", api_people_write.update_user),
        _route("GET", "/users/{id}/group_memberships", api_people.memberships_of),
        _route("GET", "/organizations", api_people.organizations),
        _route("GET", "/organizations/show_many", api_people.organizations_show_many),
        _route("GET", "/organizations/search", api_people.organizations_search),
        _route("GET", "/organizations/autocomplete", api_people.organizations_search),
        _route("GET", "/organizations/{id}", api_people.organization),
        _route("PUT", "/organizations/{id}", api_people_write.update_organization),
        _route("GET", "/groups", api_people.groups),
        _route("GET", "/groups/assignable", api_people.groups),
        _route("GET", "/groups/{id}", api_people.group),
        _route("GET", "/group_memberships", api_people.memberships),
        _route("GET", "/group_memberships/assignable", api_people.memberships),
    ]


def _desk(budget: Budget) -> list[Route]:
    views = api_views.Views(budget)
    return [
        _route("GET", "/macros", api_desk.macros),
        _route("GET", "/macros/active", api_desk.macros),
        _route("GET", "/macros/{id}", api_desk.macro),
        _route("GET", "/views", views.listing),
        _route("GET", "/views/active", views.active),
        _route("GET", "/views/{id}", views.show),
        _route("GET", "/views/{id}/tickets", views.tickets),
        _route("GET", "/views/{id}/count", views.count),
        _route("GET", "/ticket_fields", api_desk.ticket_fields),
        _route("GET", "/custom_statuses", api_desk.custom_statuses),
        _route("GET", "/activities", api_desk.activities),
        _route("GET", "/slas/policies", api_desk.sla_policies),
    ]


def _rest() -> list[Route]:
    incremental = api_incremental
    return [
        _route("GET", "/search", api_search.search),
        _route("GET", "/search/count", api_search.count),
        _route("GET", "/search/export", api_search.export),
        _route("POST", "/uploads", api_attachments.upload),
        _route("GET", "/attachments/{id}", api_attachments.show),
        _route("GET", "/attachments/token/{text}", api_attachments.redirect, ""),
        _route("GET", "/system/attachments/{text}/{text}", api_attachments.content, ""),
        _route("GET", "/incremental/tickets/cursor", incremental.tickets_cursor),
        _route("GET", "/incremental/tickets", incremental.tickets_time),
        _route("GET", "/incremental/users", incremental.users),
        _route("GET", "/incremental/organizations", incremental.organizations),
        _route("GET", "/incremental/ticket_events", incremental.ticket_events),
    ]
