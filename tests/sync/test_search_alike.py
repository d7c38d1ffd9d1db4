"""The mirror's search and the practice desk's answer the same line with the same tickets."""

from __future__ import annotations

from heroterm.domain.lifecycle import LifecycleNumbers
from heroterm.domain.lifecycle_query import dated
from heroterm.mirror.search import search
from heroterm.sandbox.matching import Matcher
from heroterm.sandbox.query import parse
from tests.sync.test_practice_desk import Shift, shift

__all__ = ["shift"]

LINES = (
    "type:ticket",
    "type:ticket status:open",
    "status:open status:new",
    "status:open status:pending priority:high priority:urgent",
    "status:hold -priority:low -priority:normal",
    "status<solved",
    "status>=pending status<closed",
    "status>open status:new",
    "priority:none",
    "-priority:none",
    "priority<high",
    "assignee:me",
    "assignee:none status:new",
    "-assignee:me status:open",
    'group:"Customer Success" group:none',
    "organization:none",
    "organization:a organization:e",
    "requester:an",
    "tags:none",
    "-tags:none",
    "tags:top_20 tags:bug_report",
    "tags:TOP_20",
    "ticket_type:problem ticket_type:question",
    "via:email",
    "via:web via:api",
    "-via:email",
    "created>4hours",
    "created<2days",
    "created>=1week created<1day",
    "updated>90minutes",
    "created:2026-03-04",
    "created:2026-03-03 created:2026-03-02",
    "created>2026-03-03",
    "created<=2026-03-03",
    "created<2026-03-03",
    "updated>=2026-03-04T06:00:00Z",
    "updated<2026-03-04T06:00:00Z",
    "solved>2days status:solved",
    "solved<2days status:solved",
    "-solved>2days status<closed",
    "type:ticket order_by:created_at sort:asc status:new",
)


def test_every_line_finds_the_same_tickets_here_and_there(shift: Shift) -> None:
    world, now = shift.sandbox.world, shift.now
    mirrored = {key for key in world.tickets if shift.mirror.ticket(key) is not None}
    hero = world.users[world.hero_id]
    found = {}
    for line in LINES:
        asks = Matcher(world, hero, parse(line))
        there = {key for key, ticket in world.tickets.items() if asks.meets(ticket)} & mirrored
        meant = dated(line, now, LifecycleNumbers())
        here = {hit.id for hit in search(shift.mirror, meant, 10_000, typing=False).hits}
        assert here == there, line
        found[line] = len(here)
    empty = [line for line, count in found.items() if not count]
    assert len(empty) <= 4, f"these prove nothing: {empty}"
