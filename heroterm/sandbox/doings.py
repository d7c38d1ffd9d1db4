"""The things that can happen to a ticket by themselves, by their names in happenings.toml.

Each takes the ticket that it happens to and gives back the one that holds the outcome, which for
a merge, a follow-up or an arrival is another one.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from heroterm.sandbox import openings
from heroterm.sandbox.changes import Change
from heroterm.sandbox.customers import arrive, say
from heroterm.sandbox.departures import MergeWords, delete, merge
from heroterm.sandbox.enclosures import enclose
from heroterm.sandbox.materials import table, topics
from heroterm.sandbox.moves import move
from heroterm.sandbox.records import PRIORITIES, TYPES, WORKING, Ticket, User, Via
from heroterm.sandbox.threads import colleague_id
from heroterm.sandbox.world import World

Doing = Callable[[World, Random, Any], Ticket]
PICTURES = 0.1


def customer_writes(world: World, rng: Random, ticket: Ticket) -> Ticket:
    """The requester writes, now and then with a file."""
    user = world.users[ticket.requester_id]
    change = Change(world, ticket, user, Via("email", user.email, user.name))
    uploads = []
    if rng.random() < PICTURES:
        file = enclose(world, rng, rng.choice(("screenshot.png", "console.log")))
        world.uploads[file.token] = [file]
        uploads = [file.token]
    change.comment(rng.choice(table("replies")["followups"]), public=True, uploads=uploads)
    change.finish()
    return ticket


def colleague_notes(world: World, rng: Random, ticket: Ticket) -> Ticket:
    """A colleague leaves an internal note."""
    return say(world, ticket, "agent", rng.choice(table("replies")["notes"]), public=False)


def colleague_replies(world: World, rng: Random, ticket: Ticket) -> Ticket:
    """A colleague answers; mostly the ticket is pending then."""
    change = _by_colleague(world, ticket)
    change.comment(_line(world, rng, change, "answers"), public=True)
    if rng.random() < 0.8:
        change.set("status", "pending")
    change.finish()
    return ticket


def solved(world: World, rng: Random, ticket: Ticket) -> Ticket:
    """A colleague solves it, with a word to the customer or without."""
    change = _by_colleague(world, ticket)
    if rng.random() < 0.7:
        change.comment(_line(world, rng, change, "solutions"), public=True)
    if ticket.assignee_id is None:
        change.set("assignee_id", change.author.id)
    change.set("status", "solved")
    change.finish()
    return ticket


def reopened(world: World, rng: Random, ticket: Ticket) -> Ticket:
    """The customer writes on a solved ticket."""
    return say(world, ticket, "requester", rng.choice(table("replies")["followups"]))


def rated(world: World, rng: Random, ticket: Ticket) -> Ticket:
    """The customer says whether the answer was good."""
    change = Change(world, ticket, world.users[ticket.requester_id], Via("web"))
    change.set("satisfaction", rng.choice(("good", "good", "good", "bad")))
    ticket.rating_comment = rng.choice(_words("ratings")) or None
    change.finish()
    return ticket


def followed_up(world: World, rng: Random, ticket: Ticket) -> Ticket:
    """The customer writes on a closed ticket: a new one."""
    return say(world, ticket, "requester", rng.choice(table("replies")["followups"]))


def arrives(world: World, rng: Random, _ticket: object) -> Ticket:
    """A new ticket comes in."""
    user, topic = _customer(world, rng), rng.choice(topics())
    groups = [each for each in world.groups.values() if topic.area in each.areas]
    if rng.random() < 0.5:
        opening = openings.mail(world, rng, topic, user)
    else:
        opening = openings.in_app(world, rng, topic, user, rng.randrange(1, 7))
    priority = rng.choice(("high", "normal", "low"))
    return arrive(world, opening, user, groups[0].id if groups else None, priority)


def group_changes(world: World, rng: Random, ticket: Ticket) -> Ticket:
    """It is handed to another group; nobody has it then."""
    change = _by_colleague(world, ticket)
    change.set("assignee_id", None)
    change.set("group_id", rng.choice(list(world.groups)))
    change.finish()
    return ticket


def assigned(world: World, rng: Random, ticket: Ticket) -> Ticket:
    """Somebody of the group takes it, or lets it go."""
    people = [user.id for user in _seats(world) if user.group_id == ticket.group_id]
    change = _by_colleague(world, ticket)
    change.set("assignee_id", rng.choice([*people, None]))
    if ticket.status == "new" and ticket.assignee_id is not None:
        change.set("status", "open")
    change.finish()
    return ticket


def requester_moves(world: World, rng: Random, ticket: Ticket) -> Ticket:
    """The requester belongs to another organisation from now on."""
    user = world.users[ticket.requester_id]
    target = rng.choice([*world.organizations])
    move(world, user, target, world.users[colleague_id(world, ticket.group_id)])
    return ticket


def merged(world: World, rng: Random, ticket: Ticket) -> Ticket:
    """It is merged into another working ticket, the requester's own if there is one."""
    others = [each for each in world.live() if each.status in WORKING and each is not ticket]
    own = [each for each in others if each.requester_id == ticket.requester_id]
    if not others:
        return colleague_notes(world, rng, ticket)
    target = rng.choice(own or others)
    words = MergeWords(
        f"Request #{ticket.id} was closed and merged into this request.",
        f"This request was closed and merged into request #{target.id}.",
    )
    merge(world, target, ticket, world.users[colleague_id(world, ticket.group_id)], words)
    return target


