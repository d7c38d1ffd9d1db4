from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.desk import START, Desk, make

NOW = int(START.timestamp())


@pytest.fixture
def admin() -> Desk:
    """An admin whose exports are not limited to ten a minute."""
    desk = Desk(make(role="admin"))
    desk.control("limits", {"incremental-exports": 10_000})
    return desk


def walked(desk: Desk, path: str, name: str) -> list[Any]:
    """All rows of an export by time, the way a client reads it: rows may come twice."""
    rows: list[Any] = []
    start = 0
    for _ in range(500):
        page = desk.get(f"{path}?start_time={start}&include=comment_events&per_page=40")
        rows += page[name]
        if page["end_of_stream"]:
            return rows
        assert page["end_time"] > start
        start = page["end_time"]
    raise AssertionError("the export has no end")


def test_the_events_of_all_tickets_hold_every_comment_of_the_world(admin: Desk) -> None:
    admin.control("change", {"tickets": 150, "seed": 4, "over_seconds": 600})
    admin.control("clock", {"advance_seconds": 61})
    bodies = {
        child["id"]: (row["ticket_id"], child["body"], child["public"])
        for row in walked(admin, "/incremental/ticket_events", "ticket_events")
        for child in row["child_events"]
        if child["event_type"] == "Comment"
    }
    for ticket in admin.control("world")["tickets"]:
        for comment in ticket["comments"]:
            assert bodies[comment["id"]] == (ticket["id"], comment["body"], comment["public"])


def test_events_follow_what_happens_after_the_first_reading(admin: Desk) -> None:
    walked(admin, "/incremental/ticket_events", "ticket_events")
    number = admin.world.named["gdpr"]
    admin.put(number, comment={"body": "Later.", "public": False})
    path = f"/incremental/ticket_events?start_time={NOW - 100}&include=comment_events"
    assert admin.get(path)["ticket_events"] == []

    admin.control("clock", {"advance_seconds": 61})
    (event,) = admin.get(path)["ticket_events"]
    assert (event["ticket_id"], event["timestamp"]) == (number, NOW)
    assert event["child_events"][0]["body"] == "Later."


def test_metric_events_tell_of_promises_and_how_they_were_kept(admin: Desk) -> None:
    rows = walked(admin, "/incremental/ticket_metric_events", "ticket_metric_events")
    kinds = {row["type"] for row in rows}
    applied = next(row for row in rows if row["type"] == "apply_sla")

    assert {"measure", "activate", "fulfill", "breach", "pause", "apply_sla"} <= kinds
    assert applied["sla"]["policy"]["title"] == "Response targets"
    moments = [row["time"] for row in rows]
    assert moments == sorted(moments)
    assert {row["id"]: row for row in rows}.keys() >= {applied["id"]}


def applied(desk: Desk, number: int) -> list[tuple[int, str, int | None]]:
    """(instance, moment, minutes) of every promise of a reply on a ticket."""
    rows = desk.get(f"/tickets/{number}/metric_events")["metric_events"]["reply_time"]
    promises = [row for row in rows if row["type"] == "apply_sla"]
    return [(row["instance_id"], row["time"], row.get("sla", {}).get("target")) for row in promises]


def test_a_new_priority_promises_anew_and_a_low_one_nothing(desk: Desk) -> None:
    number = desk.world.named["freemail"]
    (first,) = applied(desk, number)
    assert first == (1, "2024-10-06T21:42:00Z", 720)
    desk.put(number, priority="normal")
    desk.control("clock", {"advance_seconds": 60})
    desk.put(number, priority="low")
    assert applied(desk, number) == [
        first,
        (1, "2024-10-07T09:00:00Z", 1_440),
        (1, "2024-10-07T09:01:00Z", None),
    ]


def test_solving_ends_the_first_reply_and_what_is_asked_later_is_a_next_one(desk: Desk) -> None:
    number = desk.world.named["freemail"]
    desk.put(number, status="solved", assignee_id=desk.world.hero_id)
    desk.control("clock", {"advance_seconds": 60})
    desk.control("say", {"ticket": number, "author": "requester", "body": "Still there?"})
    assert applied(desk, number)[-1] == (2, "2024-10-07T09:01:00Z", 1_440)
    (clock,) = desk.ticket(number)["slas"]["policy_metrics"]
    assert (clock["metric"], clock["breach_at"]) == ("next_reply_time", "2024-10-08T09:01:00Z")


def test_the_metric_events_of_a_ticket_stand_under_their_metrics(desk: Desk) -> None:
    number = desk.world.named["long_thread"]
    beside = desk.get(f"/tickets/{number}?include=metric_events")["ticket"]["metric_events"]

    assert desk.get(f"/tickets/{number}/metric_events")["metric_events"] == beside
    replies = [event["type"] for event in beside["reply_time"]]
    assert replies[:2] == ["measure", "activate"]
    instances = [event["instance_id"] for event in beside["reply_time"]]
    assert instances == sorted(instances) and instances[-1] > 1


def test_a_start_in_the_last_minute_is_too_recent(admin: Desk) -> None:
    answer = admin.call("GET", f"/incremental/tickets/cursor?start_time={NOW - 30}")

    assert answer.status_code == 400
    assert answer.get_json()["error"] == "StartTimeTooRecent"


def test_exports_bite_after_ten_a_minute() -> None:
    desk = Desk(make(role="admin"))
    paths = ["/incremental/users/cursor?start_time=0", "/incremental/organizations?start_time=0"]
    answers = [desk.call("GET", path) for path in paths * 6]

    assert [each.status_code for each in answers] == [200] * 10 + [429] * 2
    assert answers[0].headers["zendesk-ratelimit-incremental-exports"].startswith("total=10; rem")
    assert answers[-1].get_json()["error"] == "APIRateLimitExceeded"
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert desk.call("GET", "/groups").status_code == 200


def test_an_archived_ticket_is_gone_from_lists_and_still_found(admin: Desk) -> None:
    number = admin.world.named["closed_long_ago"]
    admin.control("clock", {"advance_seconds": 121 * 86_400})
    listed = [row["id"] for row in admin.pages("/tickets?page[size]=100", "tickets")]

    assert number not in listed
    assert admin.ticket(number)["status"] == "closed"
    assert admin.get(f"/tickets/{number}/related")["from_archive"] is True
    found = admin.get(f"/search?query=type:ticket {number}")["results"]
    assert number in [row["id"] for row in found]
    exported = admin.get("/incremental/tickets?start_time=0")["tickets"]
    assert number in [row["id"] for row in exported]
    truth = admin.control(f"world?ids={number}")["tickets"][0]
    assert truth["archived"] is True


def test_a_follow_up_moves_only_the_generated_stamp_of_its_source(desk: Desk) -> None:
    number = desk.world.named["closed_long_ago"]
    before = desk.ticket(number)
    desk.control("say", {"ticket": number, "author": "requester", "body": "Again."})
    after = desk.ticket(number)

    assert after["updated_at"] == before["updated_at"]
    assert after["generated_timestamp"] == NOW > before["generated_timestamp"]
