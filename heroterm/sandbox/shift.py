"""Builds a practice shift: a world made from a seed, and the app that serves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from random import Random
from zlib import crc32

from heroterm.sandbox import scripted
from heroterm.sandbox.app import App
from heroterm.sandbox.arrivals import Draft, Lot, tail, unsolved
from heroterm.sandbox.clock import DAY, HOUR, Clock
from heroterm.sandbox.departures import SCRUBBED, tombstone
from heroterm.sandbox.population import settle
from heroterm.sandbox.records import Ticket
from heroterm.sandbox.threads import write
from heroterm.sandbox.world import World

FIRST_NUMBER = 16_500
SUBDOMAIN = "practice"
MEAN_COMMENTS = 4
RATINGS = ((3, "bad"), (15, "good"), (50, "offered"))
"""Ratings of solved tickets: below which of a hundred shares each of them ends."""


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running practice desk and what one needs to sign in to it.

    `app` is a WSGI callable; `email` and `token` are an API token's Basic credentials.
    """

    app: App
    world: World
    email: str
    token: str
    subdomain: str
    oauth_client_id: str
    seed: int


def build(
    *,
    seed: int = 1,
    tickets: int = 400,
    comments: int | None = None,
    role: str = "agent",
    clock: datetime | None = None,
    behind: int | None = None,
    now: Callable[[], datetime],
) -> Sandbox:
    """Make a shift: the same seed, size and clock give the same world, ids and token.

    `comments` is the wanted total over all tickets. `role` is the hero's: "agent", "admin" or
    "light". `behind` makes a practice shift, of which so many lessons are learned. `clock` is
    where the shift starts, otherwise `now()`; it runs with `now` either way.
    """
    world = World(Clock(now, clock), seed, SUBDOMAIN, write)
    rng = Random(f"heroterm {seed}")
    settle(world, rng, role, tickets)
    _number(world, rng, _drafts(world, rng, tickets, comments, behind))
    token = sha256(f"token {seed}".encode()).hexdigest()[:40]
    client_id = f"heroterm_practice_{seed}"
    app = App(world, token, client_id)
    return Sandbox(app, world, world.hero.email, token, SUBDOMAIN, client_id, seed)


def unsolved_count(tickets: int) -> int:
    """How many of so many tickets wait for somebody: 60 of 400, and slowly more."""
    if tickets <= 400:
        return max(tickets * 15 // 100, min(tickets * 3 // 4, 45))
    return 60 + (tickets - 400) // 200


def _drafts(
    world: World, rng: Random, tickets: int, comments: int | None, behind: int | None
) -> list[Draft]:
    lot = Lot(world, rng)
    if behind is not None:
        return scripted.lessons(lot, behind) + tail(lot, tickets, tickets * MEAN_COMMENTS)
    drafts = scripted.drafts(lot)[:tickets]
    waiting = sum(1 for draft in drafts if draft.status not in ("solved", "closed"))
    drafts += unsolved(lot, min(max(unsolved_count(tickets) - waiting, 0), tickets - len(drafts)))
    rest = tickets - len(drafts)
    wanted = comments if comments is not None else tickets * MEAN_COMMENTS
    so_far = sum(draft.comment_count for draft in drafts)
    drafts += tail(lot, rest, max(wanted - so_far, rest))
    return drafts


def _number(world: World, rng: Random, drafts: list[Draft]) -> None:
    number = FIRST_NUMBER
    for draft in sorted(drafts, key=lambda each: each.created_at):
        if rng.random() < 0.02:
            _deleted(world, number, draft)
            number += 1
        world.tickets[number] = _ticket(number, draft)
        _rate(world.tickets[number], world.seed)
        if draft.name:
            world.named[draft.name] = number
        number += 1
    world.last_number = number - 1


def _ticket(number: int, draft: Draft) -> Ticket:
    opening = draft.opening
    return Ticket(
        id=number,
        subject=opening.subject,
        description=opening.body,
        status=draft.status,
        priority=draft.priority,
        requester_id=draft.requester.id,
        organization_id=draft.organization_id or draft.requester.organization_id,
        group_id=draft.group_id,
        assignee_id=draft.assignee_id,
        created_at=draft.created_at,
        updated_at=draft.updated_at,
        via=opening.via,
        tags=opening.tags,
        custom=opening.custom,
        comment_count=draft.comment_count,
        script=draft.script,
        solved_at=draft.solved_at,
        recipient=opening.recipient,
    )


def _rate(ticket: Ticket, seed: int) -> None:
    """What the customer said about a solved ticket, or was asked; most were neither."""
    if ticket.status not in ("solved", "closed"):
        return
    share = crc32(f"{seed} {ticket.id}".encode()) % 100
    ticket.satisfaction = next((name for most, name in RATINGS if share < most), None)


def _deleted(world: World, number: int, like: Draft) -> None:
    """A ticket that was deleted a day after it came in, before the shift began."""
    now = world.clock.seconds()
    if like.created_at < now - 30 * DAY:
        return
    ticket = _ticket(number, like)
    ticket.status, ticket.script, ticket.comment_count = "deleted", (), 1
    ticket.subject = ticket.description = SCRUBBED
    ticket.updated_at = min(like.created_at + DAY, now - HOUR)
    world.gone[number] = ticket
    world.deleted.append(tombstone(ticket, world.automation, "open", ticket.updated_at))
