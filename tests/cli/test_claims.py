"""Two heroes claim a ticket at the same moment: one wins, the other is told who."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from heroterm.domain.claims import tag_of
from heroterm.sandbox.changes import Change
from heroterm.sandbox.records import Via
from heroterm.sandbox.threads import colleague_id
from tests.cli import playing
from tests.cli.playing import Hero, hero  # noqa: F401
from tests.sync.test_practice_desk import Line


def quicker(desk: Hero, ticket_id: int, name: str, value: Any) -> str:
    """A colleague's update reaches the server between our look and our write; who it was."""
    world = desk.sandbox.world
    colleague = world.users[colleague_id(world, world.tickets[ticket_id].group_id)]
    wanted = value or (colleague.id if name == "assignee_id" else [tag_of(colleague.name)])

    class Meddling(Line):
        left = 1

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.method == "PUT" and Meddling.left:
                Meddling.left = 0
                change = Change(world, world.tickets[ticket_id], colleague, Via("web"))
                change.set(name, wanted)
                change.finish()
            return super().handle_request(request)

    desk.patch.setattr(playing, "Line", Meddling)
    return colleague.name


def stopped(desk: Hero) -> dict[str, Any]:
    (found,) = desk.verb_json("outbox", "list")["intents"]
    assert found["state"] == "needs_you"
    return dict(found)


@pytest.mark.parametrize("how", ["assignee", "tag"])
def test_of_two_claims_one_wins_and_the_other_is_told_who(hero: Hero, how: str) -> None:  # noqa: F811
    world = hero.sandbox.world
    ticket_id = int(hero.verb_json("next")["id"])
    world.tickets[ticket_id].assignee_id = None
    hero.carry()
    field = "assignee_id" if how == "assignee" else "tags"
    winner = quicker(hero, ticket_id, field, None)
    words = ["--assignee", "me"] if how == "assignee" else ["--add-tag", tag_of("Ana Hero")]
    hero.verb_json("set", str(ticket_id), *words)
    hero.carry()
    told = stopped(hero)
    assert winner.casefold() in told["why"].casefold(), told
    ticket = world.tickets[ticket_id]
    if how == "tag":
        assert tag_of("Ana Hero") not in ticket.tags and tag_of(winner) in ticket.tags
        assert "first" in told["why"]
    else:
        assert world.users[ticket.assignee_id or 0].name == winner


def test_a_claim_that_is_seen_is_not_even_queued(hero: Hero) -> None:  # noqa: F811
    ticket_id = int(hero.verb_json("next")["id"])
    hero.sandbox.world.tickets[ticket_id].tags.append("claimed_by_lee_park")
    hero.say(ticket_id, "agent", "I look at it.", public=False)
    answer = hero.verb("set", str(ticket_id), "--add-tag", tag_of("Ana Hero"), "--json")
    assert answer.code == 1
    assert "lee park claimed" in json.loads(answer.out)["error"]["say"]
