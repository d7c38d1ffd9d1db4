"""Writes the thread of a ticket: from its script, or by lot for the long tail of solved ones.

A thread by lot depends only on the world's seed and the ticket's number, so it does not matter
when, or whether, somebody asks for it.
"""

from __future__ import annotations

from random import Random

from heroterm.sandbox.clock import DAY, HOUR
from heroterm.sandbox.materials import table
from heroterm.sandbox.records import Audit, Beat, Comment, Json, Thread, Ticket, Via
from heroterm.sandbox.world import World

CLOSES_AFTER = 20 * DAY
WEB = Via("web")


def write(world: World, ticket: Ticket) -> Thread:
    """The thread of a ticket that nobody has looked at yet."""
    thread = Thread(statuses=[(ticket.created_at, ticket.created_status)])
    for beat in ticket.script or by_lot(world, ticket):
        _add(world, ticket, thread, beat)
    if ticket.status == "closed":
        _close(world, ticket, thread)
    return thread


def author_id(world: World, ticket: Ticket, beat: Beat) -> int:
    """The user who speaks a line: voices are roles, the ticket says who plays them."""
    if beat.voice == "requester":
        return ticket.requester_id
    if beat.voice == "owner":
        organization = world.organizations.get(ticket.organization_id or 0)
        owner = organization.owner_id if organization else None
        return owner or ticket.requester_id
    if beat.voice == "hero":
        return world.hero_id
    if beat.voice == "automation":
        return world.automation.id
    if beat.voice == "assignee" and ticket.assignee_id:
        return ticket.assignee_id
    return colleague_id(world, ticket.group_id)


def colleague_id(world: World, group_id: int | None) -> int:
    """Somebody of that group who is not the hero; the first colleague when there is none."""
    others = [user for user in world.agents() if user.id != world.hero_id]
    return next((user.id for user in others if user.group_id == group_id), others[0].id)


def by_lot(world: World, ticket: Ticket) -> tuple[Beat, ...]:
    """Lines for a solved ticket: question, answers, follow-ups, now and then a note."""
    rng = Random(f"{world.seed}:{ticket.id}")
    lines = table("replies")
    count = ticket.comment_count
    solved = ticket.solved_at or ticket.updated_at
    beats = [Beat(ticket.created_at, "requester", ticket.description)]
    step = max((solved - ticket.created_at) // max(count - 1, 1), 1)
    for index in range(1, count - 1):
        at = ticket.created_at + index * step
        beats.append(_middle(rng, lines, at, beats[-1]))
    if count > 1:
        beats.append(Beat(solved, "assignee", rng.choice(lines["solutions"]), True, "solved"))
    return tuple(beats)


def _middle(rng: Random, lines: Json, at: int, before: Beat) -> Beat:
    if rng.random() < 0.15:
        return Beat(at, "colleague", rng.choice(lines["notes"]), False)
    if before.voice == "requester":
        return Beat(at, "assignee", rng.choice(lines["answers"]), True, "pending")
    return Beat(at, "requester", rng.choice(lines["followups"]), True, "open")


def _add(world: World, ticket: Ticket, thread: Thread, beat: Beat) -> None:
    author = author_id(world, ticket, beat)
    via = ticket.via if not thread.audits else _via(world, ticket, beat)
    audit = Audit(world.serial(ticket, thread), beat.at, author, via, [])
    if beat.text:
        audit.events.append(_comment(world, ticket, thread, beat, audit))
    if not thread.audits:
        audit.events.extend(_creation(world, ticket, thread))
    if beat.status and beat.status != thread.statuses[-1][1]:
        audit.events.append(change(world, ticket, thread, "status", beat.status))
        thread.statuses.append((beat.at, beat.status))
    thread.audits.append(audit)


def _comment(world: World, ticket: Ticket, thread: Thread, beat: Beat, audit: Audit) -> Comment:
    text = beat.text
    if thread.comments and "{" in text:
        requester, author = world.users[ticket.requester_id], world.users[audit.author_id]
        text = text.replace("{name}", requester.name.split(" ")[0])
        text = text.replace("{agent}", author.name.split(" ")[0])
    comment = Comment(
        world.serial(ticket, thread),
        beat.at,
        audit.author_id,
        text,
        beat.public,
        audit.id,
        audit.via,
        beat.html,
        beat.attachments,
    )
    thread.comments.append(comment)
    return comment


def _via(world: World, ticket: Ticket, beat: Beat) -> Via:
    if beat.voice == "automation":
        return Via("rule", rel="trigger", source_id=35079792)
    if beat.voice in ("requester", "owner"):
        user = world.users[author_id(world, ticket, beat)]
        return Via("email", user.email, user.name)
    return WEB


def _creation(world: World, ticket: Ticket, thread: Thread) -> list[Comment | Json]:
    values = (
        ("subject", ticket.subject),
        ("status", ticket.created_status),
        ("priority", ticket.priority),
        ("group_id", str(ticket.group_id) if ticket.group_id else None),
        ("requester_id", str(ticket.requester_id)),
    )
    return [
        {
            "id": world.serial(ticket, thread),
            "type": "Create",
            "field_name": name,
            "value": value,
        }
        for name, value in values
    ]


def change(world: World, ticket: Ticket, thread: Thread, name: str, value: object) -> Json:
    """A Change event to a new status; the value before is the thread's last status."""
    return {
        "id": world.serial(ticket, thread),
        "type": "Change",
        "field_name": name,
        "value": value,
        "previous_value": thread.statuses[-1][1],
    }


def _close(world: World, ticket: Ticket, thread: Thread) -> None:
    at = max(ticket.updated_at, thread.statuses[-1][0] + HOUR)
    via = Via("rule", rel="automation", source_id=35079801)
    audit = Audit(world.serial(ticket, thread), at, -1, via, [])
    audit.events.append(change(world, ticket, thread, "status", "closed"))
    thread.statuses.append((at, "closed"))
    thread.audits.append(audit)
