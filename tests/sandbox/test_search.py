from __future__ import annotations

from urllib.parse import quote

import pytest

from heroterm.sandbox.query import Term, parse
from tests.sandbox.desk import Desk, make


def hits(desk: Desk, query: str) -> set[int]:
    answer = desk.get(f"/search?query={quote(query)}")
    assert answer["count"] == len(answer["results"])
    return {row["id"] for row in answer["results"]}


def where(desk: Desk, **wanted: object) -> set[int]:
    return {
        key
        for key, ticket in desk.world.tickets.items()
        if all(getattr(ticket, name) == value for name, value in wanted.items())
    }


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("status<solved", [Term("status", "<", "solved")]),
        ('group:"Product Analytics"', [Term("group", ":", "Product Analytics")]),
        ("-tags:spam word", [Term("tags", ":", "spam", True), Term("", ":", "word")]),
        ("https://x.example.com/a", [Term("", ":", "https://x.example.com/a")]),
    ],
)
def test_queries_are_read(text: str, terms: list[Term]) -> None:
    assert parse(text) == terms


def test_the_same_key_twice_means_or(desk: Desk) -> None:
    either = hits(desk, "type:ticket status:new status:hold")

    assert either == where(desk, status="new") | where(desk, status="hold")


def test_different_keys_mean_and(desk: Desk) -> None:
    assert hits(desk, "status:open priority:high") == where(desk, status="open", priority="high")


def test_less_than_follows_the_order_of_statuses(desk: Desk) -> None:
    below = hits(desk, "status<pending")

    assert below == where(desk, status="new") | where(desk, status="open")


def test_words_people_tags_and_times_are_found(desk: Desk) -> None:
    gdpr = desk.world.named["gdpr"]
    requester = desk.ticket(gdpr)["requester_id"]
    email = desk.world.users[requester].email

    assert hits(desk, "patient-77120") == {gdpr}
    assert gdpr in hits(desk, f"requester:{email}")
    assert hits(desk, "tags:top_20") == {desk.world.named["cs_tagged"]}
    assert hits(desk, f"#{gdpr}") >= {gdpr}
    assert gdpr in hits(desk, "created>11hours") and gdpr not in hits(desk, "created>9hours")
    assert hits(desk, "assignee:me") == where(desk, assignee_id=desk.world.hero_id)
    assert gdpr not in hits(desk, '-organization:"Larkspur Clinics"')


def test_results_carry_their_type_and_wanted_side_loads(desk: Desk) -> None:
    answer = desk.get("/search?query=type:ticket%20status:new&include=tickets(slas,users)")

    assert {row["result_type"] for row in answer["results"]} == {"ticket"}
    assert all("slas" in row for row in answer["results"])
    assert answer["users"]
    users = desk.get("/search?query=type:user%20hero")["results"]
    assert users[0]["result_type"] == "user"


def test_search_ends_after_a_thousand_results() -> None:
    desk = Desk(make(tickets=1_200))

    assert desk.get("/search?query=type:ticket&page=10")["count"] == 1_200
    assert desk.call("GET", "/search?query=type:ticket&page=11").status_code == 422
    assert desk.call("GET", "/search?query=x&page[size]=5").status_code == 400


def test_the_export_gives_everything_by_creation() -> None:
    desk = Desk(make(tickets=200))
    rows = desk.pages(
        "/search/export?query=status<closed&filter[type]=ticket&page[size]=30", "results"
    )

    assert len(rows) == sum(1 for t in desk.world.tickets.values() if t.status != "closed")
    assert [row["created_at"] for row in rows] == sorted(row["created_at"] for row in rows)
    bad = "/search/export?query=type:ticket&filter[type]=ticket"
    assert desk.call("GET", bad).status_code == 422


def test_a_date_that_is_none_is_refused(desk: Desk) -> None:
    assert desk.call("GET", "/search?query=created>soon").status_code == 422
