"""What `include=` adds to tickets: users, groups, organizations and the parts inside a ticket.

`slas`, `metric_sets` (as `metric_set`), `metric_events` and `comment_count` stand inside each
ticket, the others beside the list (api.md §2).
"""

from __future__ import annotations

from collections.abc import Callable

from heroterm.sandbox import sla
from heroterm.sandbox.call import Call
from heroterm.sandbox.clock import iso, iso_or_none
from heroterm.sandbox.metric_events import by_metric, metric_events
from heroterm.sandbox.metrics import metric_set
from heroterm.sandbox.people_json import group_json, organization_json, user_json
from heroterm.sandbox.records import Json, Ticket
from heroterm.sandbox.ticket_json import audit_json, ticket_json
from heroterm.sandbox.world import World


def tickets_json(call: Call, tickets: list[Ticket]) -> list[Json]:
    """The tickets with what is wanted inside of them."""
    return [_with_parts(call, ticket) for ticket in tickets]


def beside(call: Call, tickets: list[Ticket]) -> Json:
    """The wanted lists that stand beside the tickets: who and what they refer to."""
    world, includes, root = call.world, call.includes, call.root
    lists: Json = {}
    if "users" in includes:
        keys = {key for ticket in tickets for key in (ticket.requester_id, ticket.assignee_id)}
        keys |= {ticket.submitter_id for ticket in tickets}
        lists["users"] = [user_json(world.users[key], root) for key in sorted(_known(keys))]
    if "groups" in includes:
        keys = {ticket.group_id for ticket in tickets}
        lists["groups"] = [group_json(world.groups[key], root) for key in sorted(_known(keys))]
    if "organizations" in includes:
        keys = {ticket.organization_id for ticket in tickets}
        rows = [world.organizations[key] for key in sorted(_known(keys))]
        lists["organizations"] = [organization_json(row, root) for row in rows]
    if "last_audits" in includes:
        lasts = [(world.peek(ticket).audits[-1], ticket.id) for ticket in tickets]
        lists["last_audits"] = [audit_json(audit, key, root) for audit, key in lasts]
    return lists


def slas_json(world: World, ticket: Ticket) -> Json:
    """The live SLA state of a ticket; an empty list when no policy applies."""
    metrics = sla.policy_metrics(
        world.peek(ticket), ticket.priority, agent_test(world), world.clock.seconds()
    )
    return {"policy_metrics": metrics}


def agent_test(world: World) -> Callable[[int], bool]:
    """Tells for a user's id whether that is somebody at the desk (or the system, -1)."""

    def is_agent(key: int) -> bool:
        user = world.users.get(key)
        return user is None or user.role != "end-user"

    return is_agent


def _known(keys: set[int | None]) -> set[int]:
    return {key for key in keys if key is not None}


def _with_parts(call: Call, ticket: Ticket) -> Json:
    shape, includes, world = ticket_json(ticket, call.root), call.includes, call.world
    if "comment_count" in includes:
        shape["comment_count"] = ticket.comment_count
    if "slas" in includes:
        shape["slas"] = slas_json(world, ticket)
    if "metric_sets" in includes:
        shape["metric_set"] = metric_set(ticket, world.peek(ticket), agent_test(world), call.root)
    if "metric_events" in includes:
        events = metric_events(ticket, world.peek(ticket), agent_test(world), call.now)
        shape["metric_events"] = by_metric(events)
    if "incident_counts" in includes:
        rows = world.tickets.values()
        shape["incident_count"] = sum(1 for each in rows if each.problem_id == ticket.id)
    if "dates" in includes:
        shape["dates"] = {
            "assignee_updated_at": None,
            "requester_updated_at": iso(ticket.created_at),
            "status_updated_at": iso(ticket.updated_at),
            "initially_assigned_at": None,
            "assigned_at": None,
            "solved_at": iso_or_none(ticket.solved_at),
            "latest_comment_added_at": iso(ticket.updated_at),
        }
    return shape
