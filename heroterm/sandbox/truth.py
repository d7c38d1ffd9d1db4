"""What the world truly holds, for those who compare a mirror with it (cli.md, control plane)."""

from __future__ import annotations

from heroterm.sandbox import sla
from heroterm.sandbox.call import number
from heroterm.sandbox.clock import epoch, iso, iso_or_none
from heroterm.sandbox.metric_events import POLICY
from heroterm.sandbox.people_json import group_json, organization_json, user_json
from heroterm.sandbox.records import Comment, Json, Ticket
from heroterm.sandbox.sideloads import agent_test
from heroterm.sandbox.ticket_json import custom_status
from heroterm.sandbox.world import World


def truth(world: World, asked: dict[str, str]) -> Json:
    """The tickets with their comments, those deleted apart, and the people.

    `ids=1,2` chooses tickets and leaves the people out; `since=`, an ISO moment or epoch seconds,
    leaves out what has not moved from then on.
    """
    ids = [number(part) for part in asked.get("ids", "").split(",") if part]
    since = _moment(asked.get("since"))
    tickets = [world.tickets[key] for key in ids if key in world.tickets]
    chosen = tickets if ids else list(world.tickets.values())
    gone = [each for each in world.gone.values() if not ids or each.id in ids]
    shape: Json = {
        "now": iso(world.clock.seconds()),
        "named": dict(world.named),
        "tickets": [_ticket(world, each) for each in chosen if each.generated_at >= since],
        "deleted": [_deleted(each) for each in gone if each.generated_at >= since],
    }
    return shape if ids else shape | _people(world, since)


def _moment(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isdigit() else epoch(text)


def _ticket(world: World, ticket: Ticket) -> Json:
    return {
        "id": ticket.id,
        "status": ticket.status,
        "comments": [_comment(world, each) for each in world.peek(ticket).comments],
        "tags": list(ticket.tags),
        "organization_id": ticket.organization_id,
        "created_at": iso(ticket.created_at),
        "updated_at": iso(ticket.updated_at),
        "generated_timestamp": ticket.generated_at,
        "subject": ticket.subject,
        "description": ticket.description,
        "priority": ticket.priority,
        "type": ticket.type,
        "assignee_id": ticket.assignee_id,
        "group_id": ticket.group_id,
        "requester_id": ticket.requester_id,
        "submitter_id": ticket.submitter_id or ticket.requester_id,
        "custom_status_id": custom_status(ticket.status),
        "custom_fields": [{"id": key, "value": value} for key, value in ticket.custom.items()],
        "email_cc_ids": list(ticket.email_cc_ids),
        "follower_ids": list(ticket.follower_ids),
        "followup_ids": list(ticket.followup_ids),
        "followup_source_id": ticket.followup_source_id,
        "merged_into": ticket.merged_into,
        "satisfaction": ticket.satisfaction,
        "due_at": iso_or_none(ticket.due_at),
        "archived": ticket.archived,
        "awaited": _awaited(world, ticket),
    }


def _awaited(world: World, ticket: Ticket) -> Json | None:
    """The clock of the reply that somebody waits for, with what is promised."""
    found = sla.awaited(world.peek(ticket), ticket.priority, agent_test(world))
    if found is None:
        return None
    return {"metric": found[0], "target_in_seconds": found[1], "policy": POLICY["title"]}


def _comment(world: World, comment: Comment) -> Json:
    author = world.users.get(comment.author_id)
    return {
        "id": comment.id,
        "public": comment.public,
        "author_id": comment.author_id,
        "author_address": author.email if author else None,
        "body": comment.body,
        "created_at": iso(comment.at),
        "attachments": [each.id for each in comment.attachments],
    }


def _deleted(ticket: Ticket) -> Json:
    return {"id": ticket.id, "subject": ticket.subject, "deleted_at": iso(ticket.updated_at)}


def _people(world: World, since: int) -> Json:
    """Users, organisations and groups as the API shows them, links without a host."""
    users = [each for each in world.users.values() if each.updated_at >= since]
    organizations = [each for each in world.organizations.values() if each.updated_at >= since]
    return {
        "users": [user_json(each, "") for each in users],
        "organizations": [organization_json(each, "") for each in organizations],
        "groups": [group_json(each, "") for each in world.groups.values()],
    }
