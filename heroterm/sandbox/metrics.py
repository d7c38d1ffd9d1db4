"""The metric set of a ticket: reply times, reopens, stations (api.md §4, ticket_metric)."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.sandbox.clock import MINUTE, iso, iso_or_none
from heroterm.sandbox.people_json import API
from heroterm.sandbox.records import Json, Thread, Ticket

METRIC_BASE = 9_500_000_000_000


def metric_set(ticket: Ticket, thread: Thread, is_agent: Callable[[int], bool], root: str) -> Json:
    """The ticket's metrics; times are whole minutes, null until measured."""
    replies = [each.at for each in thread.comments if each.public and is_agent(each.author_id)]
    asked = [each.at for each in thread.comments if not is_agent(each.author_id)]
    solved = [at for at, status in thread.statuses if status == "solved"]
    first = replies[0] if replies else None
    key = METRIC_BASE + ticket.id
    return {
        "url": f"{root}{API}/ticket_metrics/{key}.json",
        "id": key,
        "ticket_id": ticket.id,
        "created_at": iso(ticket.created_at),
        "updated_at": iso(ticket.updated_at),
        "group_stations": 1 if ticket.group_id else 0,
        "assignee_stations": 1 if ticket.assignee_id else 0,
        "reopens": _reopens(thread),
        "replies": len(replies),
        "assignee_updated_at": iso_or_none(replies[-1] if replies else None),
        "requester_updated_at": iso_or_none(asked[-1] if asked else None),
        "status_updated_at": iso(thread.statuses[-1][0]),
        "custom_status_updated_at": iso(thread.statuses[-1][0]),
        "initially_assigned_at": iso(ticket.created_at) if ticket.assignee_id else None,
        "assigned_at": iso(ticket.created_at) if ticket.assignee_id else None,
        "solved_at": iso_or_none(solved[-1] if solved else None),
        "latest_comment_added_at": iso_or_none(thread.comments[-1].at if thread.comments else None),
        **_minutes(ticket, thread, first, solved),
    }


def _reopens(thread: Thread) -> int:
    pairs = zip(thread.statuses, thread.statuses[1:], strict=False)
    return sum(1 for before, after in pairs if before[1] == "solved" and after[1] == "open")


def _minutes(ticket: Ticket, thread: Thread, first: int | None, solved: list[int]) -> Json:
    start = ticket.created_at
    seconds = None if first is None else first - start
    return {
        "reply_time_in_minutes": _both(seconds),
        "first_resolution_time_in_minutes": _both(solved[0] - start if solved else None),
        "full_resolution_time_in_minutes": _both(solved[-1] - start if solved else None),
        "agent_wait_time_in_minutes": _both(_spent(thread, {"pending"})),
        "requester_wait_time_in_minutes": _both(_spent(thread, {"new", "open", "hold"})),
        "on_hold_time_in_minutes": _both(_spent(thread, {"hold"})),
        "reply_time_in_seconds": {"calendar": seconds},
    }


def _spent(thread: Thread, wanted: set[str]) -> int:
    pairs = zip(thread.statuses, thread.statuses[1:], strict=False)
    return sum(after[0] - before[0] for before, after in pairs if before[1] in wanted)


def _both(seconds: int | None) -> Json:
    minutes = None if seconds is None else seconds // MINUTE
    return {"calendar": minutes, "business": minutes}
