from __future__ import annotations

import pytest

from tests.sandbox.desk import Desk, make

ADMINS = (
    "GET /incremental/tickets/cursor?start_time=0",
    "GET /incremental/ticket_metric_events?start_time=0",
    "GET /slas/policies",
    "GET /business_hours/schedules",
    "GET /ticket_audits",
    "GET /satisfaction_ratings",
    "DELETE /tickets/{ticket}",
)
LIGHT_MAY_NOT = (
    "GET /suspended_tickets",
    "PUT /tickets/{ticket}/tags",
    "POST /tickets/{ticket}/merge",
    "PUT /tickets/update_many?ids={ticket}",
    "PUT /users/{user}",
)


def asked(desk: Desk, order: str) -> int:
    method, _, path = order.partition(" ")
    number = desk.world.named["gdpr"]
    filled = path.format(ticket=number, user=desk.world.tickets[number].requester_id)
    body = None if method == "GET" else {"ticket": {}, "tags": ["a"], "ids": [], "user": {}}
    return desk.call(method, filled, body).status_code


@pytest.mark.parametrize("order", ADMINS)
def test_admins_alone_may(order: str) -> None:
    assert asked(Desk(make(role="admin")), order) in (200, 204)
    assert asked(Desk(make(role="agent")), order) == 403
    assert asked(Desk(make(role="light")), order) == 403


@pytest.mark.parametrize("order", LIGHT_MAY_NOT)
def test_a_light_agent_may_not(order: str) -> None:
    assert asked(Desk(make(role="light")), order) == 403
    assert asked(Desk(make(role="agent")), order) != 403


def test_a_light_agent_leaves_notes_and_nothing_else() -> None:
    desk = Desk(make(role="light"))
    number = desk.world.named["gdpr"]
    stamp = desk.ticket(number)["updated_at"]
    note = {"body": "For us.", "public": False}
    reply = {"body": "For all.", "public": True}

    safe = {"safe_update": True, "updated_stamp": stamp, "metadata": {"heroterm_op": "1"}}
    assert desk.put(number, comment=note, **safe).status_code == 200
    assert desk.put(number, comment=reply).status_code == 403
    assert desk.put(number, comment={"body": "Unsaid."}).status_code == 403
    assert desk.put(number, status="pending").status_code == 403
    assert desk.get("/users/me")["user"]["only_private_comments"] is True
