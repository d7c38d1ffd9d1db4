"""Writing tickets: update, create, tags (api.md §2)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from heroterm.sandbox import updates
from heroterm.sandbox.api_tickets import find
from heroterm.sandbox.budget import Budget
from heroterm.sandbox.call import Answer, Call, number
from heroterm.sandbox.changes import Change, next_number, open_ticket, plain, stripped
from heroterm.sandbox.clock import HOUR
from heroterm.sandbox.records import Json, Ticket, User, Via
from heroterm.sandbox.refusal import Refusal, closed, forbidden, invalid
from heroterm.sandbox.ticket_json import audit_json, ticket_json

KEY_LIVES = 2 * HOUR
_GIVEN = ("comment", "metadata", "requester", "subject")
MISMATCH = "Request parameters don't match the given idempotency key"


@dataclass(slots=True)
class TicketWrites:
    """The handlers that change tickets; `_keys` keeps answers by Idempotency-Key for 2 hours."""

    budget: Budget
    _keys: dict[str, tuple[int, str, Json]] = field(default_factory=dict)

    def update(self, call: Call, ticket_id: int) -> Answer:
        """PUT /tickets/{id}: answers the ticket and the audit of the change."""
        ticket = find(call, ticket_id)
        call.notes.update(self.budget.ticket_update(call.user.id, ticket_id))
        audit = updates.update(call, ticket, call.body("ticket"))
        return Answer(_both(call, ticket, audit_json(audit, ticket_id, call.root)))

    def create(self, call: Call) -> Answer:
        """POST /tickets: 201, or the former answer for a known Idempotency-Key."""
        key = call.headers.get("idempotency-key")
        if key is None:
            return _create(call)
        sent = json.dumps(call.json(), sort_keys=True)
        kept = self._keys.get(key)
        if kept is not None and call.now - kept[0] < KEY_LIVES:
            if kept[1] != sent:
                error = {"error": "IdempotentRequestError", "description": MISMATCH}
                raise Refusal(400, error)
            call.notes["x-idempotency-lookup"] = "hit"
            return Answer(kept[2], 201)
        answer = _create(call)
        self._keys[key] = (call.now, sent, answer.body)
        call.notes["x-idempotency-lookup"] = "miss"
        return answer

    def add_tags(self, call: Call, ticket_id: int) -> Answer:
        """PUT /tickets/{id}/tags: adds."""
        return self._tags(call, ticket_id, lambda have, named: [*have, *_new(have, named)])

    def set_tags(self, call: Call, ticket_id: int) -> Answer:
        """POST /tickets/{id}/tags: replaces all; answers 201."""
        answer = self._tags(call, ticket_id, lambda _, named: named)
        answer.status = 201
        return answer

    def remove_tags(self, call: Call, ticket_id: int) -> Answer:
        """DELETE /tickets/{id}/tags: takes away."""
        return self._tags(call, ticket_id, _without)

    def _tags(self, call: Call, ticket_id: int, combine: Any) -> Answer:
        ticket, wanted = find(call, ticket_id), call.json()
        if ticket.status == "closed":
            raise closed()
        updates.check_stamp(ticket, wanted)
        change = Change(call.world, ticket, call.user, Via("api"))
        change.set("tags", combine(list(ticket.tags), updates.clean_tags(wanted.get("tags"))))
        change.finish()
        return Answer({"tags": list(ticket.tags)})


def _new(have: list[str], named: list[str]) -> list[str]:
    return [tag for tag in named if tag not in have]


def _without(have: list[str], named: list[str]) -> list[str]:
    return [tag for tag in have if tag not in named]


def _both(call: Call, ticket: Ticket, audit: Json) -> Json:
    return {"ticket": ticket_json(ticket, call.root), "audit": audit}


def _create(call: Call) -> Answer:
    wanted = call.body("ticket")
    comment = wanted.get("comment") or {}
    rich = comment.get("html_body")
    body = plain(str(rich)) if rich else stripped(str(comment.get("body") or ""))
    if not body.strip():
        raise invalid("base", "Description: cannot be blank", "BlankValue")
    if call.user.only_private_comments and comment.get("public", True):
        raise forbidden()
    rest = {key: value for key, value in wanted.items() if key not in _GIVEN}
    if rest.get("status") == "new":
        del rest["status"]
    updates.check(call.world, None, wanted)
    requester = _requester(call, wanted)
    ticket = _blank(call, wanted, requester, body)
    if wanted.get("via_followup_source_id") is not None:
        _follow_up(call, ticket, number(wanted["via_followup_source_id"]), wanted)
    author = call.world.users.get(number(comment.get("author_id") or call.user.id), call.user)
    audit = open_ticket(call.world, ticket, author, body, bool(comment.get("public", True)))
    audit.custom = wanted.get("metadata") or {}
    if not call.user.only_private_comments:
        updates.update(call, ticket, rest)
    shape = _both(call, ticket, audit_json(audit, ticket.id, call.root))
    return Answer(shape, 201, {"Location": shape["ticket"]["url"]})


def _requester(call: Call, wanted: Json) -> User:
    world, named = call.world, wanted.get("requester") or {}
    if wanted.get("requester_id") is not None:
        user = world.users.get(number(wanted["requester_id"]))
        if user is None:
            raise invalid("requester", "Requester: is invalid")
        return user
    email = str(named.get("email") or call.user.email)
    known = world.by_email.get(email.lower())
    if known is not None:
        return world.users[known]
    name = str(named.get("name") or email)
    user = User(world.next_user_id(), name, email, "end-user", call.now, call.now)
    return world.add_user(user)


def _blank(call: Call, wanted: Json, requester: User, body: str) -> Ticket:
    return Ticket(
        id=next_number(call.world),
        subject=str(wanted.get("subject") or body[:80]),
        description=body,
        status="new",
        priority=None,
        requester_id=requester.id,
        organization_id=requester.organization_id,
        group_id=None,
        assignee_id=None,
        created_at=call.now,
        updated_at=call.now,
        via=Via("api"),
        tags=[],
        custom={},
        comment_count=1,
        submitter_id=call.user.id,
    )


def _follow_up(call: Call, ticket: Ticket, source_id: int, wanted: Json) -> None:
    source = find(call, source_id)
    if source.status != "closed":
        raise invalid("base", "Followup source: must be closed")
    ticket.via = Via("api", rel="follow_up")
    ticket.followup_source_id = source_id
    source.followup_ids.append(ticket.id)
    call.world.touched_by_system(source)
    if "tags" not in wanted:
        ticket.tags = list(source.tags)
