"""Incremental exports of tickets, users and organisations, for admins only (api.md §6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.departures import SCRUBBED, SCRUBBED_AFTER
from heroterm.sandbox.exports import Key, by_cursor, by_time
from heroterm.sandbox.people_json import organization_json, user_json
from heroterm.sandbox.records import Json
from heroterm.sandbox.sideloads import beside, tickets_json

Shape = Callable[[Any, str], Json]


def tickets_cursor(call: Call) -> Answer:
    """GET /incremental/tickets/cursor: stop on end_of_stream, keep after_cursor."""
    return _tickets(call, *by_cursor(call, call.world.exported()))


def tickets_time(call: Call) -> Answer:
    """GET /incremental/tickets by time."""
    return _tickets(call, *by_time(call, call.world.exported()))


def users(call: Call) -> Answer:
    """GET /incremental/users by time."""
    return _records(call, "users", call.world.users, user_json, by_time)


def users_cursor(call: Call) -> Answer:
    """GET /incremental/users/cursor."""
    return _records(call, "users", call.world.users, user_json, by_cursor)


def organizations(call: Call) -> Answer:
    """GET /incremental/organizations by time."""
    return _records(call, "organizations", call.world.organizations, organization_json, by_time)


def _tickets(call: Call, keys: list[Key], frame: Json) -> Answer:
    tickets = [call.world.any_ticket(key[1]) for key in keys]
    if call.query.get("exclude_deleted") == "true":
        tickets = [each for each in tickets if each.status != "deleted"]
    rows = tickets_json(call, tickets)
    for ticket, row in zip(tickets, rows, strict=True):
        if ticket.status == "deleted" and call.now - ticket.updated_at > SCRUBBED_AFTER:
            row["subject"] = row["raw_subject"] = row["description"] = SCRUBBED
    return Answer({"tickets": rows, **beside(call, tickets), **frame})


def _records(
    call: Call,
    name: str,
    known: dict[int, Any],
    shape: Shape,
    cut: Callable[[Call, list[Key]], tuple[list[Key], Json]],
) -> Answer:
    keys, frame = cut(call, sorted((each.updated_at, each.id) for each in known.values()))
    return Answer({name: [shape(known[key[1]], call.root) for key in keys], **frame})
