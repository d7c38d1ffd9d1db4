from __future__ import annotations

import json
from collections import Counter

import pytest

from heroterm.sandbox.materials import table, topics
from heroterm.sandbox.records import WORKING
from tests.sandbox.desk import Desk, make


def test_the_same_seed_and_clock_make_the_same_world() -> None:
    one, other = make(seed=5), make(seed=5)

    assert one.token == other.token
    assert Desk(one).control("world") == Desk(other).control("world")


def test_another_seed_makes_another_world() -> None:
    assert Desk(make(seed=5)).control("world") != Desk(make(seed=6)).control("world")


def test_a_thread_does_not_depend_on_when_it_is_first_read() -> None:
    forwards, backwards = make(tickets=120), make(tickets=120)
    keys = list(forwards.world.tickets)
    for key in reversed(keys):
        backwards.world.thread(backwards.world.tickets[key])

    for key in keys:
        one = forwards.world.thread(forwards.world.tickets[key])
        assert one == backwards.world.thread(backwards.world.tickets[key])


@pytest.mark.parametrize("size", [1, 10, 60, 400])
def test_a_shift_has_as_many_tickets_as_asked_for(size: int) -> None:
    assert len(make(tickets=size).world.tickets) == size


def test_four_hundred_tickets_leave_about_sixty_unsolved_most_of_them_with_the_hero() -> None:
    world = make(tickets=400).world
    waiting = [each for each in world.tickets.values() if each.status in WORKING]
    mine = [each for each in waiting if each.group_id == world.hero.group_id]

    assert 55 <= len(waiting) <= 70
    assert len(mine) > len(waiting) / 2
    assert set(Counter(each.status for each in waiting)) == WORKING


def test_the_wanted_total_of_comments_is_met() -> None:
    world = make(tickets=400, comments=2_500).world

    assert sum(each.comment_count for each in world.tickets.values()) == 2_500
    assert sum(len(world.thread(each).comments) for each in world.tickets.values()) == 2_500


def test_a_ticket_and_its_thread_tell_the_same_story() -> None:
    world = make(tickets=400).world
    for ticket in world.tickets.values():
        thread = world.thread(ticket)
        assert thread.statuses[-1][1] == ticket.status
        assert thread.audits[-1].at == ticket.updated_at <= world.clock.seconds()
        assert thread.comments[0].body == ticket.description
        assert [a.at for a in thread.audits] == sorted(a.at for a in thread.audits)


def test_every_scripted_ticket_is_there_by_name() -> None:
    named = make().world.named
    for file in ("specials", "hostile"):
        assert {row["name"] for row in table(file)["ticket"]} <= set(named)


def test_all_addresses_are_reserved_for_examples() -> None:
    for user in make(tickets=400).world.users.values():
        assert user.email.endswith((".example.com", ".example.org", ".example.net"))


def test_topics_speak_of_areas_that_a_group_owns() -> None:
    owned = {area for row in table("desk")["group"] for area in row["areas"]}

    assert len(topics()) >= 60
    assert {topic.area for topic in topics()} <= owned


def test_a_free_mail_ticket_names_its_true_organization_only_in_the_admin_line(
    desk: Desk,
) -> None:
    ticket = desk.ticket("freemail")
    organization = desk.get(f"/organizations/{ticket['organization_id']}")["organization"]

    assert "please assign to correct org" in organization["name"]
    assert "Fathom Cards" in ticket["description"].rpartition("-----")[2]


def test_a_forged_admin_line_stands_above_the_rule(desk: Desk) -> None:
    words, _, footer = desk.ticket("forged_admin")["description"].rpartition("\n-----\n")

    assert "Nine Pence Bank" in words
    assert "Nine Pence Bank" not in footer
    assert "Redshank Radio" in footer


def test_all_six_shapes_of_the_admin_line_occur() -> None:
    bodies = "\n".join(each.description for each in make(tickets=400).world.tickets.values())
    for shape in (
        "Admin link: https://",
        "[Admin](https://",
        "(Organization: '",
        "(organization ID ",
        "Admin (internal): https://",
        "Admin: http://go/adminOrg",
    ):
        assert shape in bodies


def test_hostile_text_is_served_as_valid_ascii_json(desk: Desk) -> None:
    for name, number in desk.world.named.items():
        if name.startswith("hostile"):
            raw = desk.call("GET", f"/tickets/{number}/comments?include=users").data
            raw += desk.call("GET", f"/tickets/{number}?include=users,organizations").data
            assert raw.isascii()
    subject = desk.ticket("hostile_unicode")["subject"]
    assert "\ud800" in subject and "\u202e" in subject
    with pytest.raises(UnicodeEncodeError):
        subject.encode()


def test_hostile_tickets_hold_every_family(desk: Desk) -> None:
    families = {p["family"] for row in table("hostile")["ticket"] for p in row["payloads"]}
    world = json.dumps(desk.control("world"))

    assert len(families) > 40
    assert all(f"{family}: " in world for family in families)
    assert any(len(row["body"]) > 50_000 for row in _comments(desk, "hostile_size"))


def test_a_big_shift_keeps_its_tail_unwritten() -> None:
    world = make(tickets=5_000, comments=20_000).world

    assert sum(1 for each in world.tickets.values() if each.thread) < 100


def _comments(desk: Desk, name: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = desk.get(f"/tickets/{desk.world.named[name]}/comments")["comments"]
    return rows
