"""Satisfaction ratings: what customers said about solved tickets (admins; api.md §7)."""

from __future__ import annotations

from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.clock import iso
from heroterm.sandbox.paging import paged, plain
from heroterm.sandbox.people_json import API
from heroterm.sandbox.records import Json, Ticket
from heroterm.sandbox.ticket_json import RATED, rating_id

UNKNOWN_SCORES = {"received": RATED}


def ratings(call: Call) -> Answer:
    """GET /satisfaction_ratings; `score=` chooses (good, bad, offered, received)."""
    score = call.query.get("score")
    wanted = UNKNOWN_SCORES.get(score or "", frozenset({score}) if score else RATED | {"offered"})
    rows = {
        rating_id(ticket): ticket
        for ticket in call.world.tickets.values()
        if ticket.satisfaction in wanted
    }
    page = paged(call, plain(rows), ("id",))
    shapes = [_shape(call, rows[key]) for key in page.ids]
    return Answer({"satisfaction_ratings": shapes, **page.frame})


def _shape(call: Call, ticket: Ticket) -> Json:
    key = rating_id(ticket)
    return {
        "url": f"{call.root}{API}/satisfaction_ratings/{key}.json",
        "id": key,
        "ticket_id": ticket.id,
        "score": ticket.satisfaction,
        "comment": ticket.rating_comment,
        "reason": None,
        "reason_id": None,
        "reason_code": None,
        "requester_id": ticket.requester_id,
        "assignee_id": ticket.assignee_id,
        "group_id": ticket.group_id,
        "created_at": iso(ticket.solved_at or ticket.updated_at),
        "updated_at": iso(ticket.generated_at),
    }
