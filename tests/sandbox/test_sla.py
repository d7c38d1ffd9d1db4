from __future__ import annotations

from typing import Any

from tests.sandbox.desk import Desk, make


def states(desk: Desk, name: str) -> dict[str, Any]:
    return {row["metric"]: row for row in desk.ticket(name)["slas"]["policy_metrics"]}


def test_an_unanswered_high_ticket_has_twelve_hours(desk: Desk) -> None:
    # The scripted ticket came 11.3 hours before the shift: 42 minutes are left.
    metric = states(desk, "freemail")["first_reply_time"]

    assert metric["stage"] == "active"
    assert metric["breach_at"] == "2024-10-07T09:42:00Z"
    assert metric["minutes"] == 42


def test_a_later_reply_has_twice_the_time(desk: Desk) -> None:
    metrics = states(desk, "two_factor_confirmed")

    assert metrics["first_reply_time"]["stage"] == "achieved"
    assert metrics["next_reply_time"]["breach_at"] == "2024-10-09T03:00:00Z"
    assert metrics["next_reply_time"]["days"] == 2


def test_a_public_reply_achieves_and_a_note_does_not(desk: Desk) -> None:
    number = desk.world.named["freemail"]
    desk.put(number, comment={"body": "Between us.", "public": False})
    assert states(desk, "freemail")["first_reply_time"]["stage"] == "active"

    desk.put(number, comment={"body": "On it.", "public": True})
    assert states(desk, "freemail")["first_reply_time"]["stage"] == "achieved"


def test_pending_pauses_and_open_moves_the_breach(desk: Desk) -> None:
    number = desk.world.named["freemail"]
    desk.put(number, status="pending")
    assert states(desk, "freemail")["first_reply_time"] == {
        "breach_at": None,
        "stage": "paused",
        "metric": "first_reply_time",
    }

    desk.control("clock", {"advance_seconds": 3_600})
    desk.put(number, status="open")
    assert states(desk, "freemail")["first_reply_time"]["breach_at"] == "2024-10-07T10:42:00Z"


def test_a_customer_starts_the_clock_again(desk: Desk) -> None:
    number = desk.world.named["hold_8_days"]
    assert "next_reply_time" not in states(desk, "hold_8_days")

    desk.control("say", {"ticket": number, "author": "requester", "body": "And now?"})

    metric = states(desk, "hold_8_days")["next_reply_time"]
    assert metric["breach_at"] == "2024-10-08T09:00:00Z"


def test_a_message_on_a_solved_ticket_starts_a_clock(desk: Desk) -> None:
    number = desk.world.named["solved_recently"]
    desk.control("say", {"ticket": number, "author": "requester", "body": "Not yet."})

    assert states(desk, "solved_recently")["next_reply_time"]["stage"] == "active"


def test_low_priority_has_no_policy(desk: Desk) -> None:
    assert states(desk, "self_hosted") == {}
    number = desk.world.named["self_hosted"]
    assert desk.call("GET", f"/tickets/{number}/slas/policy_metrics").status_code == 404


def test_a_breach_is_active_with_a_negative_unit(desk: Desk) -> None:
    metric = states(desk, "frustrated")["next_reply_time"]

    assert metric["stage"] == "active"
    assert metric["hours"] == -3


def test_a_shift_has_near_breached_paused_and_far_tickets() -> None:
    desk = Desk(make(tickets=400))
    rows = desk.pages("/tickets?include=slas&page[size]=100", "tickets")
    live = [row for ticket in rows for row in ticket["slas"]["policy_metrics"]]
    active = [row for row in live if row["stage"] == "active"]

    assert any(0 < row.get("minutes", 0) < 60 for row in active)
    assert sum(1 for row in active if row["breach_at"] < "2024-10-07T09:00:00Z") >= 5
    assert sum(1 for row in live if row["stage"] == "paused") >= 2


def test_slas_come_only_when_they_are_asked_for(desk: Desk) -> None:
    number = desk.world.named["freemail"]

    assert "slas" not in desk.get(f"/tickets/{number}")["ticket"]
