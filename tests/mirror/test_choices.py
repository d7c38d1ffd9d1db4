"""Queues that a team chose: saved views and searches, walked in the order of the desk's own."""

from __future__ import annotations

import pytest

from heroterm.domain.ticket import Group, Organization, Person
from heroterm.domain.view import Overlay, QueueChoice, View
from tests.conftest import NOW
from tests.mirror.make import ACME, JO, KIM, Desk, clock, comment, ticket

WAITS = Overlay(frozenset({2}), {1: "pending"}, {1: "held"})


@pytest.fixture
def full(desk: Desk) -> Desk:
    desk.writer.remember(first_fill_done=True, user_id=KIM.id)
    desk.save(
        ticket(1, subject="Replay is blank", tags=("replay",), priority="high", group_id=5),
        ticket(2, subject="Invoice", slas=(clock(5),), assignee_id=KIM.id, group_id=6),
        ticket(3, subject="SAML sign-in", slas=(clock(-5),), requester_id=902, organization_id=71),
        ticket(4, status="solved", subject="Blank too", tags=("replay",), priority="high"),
        ticket(5, status="hold", subject="Waits", description="a blank page", priority="urgent"),
        people=(KIM, JO, Person(902, "Ann O'Neil", "ann@globex.example.com")),
        organizations=(ACME, Organization(71, "Globex")),
        groups=(Group(5, "Replay"), Group(6, "Billing")),
    )
    desk.writer.save_comments(
        3, [comment(31, 3, 902, body="The metadata is blank")], [], complete=True, at=NOW
    )
    return desk


def ids(desk: Desk, query: str, overlay: Overlay = Overlay()) -> list[int]:  # noqa: B008
    return [row.id for row in desk.mirror.queue(View("mine", query=query), overlay)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status<solved", [1, 3, 2, 5]),
        ("blank", [1, 3, 5]),
        ("blank -metadata", [1, 5]),
        ('"is blank"', [1, 3]),
        ("priority>normal", [1, 5]),
        ("-priority:high", [3, 2, 5]),
        ("tier:2", [1, 5]),
        ("tier:2 tier:4", [1, 3, 2, 5]),
        ("tier<=3 status<hold", [1]),
        ("-tier:4", [1, 5]),
        ("tag:replay", [1]),
        ("group:billing", [2]),
        ("assignee:me", [2]),
        ("assignee:none", [1, 3, 5]),
        ("requester:ann org:globex", [3]),
        ("status:hold", [5]),
        ("created>2027-01-01", []),
    ],
)
def test_a_search_is_a_queue_in_the_queues_own_order(
    full: Desk, query: str, expected: list[int]
) -> None:
    assert ids(full, query) == expected
    counts = full.mirror.counts(View(query=query), Overlay(), now=NOW)
    assert counts.to_answer + counts.pending + counts.hold == len(expected)
    assert full.mirror.among(View(query=query), Overlay(), range(9)) == frozenset(expected)
    for place, id_ in enumerate(expected):
        assert full.mirror.position(View(query=query), Overlay(), id_) == place


def test_what_waits_in_the_outbox_counts_with_the_status_that_is_shown(full: Desk) -> None:
    assert ids(full, "status:pending", WAITS) == [1]
    assert ids(full, "status:open", WAITS) == [2, 3]
    assert ids(full, "blank", WAITS) == [3, 1, 5]
    assert full.mirror.position(View(query="blank"), WAITS, 1) == 1
    assert full.mirror.counts(View(query="status:pending"), WAITS, now=NOW).pending == 1


def test_a_tier_that_the_hero_gave_is_the_one_that_is_asked_about(full: Desk) -> None:
    assert ids(full, "tier:1", WAITS) == [2]
    assert ids(full, "tier>1", WAITS) == [3, 1, 5]
    assert ids(full, "tier:4", WAITS) == [3]


def test_a_search_and_a_typed_filter_hold_together(full: Desk) -> None:
    rows = full.mirror.queue(View(query="blank", text="saml"), Overlay())
    assert [row.id for row in rows] == [3]
    mine = View(query="status<solved", only_me_and_unassigned=KIM.id, group_ids=(6,))
    assert [row.id for row in full.mirror.queue(mine, Overlay())] == [2]


@pytest.mark.parametrize(
    ("query", "say"),
    [
        ("group:nobody", "no group of that name"),
        ("status:opne", "status is one of"),
        ("tier:0", "tier is one of 1, 2"),
        ("colour:red", "colour is no filter"),
        ("status<solved", ""),
    ],
)
def test_a_search_that_cannot_be_met_says_why_it_is_empty(full: Desk, query: str, say: str) -> None:
    assert say in " ".join(full.mirror.explained(View(query=query)))


def test_a_saved_view_that_was_never_brought_is_not_an_empty_one(full: Desk) -> None:
    view = View("Mine", zendesk_view_id=7)
    assert "not been brought" in full.mirror.explained(view)[0]
    full.writer.save_view_members(7, [])
    assert full.mirror.explained(view) == ()
    full.writer._connection.run("delete from cursor")
    full.writer._connection.run("insert into view_member values (7, 1)")
    assert full.mirror.explained(view) == ()
    assert full.mirror.explained(View()) == ()


def test_a_choice_makes_its_view() -> None:
    own = QueueChoice("queue", zendesk_view_id=7, own_groups=True)
    assert own.view((5,)) == View("queue", (5,), 7)
    assert QueueChoice("Mine", "m", query="tag:a").view((5,)) == View("Mine", query="tag:a")
    assert QueueChoice("Team", "t", 7).view((5,)) == View("Team", (), 7)


def test_a_query_longer_than_any_is_cut_and_said(full: Desk) -> None:
    long = View(query="blank " * 5_000)
    assert [row.id for row in full.mirror.queue(long, Overlay())] == [1, 3, 5]
    assert "Only the first" in " ".join(full.mirror.explained(long))


def test_words_are_looked_up_again_when_something_was_written_or_waits(full: Desk) -> None:
    assert ids(full, "blank") == [1, 3, 5]
    full.save(ticket(6, subject="Another blank one"))
    assert ids(full, "blank") == [1, 3, 6, 5]
    reopened = Overlay(frozenset(), {4: "open"}, {4: "held"})
    assert ids(full, "blank", reopened) == [1, 4, 3, 6, 5]
    assert ids(full, "-blank", reopened) == [2]
    assert ids(full, "blank") == [1, 3, 6, 5]


def test_many_searches_one_after_the_other_keep_their_own_tickets(full: Desk) -> None:
    for number in range(60):
        assert ids(full, f"blank -nothing{number}") == [1, 3, 5]
    assert ids(full, "invoice") == [2]
