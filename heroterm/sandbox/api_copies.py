"""Who else is on a ticket, and which tickets belong together (api.md §2)."""

from __future__ import annotations

from heroterm.sandbox.api_tickets import find
from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.paging import numbered
from heroterm.sandbox.people_json import user_json


def collaborators(call: Call, ticket_id: int) -> Answer:
    """GET /tickets/{id}/collaborators: copied addresses and followers."""
    ticket = find(call, ticket_id)
    return _users(call, [*ticket.email_cc_ids, *ticket.follower_ids])


def followers(call: Call, ticket_id: int) -> Answer:
    """GET /tickets/{id}/followers: agents who get every update."""
    return _users(call, find(call, ticket_id).follower_ids)


def email_ccs(call: Call, ticket_id: int) -> Answer:
    """GET /tickets/{id}/email_ccs: people who get every public reply."""
    return _users(call, find(call, ticket_id).email_cc_ids)


def related(call: Call, ticket_id: int) -> Answer:
    """GET /tickets/{id}/related."""
    ticket = find(call, ticket_id)
    source = ticket.followup_source_id
    incidents = sum(1 for each in call.world.tickets.values() if each.problem_id == ticket.id)
    return Answer(
        {
            "topic_id": None,
            "jira_issue_ids": [],
            "followup_source_ids": [source] if source else [],
            "from_archive": ticket.archived,
            "incidents": incidents,
        }
    )


def _users(call: Call, ids: list[int]) -> Answer:
    known = [key for key in dict.fromkeys(ids) if key in call.world.users]
    page = numbered(call, known)
    rows = [user_json(call.world.users[key], call.root) for key in page.ids]
    return Answer({"users": rows, **page.frame})
