from __future__ import annotations

from typing import Any

from tests.sandbox.desk import Desk, make


def finished(desk: Desk, answer: Any) -> Any:
    """The job when the desk says that it is over; it is queued and working before."""
    job = answer.get_json()["job_status"]
    assert (job["status"], job["results"], job["progress"]) == ("queued", None, None)
    assert desk.get(f"/job_statuses/{job['id']}")["job_status"]["status"] == "working"
    return desk.get(f"/job_statuses/{job['id']}")["job_status"]


def two(desk: Desk) -> tuple[int, int]:
    return desk.world.named["gdpr"], desk.world.named["two_factor"]


def test_one_change_reaches_many_tickets(desk: Desk) -> None:
    one, other = two(desk)
    wanted = {"ticket": {"additional_tags": ["bulk"], "priority": "high"}}
    job = finished(desk, desk.call("PUT", f"/tickets/update_many?ids={one},{other}", wanted))

    assert [row["success"] for row in job["results"]] == [True, True]
    for key in (one, other):
        ticket = desk.ticket(key)
        assert "bulk" in ticket["tags"] and ticket["priority"] == "high"


def test_a_batch_tells_for_each_ticket_what_went_wrong(desk: Desk) -> None:
    one, other = two(desk)
    stamp = desk.ticket(other)["updated_at"]
    desk.put(other, tags=["moved"])
    rows = [
        {"id": one, "status": "hold"},
        {"id": other, "status": "hold", "safe_update": True, "updated_stamp": stamp},
        {"id": 1, "status": "hold"},
        {"id": desk.world.named["closed_long_ago"], "status": "hold"},
    ]
    job = finished(desk, desk.call("PUT", "/tickets/update_many", {"tickets": rows}))

    assert job["status"] == "completed" and job["total"] == 4
    assert job["results"][0]["status"] == "Updated"
    assert [row["error"] for row in job["results"][1:]] == [
        "UpdateConflict",
        "RecordNotFound",
        "RecordInvalid",
    ]


def test_a_safe_batch_without_a_stamp_is_refused(desk: Desk) -> None:
    rows = [{"id": two(desk)[0], "status": "hold", "safe_update": True}]

    assert desk.call("PUT", "/tickets/update_many", {"tickets": rows}).status_code == 422


def test_more_than_thirty_jobs_at_once_are_too_many(desk: Desk) -> None:
    path = f"/tickets/update_many?ids={two(desk)[0]}"
    wanted: dict[str, Any] = {"ticket": {}}
    answers = [desk.call("PUT", path, wanted) for _ in range(31)]

    assert [each.status_code for each in answers] == [200] * 30 + [429]
    refused = answers[-1].get_json()
    assert refused["error"] == "TooManyJobs" and len(refused["current_job_ids"]) == 30
    desk.control("clock", {"advance_seconds": 61})
    assert desk.call("PUT", path, wanted).status_code == 200


def test_a_merged_ticket_is_closed_and_says_into_which(desk: Desk) -> None:
    target, source = two(desk)
    wanted = {"ids": [source], "target_comment": "Took it.", "source_comment": "Gone there."}
    finished(desk, desk.call("POST", f"/tickets/{target}/merge", wanted))

    gone = desk.ticket(source)
    assert gone["status"] == "closed" and "closed_by_merge" in gone["tags"]
    left = desk.get(f"/tickets/{source}/comments")["comments"][-1]
    assert (left["body"], left["public"]) == ("Gone there.", False)
    assert left["via"]["channel"] == "system" and left["via"]["source"]["rel"] == "merge"
    assert desk.get(f"/tickets/{target}/comments")["comments"][-1]["body"] == "Took it."
    copied = desk.get(f"/tickets/{target}/email_ccs")["users"]
    assert [row["id"] for row in copied] == [gone["requester_id"]]
    again = desk.call("POST", f"/tickets/{target}/merge", {"ids": [source]})
    assert again.status_code == 422


def test_a_deleted_ticket_is_absent_everywhere_but_in_exports() -> None:
    desk = Desk(make(role="admin"))
    number = two(desk)[0]
    assert desk.call("DELETE", f"/tickets/{number}").status_code == 204

    assert desk.call("GET", f"/tickets/{number}").status_code == 404
    assert desk.get(f"/tickets/show_many?ids={number}")["tickets"] == []
    assert number not in [row["id"] for row in desk.pages("/tickets?page[size]=50", "tickets")]
    listed = {row["id"]: row for row in desk.get("/deleted_tickets")["deleted_tickets"]}
    assert listed[number]["previous_state"] == "open"
    assert listed[number]["actor"]["id"] == desk.world.hero_id
    desk.control("clock", {"advance_seconds": 61})
    export = desk.get("/incremental/tickets?start_time=0")["tickets"]
    assert {row["id"]: row["status"] for row in export}[number] == "deleted"
    kept = desk.get("/incremental/tickets?start_time=0&exclude_deleted=true")["tickets"]
    assert number not in [row["id"] for row in kept]
    truth = desk.control("world")
    assert number in [row["id"] for row in truth["deleted"]]
    assert number not in [row["id"] for row in truth["tickets"]]


def test_the_words_of_a_deleted_ticket_are_scrubbed_after_thirty_days() -> None:
    desk = Desk(make(role="admin"))
    number = two(desk)[0]
    desk.call("DELETE", f"/tickets/{number}")
    desk.control("clock", {"advance_seconds": 31 * 86_400})

    rows = desk.get("/incremental/tickets?start_time=0")["tickets"]
    row = next(row for row in rows if row["id"] == number)
    assert row["subject"] == row["description"] == "SCRUBBED"
    assert number not in [row["id"] for row in desk.get("/deleted_tickets")["deleted_tickets"]]


def test_a_refused_creation_leaves_no_ticket(desk: Desk) -> None:
    before = len(desk.world.tickets)
    wanted = {"comment": {"body": "Hello"}, "priority": "enormous"}

    assert desk.call("POST", "/tickets", {"ticket": wanted}).status_code == 422
    assert len(desk.world.tickets) == before
