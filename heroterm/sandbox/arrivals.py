"""Which tickets there are when the shift begins, before they get their numbers.

Three kinds: scripted ones (`scripted`), unsolved ones whose clock stands where desk.toml's
situations say, and the long tail of solved and closed ones of the past 120 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from heroterm.sandbox import openings, sla
from heroterm.sandbox.clock import DAY, HOUR, MINUTE
from heroterm.sandbox.enclosures import enclose
from heroterm.sandbox.materials import Topic, table, topics
from heroterm.sandbox.openings import Opening
from heroterm.sandbox.population import group_named
from heroterm.sandbox.records import Beat, Json, User
from heroterm.sandbox.threads import CLOSES_AFTER
from heroterm.sandbox.world import World

TAIL_DAYS = 120
SOURCES = ("in_app", "mail", "chat", "community", "github")
SOURCE_SHARES = (46, 24, 12, 12, 6)


@dataclass(slots=True)
class Draft:
    """A ticket without a number; moments in epoch seconds."""

    opening: Opening
    requester: User
    group_id: int
    status: str
    priority: str | None
    created_at: int
    updated_at: int
    comment_count: int
    assignee_id: int | None = None
    script: tuple[Beat, ...] = ()
    solved_at: int | None = None
    name: str | None = None
    organization_id: int | None = None


class Lot:
    """Draws people, topics and sources for one world."""

    def __init__(self, world: World, rng: Random) -> None:
        self.world, self.rng = world, rng
        ends = [user for user in world.users.values() if user.role == "end-user"]
        self.members = [user for user in ends if user.organization_id]
        self.orgless = [user for user in ends if not user.organization_id]
        self.groups = [row for row in table("desk")["group"] if row["share"]]
        self.topics = {
            row["name"]: [topic for topic in topics() if topic.area in row["areas"]]
            for row in self.groups
        }
        seats: dict[int | None, list[int]] = {}
        for user in world.agents():
            if user.job != "Automation":
                seats.setdefault(user.group_id, []).append(user.id)
        self.seats = seats

    def group(self) -> tuple[int, list[Topic]]:
        """A group's id and what is routed to it; the hero's group comes up most."""
        row = self.rng.choices(self.groups, [row["share"] for row in self.groups])[0]
        return group_named(self.world, row["name"]).id, self.topics[row["name"]]

    def opening(self, source: str, topic: Topic) -> tuple[Opening, User]:
        """A first message of that source and who sends it."""
        rng, world = self.rng, self.world
        if source == "community":
            return openings.community(topic), rng.choice(self.orgless)
        if source == "github":
            return openings.github(rng, topic), rng.choice(self.orgless)
        user = rng.choice(self.orgless if rng.random() < 0.04 else self.members)
        if source == "chat":
            return openings.chat(world, rng, topic, user), user
        if source == "mail":
            return openings.mail(world, rng, topic, user), user
        return openings.in_app(world, rng, topic, user, rng.randrange(1, 7)), user

    def assignee(self, group_id: int) -> int | None:
        """Somebody of the group in half of the cases."""
        return self.rng.choice(self.seats[group_id]) if self.rng.random() < 0.5 else None


def unsolved(lot: Lot, count: int) -> list[Draft]:
    """So many unsolved tickets, spread over the situations of desk.toml by weight."""
    rows: list[Json] = table("desk")["situation"]
    total = sum(row["weight"] for row in rows)
    ladder = [row for row in rows for _ in range(row["weight"])]
    picked = [ladder[index * total // max(count, 1)] for index in range(min(count, total))]
    picked += lot.rng.choices(rows, [row["weight"] for row in rows], k=max(count - total, 0))
    return [_standing(lot, row) for row in picked]


def _standing(lot: Lot, row: Json) -> Draft:
    rng, now = lot.rng, lot.world.clock.seconds()
    group_id, choice = lot.group()
    source = _source(rng, row["priority"])
    opening, user = lot.opening(source, rng.choice(choice))
    script = _script(rng, row, opening, now, flips=source == "chat" and row["status"] != "new")
    script = tuple(_with_picture(lot, beat) for beat in script)
    return Draft(
        opening,
        user,
        group_id,
        row["status"],
        None if source == "community" and rng.random() < 0.5 else row["priority"],
        script[0].at,
        script[-1].at,
        sum(1 for beat in script if beat.text),
        None if row["status"] == "new" else lot.assignee(group_id),
        script,
    )


def _with_picture(lot: Lot, beat: Beat) -> Beat:
    """The screenshot that a line speaks of, and one on every third first message."""
    if "screenshot" in beat.text or (beat.status is None and lot.rng.random() < 0.3):
        voice = beat.voice in ("requester", "owner")
        picture = (enclose(lot.world, lot.rng, "screenshot.png"),) if voice else ()
        return beat._replace(attachments=picture)
    return beat


def _source(rng: Random, priority: str) -> str:
    if priority == "low":
        return rng.choice(("community", "community", "github", "in_app", "mail"))
    if priority == "normal":
        return rng.choice(("in_app", "in_app", "mail"))
    return rng.choice(("in_app", "in_app", "chat", "mail"))


def _script(rng: Random, row: Json, opening: Opening, now: int, *, flips: bool) -> tuple[Beat, ...]:
    asked = _asked_at(rng, row, now)
    if row["clock"] == "first":
        beats = [Beat(asked, "requester", opening.body, html=opening.html)]
        beats += _after_arrival(rng, row, asked, now, flips=flips)
        return tuple(beats)
    start = asked - rng.randrange(10, 90) * HOUR
    beats = [Beat(start, "requester", opening.body, html=opening.html)]
    beats += _exchange(rng, start, asked, rounds=rng.choice((1, 1, 2, 3)))
    if row["clock"] == "next":
        beats.append(
            Beat(asked, "requester", rng.choice(table("replies")["followups"]), True, "open")
        )
    if row["status"] != "open" and beats[-1].status != row["status"]:
        at = min(asked + 20 * MINUTE, now)
        beats.append(Beat(at, "assignee", "", True, row["status"]))
    return tuple(beats)


def _after_arrival(rng: Random, row: Json, asked: int, now: int, *, flips: bool) -> list[Beat]:
    lines = table("replies")
    if flips:
        return [Beat(asked + 4, "automation", lines["slack_flip"], False, row["status"])]
    if row["status"] == "new":
        return []
    at = min(asked + rng.randrange(5, 50) * MINUTE, now)
    text = rng.choice(lines["notes"]) if rng.random() < 0.6 else ""
    return [Beat(at, "colleague", text, False, row["status"])]


def _asked_at(rng: Random, row: Json, now: int) -> int:
    """When the customer last wrote, so that the clock of the situation stands as wanted."""
    if "age" in row:
        return now - rng.randrange(row["age"][0] * DAY + HOUR, row["age"][1] * DAY)
    target = sla.target_seconds(row["priority"], first=row["clock"] == "first") or 0
    return now - target + rng.randrange(row["left"][0] * MINUTE, row["left"][1] * MINUTE)


def _exchange(rng: Random, start: int, end: int, rounds: int) -> list[Beat]:
    lines = table("replies")
    beats: list[Beat] = []
    step = (end - start) // (2 * rounds + 1)
    at = start
    for index in range(rounds):
        at += step
        if rng.random() < 0.3:
            beats.append(Beat(at - MINUTE, "colleague", rng.choice(lines["notes"]), False))
        beats.append(Beat(at, "assignee", rng.choice(lines["answers"]), True, "pending"))
        at += step
        if index < rounds - 1:
            beats.append(Beat(at, "requester", rng.choice(lines["followups"]), True, "open"))
    return beats


def tail(lot: Lot, count: int, comments: int) -> list[Draft]:
    """Solved and closed tickets of the past 120 days with `comments` comments among them."""
    drafts = []
    for index in range(count):
        share = comments * (index + 1) // count - comments * index // count
        drafts.append(_done(lot, share))
    return drafts


def _done(lot: Lot, mean: int) -> Draft:
    rng, now = lot.rng, lot.world.clock.seconds()
    source = rng.choices(SOURCES, SOURCE_SHARES)[0]
    group_id, choice = lot.group()
    opening, user = lot.opening(source, rng.choice(choice))
    created = now - 2 * HOUR - int(rng.random() * TAIL_DAYS * DAY)
    solved = min(created + int(rng.expovariate(1 / (2.5 * DAY))) + 20 * MINUTE, now - 5 * MINUTE)
    closed = solved + CLOSES_AFTER <= now
    count = min(max(mean, 1), 60)
    return Draft(
        opening,
        user,
        group_id,
        "closed" if closed else "solved",
        "low" if source in ("community", "github") else rng.choice(("normal", "normal", "high")),
        created,
        solved + CLOSES_AFTER if closed else solved,
        count,
        rng.choice(lot.seats[group_id]),
        solved_at=solved,
    )
