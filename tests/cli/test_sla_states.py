"""Every state of a clock is reached at the practice desk, with what the hero is told of it.

Once with Zendesk's own clocks, once in an account that keeps none, where the team's table is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from heroterm.sandbox.changes import Change
from heroterm.sandbox.records import Via
from tests.cli.playing import Hero, hero  # noqa: F401

HOUR = 3_600


def clock(desk: Hero, ticket_id: int) -> tuple[str, bool]:
    """The first reply's clock as `show` has it: its state, and whether it was worked out here."""
    desk.pass_time(90)  # the server shows what is a minute old
    assert desk.verb("sync", "--once", "--ticket", str(ticket_id)).code == 0
    desk.sync()
    shown = desk.verb_json("show", str(ticket_id))
    (found,) = [c for c in shown["sla"] if c["metric"] == "first_reply_time"]
    return found["state"], found["source_of_target"] == "est"


def by_colleague(desk: Hero, ticket_id: int, status: str = "", words: str = "") -> None:
    """A colleague changes the status, or answers."""
    world = desk.sandbox.world
    ticket = world.tickets[ticket_id]
    colleague = next(user for user in world.agents() if user.id != world.hero_id)
    change = Change(world, ticket, colleague, Via("web"))
    if words:
        change.comment(words, public=True)
    if status:
        change.set("status", status)
    change.finish()


@pytest.fixture(params=["zendesk's own", "worked out here"])
def desk(request: Any, hero: Hero, tmp_path: Path) -> tuple[Hero, bool]:  # noqa: F811
    """A desk, and whether its account keeps no clocks."""
    if request.param == "zendesk's own":
        return hero, False
    hero.patch.setattr("heroterm.sandbox.sla.policy_metrics", lambda *told: [])
    home = tmp_path / "without clocks"
    return Hero(hero.door, hero.sandbox, hero.patch, home).sits_down(), True


def test_active_paused_and_closed_each_in_time(desk: tuple[Hero, bool]) -> None:
    one, own = desk
    ticket_id = one.ticket("freemail")  # high, never answered, 42 minutes of 12 hours are left
    assert clock(one, ticket_id) == ("active", own)
    by_colleague(one, ticket_id, "pending")
    assert clock(one, ticket_id) == ("paused", own)
    one.pass_time(5 * HOUR)
    assert clock(one, ticket_id) == ("paused", own)
    by_colleague(one, ticket_id, "open")
    assert clock(one, ticket_id) == ("active", own)
    by_colleague(one, ticket_id, "pending", "Hey, fixed.")
    assert clock(one, ticket_id) == ("closed", own)


def test_active_paused_and_closed_each_too_late(desk: tuple[Hero, bool]) -> None:
    one, own = desk
    ticket_id = one.ticket("freemail")
    one.pass_time(HOUR)
    assert clock(one, ticket_id) == ("active, breached", own)
    by_colleague(one, ticket_id, "hold")
    # Of a clock that stands or ended Zendesk gives no moment: only the team's own table knows.
    assert clock(one, ticket_id) == ("paused, breached" if own else "paused", own)
    by_colleague(one, ticket_id, "open")
    assert clock(one, ticket_id) == ("active, breached", own)
    by_colleague(one, ticket_id, "pending", "Hey, sorry, fixed.")
    assert clock(one, ticket_id) == ("closed, breached" if own else "closed", own)
