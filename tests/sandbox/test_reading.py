from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.sandbox.desk import Desk, make


def test_bad_credentials_are_anonymous_on_me_and_refused_elsewhere(desk: Desk) -> None:
    nobody = {"Authorization": "Basic bm9ib2R5OnRva2Vu"}
    me = desk.client.get("/api/v2/users/me.json", headers=nobody)
    other = desk.client.get("/api/v2/tickets", headers=nobody)

    assert me.status_code == 200
    assert me.get_json()["user"]["id"] is None
    assert me.get_json()["user"]["name"] == "Anonymous user"
    assert (other.status_code, other.get_json()) == (
        401,
        {"error": "Couldn't authenticate you"},
    )


def test_me_is_the_hero(desk: Desk) -> None:
    me = desk.get("/users/me")["user"]

    assert (me["email"], me["role"]) == (desk.sandbox.email, "agent")


def test_the_json_suffix_changes_nothing(desk: Desk) -> None:
    assert desk.get("/groups.json")["groups"] == desk.get("/groups")["groups"]


def test_side_loads_stand_beside_and_inside(desk: Desk) -> None:
    page = desk.get(
        "/tickets?page[size]=100&include=users,groups,organizations,metric_sets,comment_count"
    )
    users = {user["id"] for user in page["users"]}

    for ticket in page["tickets"]:
        assert ticket["requester_id"] in users
        assert ticket["metric_set"]["ticket_id"] == ticket["id"]
        assert ticket["comment_count"] >= 1
    assert {t["group_id"] for t in page["tickets"]} == {g["id"] for g in page["groups"]}
    assert "users" not in desk.get("/tickets?page[size]=1")


def test_the_metric_set_counts_public_replies(desk: Desk) -> None:
    number = desk.world.named["solved_recently"]
    metric = desk.get(f"/tickets/{number}/metrics")["ticket_metric"]

    assert metric["replies"] == 2
    assert metric["reply_time_in_minutes"]["calendar"] == 600
    assert metric["solved_at"] == "2024-10-04T22:00:00Z"


def test_every_answer_carries_the_budget_in_both_spellings(desk: Desk) -> None:
    answer = desk.call("GET", "/tickets/count")

    for name in ("x-rate-limit-remaining", "ratelimit-remaining", "rate-limit-remaining"):
        assert answer.headers[name] == "399"
    assert answer.headers["ETag"].startswith('W/"')
    assert answer.headers["Date"] == "Mon, 07 Oct 2024 09:00:00 GMT"


def test_a_spent_budget_is_a_plain_429_until_the_minute_is_over(desk: Desk) -> None:
    desk.control("limits", {"per_minute": 2})
    answers = [desk.call("GET", "/groups") for _ in range(3)]

    assert answers[-1].status_code == 429
    assert answers[-1].mimetype == "text/plain"
    desk.control("clock", {"advance_seconds": int(answers[-1].headers["Retry-After"])})
    assert desk.call("GET", "/groups").status_code == 200


@pytest.mark.parametrize("path", ["/incremental/tickets/cursor?start_time=0", "/slas/policies"])
def test_some_things_are_for_admins(path: str) -> None:
    assert Desk(make()).call("GET", path).status_code == 403
    assert Desk(make(role="admin")).call("GET", path).status_code == 200


def test_an_admin_reads_every_ticket_by_incremental_cursor() -> None:
    desk = Desk(make(role="admin"))
    desk.control("limits", {"incremental-exports": 1_000})
    seen: list[int] = []
    where = "start_time=0"
    for _ in range(20):
        page = desk.get(f"/incremental/tickets/cursor?{where}&per_page=7&include=slas")
        seen += [ticket["id"] for ticket in page["tickets"]]
        where = f"cursor={page['after_cursor']}"
        if page["end_of_stream"]:
            break

    assert sorted(seen) == sorted({*desk.world.tickets, *desk.world.gone})
    moved = next(key for key in reversed(seen) if key in desk.world.named.values())
    desk.put(moved, tags=["x"])
    assert desk.get(f"/incremental/tickets/cursor?{where}")["tickets"] == []
    desk.control("clock", {"advance_seconds": 61})
    later = desk.get(f"/incremental/tickets/cursor?{where}")["tickets"]
    assert [ticket["id"] for ticket in later] == [moved]


