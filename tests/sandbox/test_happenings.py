from __future__ import annotations

from collections import Counter

from heroterm.sandbox.doings import DOINGS
from heroterm.sandbox.materials import table
from heroterm.sandbox.records import WORKING
from tests.sandbox.desk import START, Desk, make


def test_everything_that_can_happen_is_in_the_table() -> None:
    assert {row["name"] for row in table("happenings")["happening"]} == set(DOINGS)


def test_five_thousand_changes_are_varied_and_keep_the_queue_plausible() -> None:
    desk = Desk(make(tickets=400))
    usual = sum(1 for each in desk.world.tickets.values() if each.status in WORKING)
    done = desk.control("change", {"tickets": 5_000, "seed": 3, "over_seconds": 3_600})["changes"]

    assert len(done) == 5_000
    assert set(Counter(row["did"] for row in done)) == set(DOINGS)
    working = [each for each in desk.world.tickets.values() if each.status in WORKING]
    assert usual / 2 < len(working) < usual * 2
    assert max(len(each.subject) for each in working) < 400
    assert desk.world.clock.seconds() - START.timestamp() in (3_599, 3_600)


def test_a_changed_world_still_tells_one_story() -> None:
    desk = Desk(make(tickets=200))
    desk.control("change", {"tickets": 1_000, "seed": 8, "over_seconds": 900})
    for ticket in desk.world.tickets.values():
        thread = desk.world.thread(ticket)
        assert thread.statuses[-1][1] == ticket.status
        assert ticket.comment_count == len(thread.comments)
        assert thread.audits[-1].at <= ticket.updated_at <= desk.world.clock.seconds()
    assert not set(desk.world.tickets) & set(desk.world.gone)


def test_the_truth_is_what_the_api_tells(desk: Desk) -> None:
    desk.control("change", {"tickets": 300, "seed": 2, "over_seconds": 300})
    told = {row["id"]: row for row in desk.pages("/tickets?page[size]=100", "tickets")}
    truth = {row["id"]: row for row in desk.control("world")["tickets"]}

    assert set(told) == set(truth)
    own = set("comments followup_source_id merged_into satisfaction archived awaited".split())
    for key, row in truth.items():
        assert {name: told[key][name] for name in set(row) - own} == {
            name: value for name, value in row.items() if name not in own
        }


def test_the_truth_since_a_moment_holds_what_moved(desk: Desk) -> None:
    desk.control("clock", {"advance_seconds": 60})
    number = desk.world.named["gdpr"]
    desk.put(number, tags=["moved"])
    truth = desk.control("world?since=2024-10-07T09:00:30Z")

    assert [row["id"] for row in truth["tickets"]] == [number]
    assert truth["deleted"] == [] and truth["users"] == []
