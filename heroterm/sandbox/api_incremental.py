"""Incremental exports, for admins only (api.md §6).

Nothing of the last 60 seconds is shown. The cursor is the last row's moment and id.
"""

from __future__ import annotations

import base64
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Any

from heroterm.sandbox.call import Answer, Call, number
from heroterm.sandbox.clock import MINUTE, iso
from heroterm.sandbox.people_json import organization_json, user_json
from heroterm.sandbox.records import Comment, Json
from heroterm.sandbox.refusal import Refusal, listed
from heroterm.sandbox.sideloads import beside, tickets_json
from heroterm.sandbox.ticket_json import audit_json, comment_json

LAG = MINUTE
PAGE = 1_000
TOO_RECENT = "Too recent start_time. Use a start_time older than 60 seconds"


def tickets_cursor(call: Call) -> Answer:
    """GET /incremental/tickets/cursor: stop on end_of_stream, keep after_cursor."""
    keys = call.world.ordered("updated_at", lambda ticket: ticket.updated_at)
    keys = keys[: bisect_left(keys, (call.now - LAG, 0))]
    cursor = call.query.get("cursor")
    seen = _decode(cursor) if cursor else (_start(call), -1)
    first = bisect_right(keys, seen)
    chosen = keys[first : first + _size(call)]
    tickets = [call.world.tickets[key] for _, key in chosen]
    after = _encode(*(chosen[-1] if chosen else seen))
    return Answer(
        {
            "tickets": tickets_json(call, tickets),
            **beside(call, tickets),
            "after_url": f"{call.root}{call.path}.json?cursor={after}",
            "after_cursor": after,
            "before_url": None,
            "before_cursor": None,
            "end_of_stream": first + len(chosen) >= len(keys),
        }
    )


def tickets_time(call: Call) -> Answer:
    """GET /incremental/tickets by time."""
    known = call.world.tickets
    rows, frame = _by_time(call, [(each.updated_at, each.id) for each in known.values()])
    tickets = [known[key] for key in rows]
    return Answer({"tickets": tickets_json(call, tickets), **beside(call, tickets), **frame})


def users(call: Call) -> Answer:
    """GET /incremental/users by time."""
    return _records(call, "users", call.world.users, user_json)


def organizations(call: Call) -> Answer:
    """GET /incremental/organizations by time."""
    return _records(call, "organizations", call.world.organizations, organization_json)


def ticket_events(call: Call) -> Answer:
    """GET /incremental/ticket_events: audits by time, comments with include=comment_events."""
    world, start = call.world, _start(call)
    moved = [each for each in world.tickets.values() if each.updated_at >= start]
    audits = {
        audit.id: (audit, ticket.id) for ticket in moved for audit in world.thread(ticket).audits
    }
    rows, frame = _by_time(call, [(audit.at, key) for key, (audit, _) in audits.items()])
    events = [_event(call, *audits[key]) for key in rows]
    return Answer({"ticket_events": events, **frame})


def _event(call: Call, audit: Any, ticket_id: int) -> Json:
    shape = audit_json(audit, ticket_id, call.root)
    full = "comment_events" in call.includes
    children = []
    for event in audit.events:
        if not isinstance(event, Comment):
            children.append({"id": event["id"], "event_type": event["type"], **event})
        elif full:
            children.append(comment_json(event, call.root) | {"event_type": "Comment"})
    return {
        "id": audit.id,
        "ticket_id": ticket_id,
        "timestamp": audit.at,
        "created_at": iso(audit.at),
        "updater_id": audit.author_id,
        "via": audit.via.channel,
        "system": shape["metadata"]["system"],
        "metadata": {},
        "event_type": "Audit",
        "child_events": children,
    }


def _records(
    call: Call, name: str, known: dict[int, Any], shape: Callable[[Any, str], Json]
) -> Answer:
    rows, frame = _by_time(call, [(each.updated_at, each.id) for each in known.values()])
    return Answer({name: [shape(known[key], call.root) for key in rows], **frame})


def _by_time(call: Call, keys: list[tuple[int, int]]) -> tuple[list[int], Json]:
    """Rows from start_time on; a second is never split between two pages."""
    start = _start(call)
    rows = sorted(key for key in keys if start <= key[0] < call.now - LAG)
    size = _size(call)
    chosen = rows[:size]
    if chosen:
        chosen += [key for key in rows[size:] if key[0] == chosen[-1][0]]
    grew = len(chosen) > size
    end = (chosen[-1][0] + int(grew)) if chosen else start
    frame = {
        "count": len(chosen),
        "end_of_stream": len(chosen) == len(rows),
        "end_time": end,
        "next_page": f"{call.root}{call.path}.json?start_time={end}",
    }
    return [key for _, key in chosen], frame


def _start(call: Call) -> int:
    start = number(call.query.get("start_time", "0"))
    if start > call.now - LAG:
        raise Refusal(400, {"error": "StartTimeTooRecent", "description": TOO_RECENT})
    return start


def _size(call: Call) -> int:
    return min(max(number(call.query.get("per_page", str(PAGE))), 1), PAGE)


def _encode(at: int | str, key: int) -> str:
    return base64.urlsafe_b64encode(f"{at}.0||{key}|".encode()).decode()


def _decode(cursor: str) -> tuple[int, int]:
    try:
        moment, _, rest = base64.urlsafe_b64decode(cursor.encode()).decode().partition(".0||")
        return int(moment), int(rest.rstrip("|"))
    except ValueError as error:
        raise listed(400, "InvalidCursor", "Cursor is not valid") from error
