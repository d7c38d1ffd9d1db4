"""`heroterm brief`, and the words of the search language that ask how long and how soon."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from heroterm.domain.brief import LEFT, SECTIONS
from heroterm.domain.outbox import NEEDS_YOU, Draft
from heroterm.domain.ticket import Comment, Page
from heroterm.domain.waits import Wait, Wake
from heroterm.journal.database import open_journal
from tests.cli.conftest import ANA, JO, Home, due, ticket
from tests.cli.door import Door
from tests.cli.playing import Hero, hero
from tests.conftest import NOW

__all__ = ["hero"]


def numbers(entries: list[dict[str, Any]]) -> list[int]:
    return [entry["ticket"] for entry in entries]


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


@pytest.fixture
def morning(home: Home) -> Home:
    """A home with one thing of each kind that a brief tells of."""
    held = {"status": "hold", "group_id": 5, "created_at": ago(days=30)}
    pages = (
        ticket(201, "Long held", **held, updated_at=ago(days=8)),
        ticket(202, "Held lately", **held, updated_at=ago(days=6)),
        ticket(203, "Ends today", status="pending", updated_at=ago(days=6, hours=20)),
        ticket(204, "Ends later", status="pending", updated_at=ago(days=2)),
        ticket(205, "Soon", priority="normal", slas=due(110)),
        ticket(206, "Later", priority="normal", slas=due(130)),
        ticket(207, "Came", created_at=ago(minutes=5), updated_at=ago(minutes=5), priority="low"),
        ticket(208, "Over", status="solved", updated_at=ago(minutes=3)),
    )
    writer = home.writer()
    writer.save_page(Page(pages, (ANA, JO)), at=NOW)
    words = Comment(9, 101, JO.id, True, "Any news?", NOW - timedelta(minutes=2))
    promise = Comment(8, 204, ANA.id, True, "I'll write again by 15:00.", ago(days=2))
    writer.save_comments(101, [words], (ANA, JO), complete=True, at=NOW)
    writer.save_comments(204, [promise], (ANA, JO), complete=True, at=NOW)
    writer.close()
    return home


def test_the_brief_tells_one_thing_of_each_kind(door: Door, morning: Home) -> None:
    journal = open_journal(morning.paths.journal, clock=lambda: NOW)
    journal.drafts.save(Draft(101, "public_reply", "Hey", ago(minutes=30)))
    journal.waits.set(Wait(106, Wake(ago(minutes=1)), "9:59", ago(hours=1)))
    journal.marks.remember(LEFT, ago(minutes=20).isoformat())
    journal.close()
    assert door("note", "101", "--body", "Waits.", "--hold", "0").code == 0
    journal = open_journal(morning.paths.journal, clock=lambda: NOW)
    (intent,) = journal.outbox.unfinished()
    journal.outbox.settle(intent.id, NEEDS_YOU, why="Lee solved this.")
    journal.close()
    told = door.json("brief")
    assert numbers(told["breached"]) == []  # 103 is another team's
    assert numbers(told["due"]) == [101, 205]
    assert numbers(told["woken"]) == [106]
    assert numbers(told["promises"]) == [204]
    assert numbers(told["on_hold"]) == [201]
    assert numbers(told["auto_solving"]) == [203]
    assert numbers(told["drafts"]) == [101]
    assert numbers(told["outbox"]) == [101] and "Lee solved" in told["outbox"][0]["say"]
    assert (207, "new") in [(each["ticket"], each["say"]) for each in told["changed"]]
    assert told["solved_since"] == 1
    assert told["next"]["ticket"] == door.json("next")["id"]


def test_the_brief_tells_of_runs_that_want_their_hero_again(hero: Hero) -> None:
    waits, answered = hero.ticket("ownership"), hero.ticket("several_1")
    for each in (waits, answered):
        hero.plays("ownership-transfer", each, "y")
    hero.carry()
    assert hero.verb_json("brief")["woken"] == []
    hero.say(answered, "requester", "He can log in.")
    hero.carry()
    (woken,) = hero.verb_json("brief")["woken"]
    asker = hero.requester_of(answered).email
    assert (woken["ticket"], woken["say"].endswith(f": {asker} wrote")) == (answered, True)
    hero.plays("ownership-transfer", answered, "yes")
    hero.pass_time(8 * 86_400)
    told = hero.verb_json("brief")["woken"]  # before any carrier has looked
    assert [(each["ticket"], each["say"]) for each in told] == [
        (waits, "Organization ownership transfer: nobody answered in time")
    ]


def test_a_quiet_morning_says_none_everywhere(door: Door, home: Home) -> None:
    writer = home.writer()
    gone = [ticket(number, "x", status="solved", updated_at=NOW) for number in (101, 102, 104, 106)]
    writer.save_page(Page(tuple(gone)), at=NOW)
    writer.close()
    out = door("brief").out
    assert out.count(": none") == len(SECTIONS) and "Next: nothing waits." in out


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("onhold:>7d", {201}),
        ("onhold:<7d", {202}),
        ("autosolve:<1d", {203}),
        ("autosolve:>1d", {104, 204}),
        ("-autosolve:<1d status:pending", {104, 204}),
        ("csat:<3d", {105, 208}),
        ("due:<1h priority:normal", {101, 103}),
        ("age:<10m", {207}),
        ("idle:>7d", {201}),
    ],
)
def test_how_long_and_how_soon_can_be_searched(
    door: Door, morning: Home, query: str, found: set[int]
) -> None:
    hits = door("search", "--json", "--", *query.split()).document
    assert {hit["id"] for hit in hits["hits"]} == found and hits["query"] == query


def test_an_unknown_span_is_explained_and_finds_nothing(door: Door, morning: Home) -> None:
    told = door.json("search", "onhold:long")
    assert told["hits"] == [] and "write a span" in told["explained"][0]
    said = door.json("search", "autosolv:<1d")["explained"]
    assert any("autosolv is no filter here" in each for each in said)


def test_a_queue_of_the_team_may_ask_for_a_span(door: Door, morning: Home) -> None:
    file = morning.paths.config_file
    file.write_text('[[view]]\nname = "Old"\nkey = "o"\nquery = "onhold:>7d"\n')
    assert numbers_of(door.json("queue", "--view", "Old")) == [201]


def numbers_of(told: dict[str, Any]) -> list[int]:
    return [each["id"] for each in told["tickets"]]


def test_breach_before_tier_moves_the_whole_queue(door: Door, morning: Home) -> None:
    usual = numbers_of(door.json("queue"))
    assert usual[:2] == [102, 101]  # T2 with 300 minutes before T3 with 30
    morning.paths.config_file.write_text('[desk]\norder = "breach,tier"\n')
    assert numbers_of(door.json("queue"))[:4] == [101, 205, 206, 102]
    assert door.json("next")["id"] == 101
