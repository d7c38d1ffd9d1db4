from __future__ import annotations

import pytest

from tests.sandbox.desk import Desk


@pytest.mark.parametrize("sort", ["id", "-id", "updated_at", "-updated_at", "status", "-status"])
def test_cursor_pages_give_every_ticket_once(desk: Desk, sort: str) -> None:
    rows = desk.pages(f"/tickets?page[size]=7&sort={sort}", "tickets")

    assert sorted(row["id"] for row in rows) == sorted(desk.world.tickets)
    if not sort.endswith("status"):
        key = sort.removeprefix("-")
        values = [row[key] for row in rows]
        assert values == sorted(values, reverse=sort.startswith("-"))


def test_the_last_page_still_has_a_next_link_and_a_cursor(desk: Desk) -> None:
    page = desk.get("/tickets?page[size]=100")

    assert page["meta"]["has_more"] is False
    assert page["meta"]["after_cursor"]
    after = page["links"]["next"].partition("/api/v2")[2]
    empty = desk.get(after)
    assert empty["tickets"] == []
    assert empty["links"]["next"] is None and empty["meta"]["after_cursor"] is None


def test_the_next_link_keeps_the_sort_and_the_side_loads(desk: Desk) -> None:
    page = desk.get("/tickets?sort=-updated_at&page[size]=5&include=users")
    following = desk.get(page["links"]["next"].partition("/api/v2")[2])

    assert following["users"]
    assert following["tickets"][0]["updated_at"] <= page["tickets"][-1]["updated_at"]


def test_the_prev_link_leads_back(desk: Desk) -> None:
    first = desk.get("/tickets?page[size]=5&sort=-id")
    second = desk.get(first["links"]["next"].partition("/api/v2")[2])
    back = desk.get(second["links"]["prev"].partition("/api/v2")[2])

    assert [row["id"] for row in back["tickets"]] == [row["id"] for row in first["tickets"]]


def test_a_ticket_that_moves_while_paging_is_not_lost(desk: Desk) -> None:
    first = desk.get("/tickets?page[size]=20&sort=updated_at")
    moved = next(row["id"] for row in first["tickets"] if row["status"] != "closed")
    desk.put(moved, tags=["moved"])
    rest = desk.pages(
        f"/tickets?page[size]=20&sort=updated_at&page[after]={first['meta']['after_cursor']}",
        "tickets",
    )

    assert moved in [row["id"] for row in rest]
    seen = {row["id"] for row in first["tickets"]} | {row["id"] for row in rest}
    assert seen == set(desk.world.tickets)


def test_an_unknown_cursor_sort_is_refused_with_a_list_of_errors(desk: Desk) -> None:
    answer = desk.call("GET", "/tickets?page[size]=5&sort=created_at")

    assert answer.status_code == 400
    assert answer.get_json()["errors"][0]["code"] == "InvalidPaginationParameter"


@pytest.mark.parametrize("path", ["/tickets?page[size]=none", "/tickets?page=0", "/tickets?page=x"])
def test_a_page_that_is_no_number_is_refused(desk: Desk, path: str) -> None:
    assert desk.call("GET", path).status_code == 400


def test_a_broken_cursor_is_refused(desk: Desk) -> None:
    assert desk.call("GET", "/tickets?page[size]=5&page[after]=%%%").status_code == 400


def test_pages_by_number_count_all_and_end_with_null(desk: Desk) -> None:
    first = desk.get("/tickets?per_page=50&sort_by=created_at&sort_order=desc")
    second = desk.get(first["next_page"].partition("/api/v2")[2])

    assert first["count"] == 60 and first["previous_page"] is None
    assert len(second["tickets"]) == 10 and second["next_page"] is None
    assert first["tickets"][0]["created_at"] >= second["tickets"][-1]["created_at"]


def test_a_sort_by_is_ignored_when_paging_by_cursor(desk: Desk) -> None:
    rows = desk.get("/tickets?page[size]=9&sort_by=updated_at&sort_order=desc")["tickets"]

    assert [row["id"] for row in rows] == sorted(desk.world.tickets)[:9]


def test_comments_and_audits_page_both_ways(desk: Desk) -> None:
    number = desk.world.named["long_thread"]
    rows = desk.pages(f"/tickets/{number}/comments?page[size]=10&sort=-created_at", "comments")
    audits = desk.get(f"/tickets/{number}/audits?sort_order=desc&per_page=5")["audits"]

    assert len(rows) == desk.world.tickets[number].comment_count == 58
    assert [row["created_at"] for row in rows] == sorted(
        (row["created_at"] for row in rows), reverse=True
    )
    assert audits[0]["created_at"] >= audits[-1]["created_at"]


def test_more_than_a_hundred_ids_are_too_many(desk: Desk) -> None:
    ids = ",".join(str(key) for key in range(101))
    answer = desk.call("GET", f"/tickets/show_many?ids={ids}")

    assert answer.status_code == 400
    assert answer.get_json()["error"] == "TooManyValues"


def test_missing_ids_are_absent(desk: Desk) -> None:
    key = min(desk.world.tickets)

    assert [t["id"] for t in desk.get(f"/tickets/show_many?ids=1,{key},2")["tickets"]] == [key]