def test_incremental_by_time_never_splits_a_second() -> None:
    desk = Desk(make(role="admin"))
    desk.control("limits", {"incremental-exports": 1_000})
    start, seen = 0, set()
    for _ in range(80):
        page = desk.get(f"/incremental/tickets?start_time={start}&per_page=3")
        seen |= {ticket["id"] for ticket in page["tickets"]}
        start = page["end_time"]
        if page["end_of_stream"]:
            break
    assert seen == {*desk.world.tickets, *desk.world.gone}


def test_ticket_events_bring_the_comments() -> None:
    desk = Desk(make(role="admin"))
    events = desk.get("/incremental/ticket_events?start_time=0&include=comment_events")
    kinds = {
        child["event_type"] for row in events["ticket_events"] for child in row["child_events"]
    }

    assert {"Comment", "Change", "Create"} <= kinds


def test_what_is_not_there_says_which_kind_of_missing(desk: Desk) -> None:
    assert desk.call("GET", "/tickets/1").get_json()["error"] == "RecordNotFound"
    assert desk.call("GET", "/nonsense").get_json()["error"] == "InvalidEndpoint"
    assert desk.call("PATCH", "/tickets/1").status_code == 405


def test_a_view_gives_its_tickets_and_counts_on_the_second_try(desk: Desk) -> None:
    view = desk.get("/views/active")["views"][0]
    rows = desk.pages(f"/views/{view['id']}/tickets?page[size]=10&include=slas", "tickets")
    first = desk.get(f"/views/{view['id']}/count")["view_count"]
    second = desk.get(f"/views/{view['id']}/count")["view_count"]

    assert {row["status"] for row in rows} <= {"new", "open", "pending", "hold"}
    assert (first["value"], first["fresh"]) == (None, False)
    assert (second["value"], second["fresh"]) == (len(rows), True)
    for _ in range(3):
        desk.get(f"/views/{view['id']}/count")
    assert desk.call("GET", f"/views/{view['id']}/count").status_code == 429


def test_retired_views_are_not_active(desk: Desk) -> None:
    assert len(desk.get("/views")["views"]) == len(desk.get("/views/active")["views"]) + 1


def test_people_and_places_can_be_found(desk: Desk) -> None:
    ana = desk.get("/users/search?query=ana%20hero")["users"]
    place = desk.get("/organizations/search?name=quill")["organizations"][0]

    assert [user["email"] for user in ana] == [desk.sandbox.email]
    assert place["organization_fields"]["plan"] == "enterprise"
    assert desk.get(f"/organizations/show_many?ids={place['id']},1")["count"] == 1
    key = place["external_id"]
    assert desk.get(f"/organizations/search?external_id={key}")["count"] == 1
    group = desk.get(f"/users/{ana[0]['id']}/group_memberships")["group_memberships"][0]
    assert group["group_id"] == desk.world.hero.group_id


@pytest.mark.parametrize(
    "path", ["/macros/active", "/ticket_fields", "/custom_statuses", "/deleted_tickets"]
)
def test_the_desk_describes_itself(desk: Desk, path: str) -> None:
    answer = desk.get(path)

    assert answer[path.split("/")[1]]


def test_a_file_is_fetched_in_two_hops_the_second_on_another_host(desk: Desk) -> None:
    number = desk.world.named["security"]
    files = desk.get(f"/tickets/{number}/comments")["comments"][0]["attachments"]
    picture, text = files
    first = desk.client.get(_path(picture["content_url"]))
    second = desk.client.get(_path(first.headers["Location"]))

    assert first.status_code == 302
    assert urlsplit(first.headers["Location"]).hostname == "localhost"
    assert second.data.startswith(b"\x89PNG") and second.mimetype == "image/png"
    assert len(second.data) == picture["size"]
    assert picture["thumbnails"] and not text["thumbnails"]


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"