def deleted(world: World, _rng: Random, ticket: Ticket) -> Ticket:
    """A colleague deletes it."""
    delete(world, ticket, world.users[colleague_id(world, ticket.group_id)])
    return ticket


def field_changes(world: World, rng: Random, ticket: Ticket) -> Ticket:
    """A custom field gets a value, or loses it."""
    key = table("desk")["fields"]["severity"]
    change = _by_colleague(world, ticket)
    change.set_custom(key, rng.choice([*_words("severities"), None]))
    change.finish()
    return ticket


def _tagged(_world: World, rng: Random, ticket: Ticket) -> Any:
    tag = rng.choice(_words("tags"))
    return [*(each for each in ticket.tags if each != tag), tag]


def _untagged(_world: World, rng: Random, ticket: Ticket) -> Any:
    gone = rng.choice(ticket.tags) if ticket.tags else None
    return [each for each in ticket.tags if each != gone]


def _copied(world: World, rng: Random, ticket: Ticket) -> Any:
    return list(dict.fromkeys([*ticket.email_cc_ids, _customer(world, rng).id]))


def _titled(_world: World, rng: Random, ticket: Ticket) -> Any:
    return rng.choice(_words("subjects")).format(subject=ticket.subject)[:200]


def _sets(name: str, value: Callable[[World, Random, Ticket], Any]) -> Doing:
    """A doing in which a colleague sets one field of the ticket."""

    def doing(world: World, rng: Random, ticket: Ticket) -> Ticket:
        change = _by_colleague(world, ticket)
        change.set(name, value(world, rng, ticket))
        change.finish()
        return ticket

    return doing


def _by_colleague(world: World, ticket: Ticket) -> Change:
    return Change(world, ticket, world.users[colleague_id(world, ticket.group_id)], Via("web"))


def _line(world: World, rng: Random, change: Change, kind: str) -> str:
    name = world.users[change.ticket.requester_id].name.split(" ")[0]
    line: str = rng.choice(table("replies")[kind])
    return line.replace("{name}", name).replace("{agent}", change.author.name.split(" ")[0])


def _seats(world: World) -> list[User]:
    return [user for user in world.agents() if user.job != "Automation"]


def _customer(world: World, rng: Random) -> User:
    people = [user for user in world.users.values() if user.role == "end-user"]
    return rng.choice(people)


def _words(name: str) -> list[str]:
    found: list[str] = table("happenings")["words"][name]
    return found


DOINGS: dict[str, Doing] = {
    "customer_writes": customer_writes,
    "colleague_notes": colleague_notes,
    "colleague_replies": colleague_replies,
    "status_changes": _sets("status", lambda _w, rng, _t: rng.choice(("open", "pending", "hold"))),
    "solved": solved,
    "closed": _sets("status", lambda _w, _r, _t: "closed"),
    "reopened": reopened,
    "rated": rated,
    "followed_up": followed_up,
    "priority_changes": _sets("priority", lambda _w, rng, _t: rng.choice(PRIORITIES)),
    "type_changes": _sets("type", lambda _w, rng, _t: rng.choice((*TYPES, None))),
    "subject_changes": _sets("subject", _titled),
    "tagged": _sets("tags", _tagged),
    "untagged": _sets("tags", _untagged),
    "field_changes": field_changes,
    "assigned": assigned,
    "group_changes": group_changes,
    "organization_changes": _sets(
        "organization_id", lambda world, rng, _t: rng.choice([*world.organizations])
    ),
    "requester_moves": requester_moves,
    "somebody_copied": _sets("email_cc_ids", _copied),
    "merged": merged,
    "deleted": deleted,
    "arrives": arrives,
}
