"""Reading what happened to a ticket: its comments and its audits (api.md §3, §4)."""

from __future__ import annotations

from heroterm.sandbox.api_tickets import find
from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.clock import iso
from heroterm.sandbox.paging import Rows, paged
from heroterm.sandbox.people_json import user_json
from heroterm.sandbox.records import Audit, Comment
from heroterm.sandbox.ticket_json import audit_json, comments_json

SORTS = ("created_at",)


def comments(call: Call, ticket_id: int) -> Answer:
    """GET /tickets/{id}/comments, oldest first unless told otherwise."""
    thread = call.world.peek(find(call, ticket_id))
    known = {comment.id: comment for comment in thread.comments}
    page = paged(call, _by_time(known), SORTS, first="created_at")
    rows = [known[key] for key in page.ids]
    body = {"comments": comments_json(thread, rows, call.root)}
    if "users" in call.includes:
        authors = sorted({row.author_id for row in rows})
        users = [call.world.users[key] for key in authors if key in call.world.users]
        body["users"] = [user_json(user, call.root) for user in users]
    return Answer({**body, **page.frame})


def count(call: Call, ticket_id: int) -> Answer:
    """GET /tickets/{id}/comments/count."""
    value = find(call, ticket_id).comment_count
    return Answer({"count": {"value": value, "refreshed_at": iso(call.now)}})


def audits(call: Call, ticket_id: int) -> Answer:
    """GET /tickets/{id}/audits; newest first by `sort=-created_at` or `sort_order=desc`."""
    thread = call.world.peek(find(call, ticket_id))
    known = {audit.id: audit for audit in thread.audits}
    page = paged(call, _by_time(known), SORTS, first="created_at")
    rows = [audit_json(known[key], ticket_id, call.root) for key in page.ids]
    return Answer({"audits": rows, **page.frame})


def _by_time(known: dict[int, Comment] | dict[int, Audit]) -> Rows:
    return lambda name: sorted((each.at, key) for key, each in known.items())
