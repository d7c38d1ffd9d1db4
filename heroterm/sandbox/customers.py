"""Life on the desk while the hero works: somebody writes, colleagues answer, tickets come in."""

from __future__ import annotations

from random import Random

from heroterm.sandbox import openings
from heroterm.sandbox.changes import Change, next_number, open_ticket
from heroterm.sandbox.materials import table, topics
from heroterm.sandbox.openings import Opening
from heroterm.sandbox.records import WORKING, Json, Ticket, User, Via
from heroterm.sandbox.threads import colleague_id
from heroterm.sandbox.world import World


def say(world: World, ticket: Ticket, author: str, body: str, *, public: bool = True) -> Ticket:
    """Let somebody write on a ticket; answers the ticket that holds the words.

    `author` is "requester", "owner" (of the requester's organisation), "agent" (a colleague,
    never the hero) or a mail address, known or new. A customer's words reopen a pending, held or
    solved ticket and make a follow-up of a closed one.
    """
    user = speaker(world, ticket, author)
    if ticket.status == "closed":
        return _follow_up(world, ticket, user, body)
    customer = user.role == "end-user"
    via = Via("email", user.email, user.name) if customer else Via("web")
    change = Change(world, ticket, user, via)
    change.comment(body, public=public)
    change.finish()
    return ticket


def speaker(world: World, ticket: Ticket, author: str) -> User:
    """Who that is on this ticket; an unknown address becomes a new end user."""
    if author == "requester":
        return world.users[ticket.requester_id]
    if author == "agent":
        return world.users[colleague_id(world, ticket.group_id)]
    if author == "owner":
        return _owner(world, ticket)
    known = world.by_email.get(author.lower())
    if known is not None:
        return world.users[known]
    now = world.clock.seconds()
    name = author.partition("@")[0]
    return world.add_user(User(world.next_user_id(), name, author, "end-user", now, now))


def _owner(world: World, ticket: Ticket) -> User:
    requester = world.users[ticket.requester_id]
    organization = openings.true_organization(world, requester)
    if organization is None or organization.owner_id is None:
        return requester
    return world.users[organization.owner_id]


def _follow_up(world: World, closed: Ticket, user: User, body: str) -> Ticket:
    via = Via("email", user.email, user.name, rel="follow_up")
    opening = Opening(f"Re: {closed.subject}", body, via, list(closed.tags))
    ticket = arrive(world, opening, user, closed.group_id, closed.priority)
    ticket.followup_source_id = closed.id
    closed.followup_ids.append(ticket.id)
    world.touched_by_system(closed)
    return ticket


def arrive(
    world: World, opening: Opening, user: User, group_id: int | None, priority: str | None
) -> Ticket:
    """A new ticket comes in now."""
    now = world.clock.seconds()
    ticket = Ticket(
        id=next_number(world),
        subject=opening.subject,
        description=opening.body,
        status="new",
        priority=priority,
        requester_id=user.id,
        organization_id=user.organization_id,
        group_id=group_id,
        assignee_id=None,
        created_at=now,
        updated_at=now,
        via=opening.via,
        tags=opening.tags,
        custom=opening.custom,
        comment_count=1,
        recipient=opening.recipient,
    )
    open_ticket(world, ticket, user, opening.body, True)
    return ticket


def change_some(world: World, count: int, seed: int) -> list[Json]:
    """Make `count` seeded changes; says for each which ticket and what happened."""
    rng = Random(f"change {seed}")
    doings = (_customer, _customer, _note, _reply, _status, _tag, _arrival)
    done = []
    for _ in range(count):
        working = [each for each in world.tickets.values() if each.status in WORKING]
        doing = rng.choice(doings) if working else _arrival
        ticket = doing(world, rng, rng.choice(working) if working else None)
        done.append({"ticket": ticket.id, "did": doing.__name__.strip("_")})
    return done


def _customer(world: World, rng: Random, ticket: Ticket | None) -> Ticket:
    assert ticket is not None
    line = rng.choice(table("replies")["followups"])
    return say(world, ticket, "requester", line)


def _note(world: World, rng: Random, ticket: Ticket | None) -> Ticket:
    assert ticket is not None
    return say(world, ticket, "agent", rng.choice(table("replies")["notes"]), public=False)


def _reply(world: World, rng: Random, ticket: Ticket | None) -> Ticket:
    assert ticket is not None
    name = world.users[ticket.requester_id].name.split(" ")[0]
    line = rng.choice(table("replies")["answers"]).replace("{name}", name)
    colleague = world.users[colleague_id(world, ticket.group_id)]
    change = Change(world, ticket, colleague, Via("web"))
    change.comment(line.replace("{agent}", colleague.name.split(" ")[0]), public=True)
    change.set("status", "pending")
    change.finish()
    return ticket


def _status(world: World, rng: Random, ticket: Ticket | None) -> Ticket:
    assert ticket is not None
    change = _by_colleague(world, ticket)
    change.set("status", rng.choice(("open", "pending", "hold", "solved")))
    change.finish()
    return ticket


def _tag(world: World, rng: Random, ticket: Ticket | None) -> Ticket:
    assert ticket is not None
    change = _by_colleague(world, ticket)
    tag = rng.choice(("needs_docs", "bug_confirmed", "waiting_for_deploy", "incident/14"))
    change.set("tags", [*(each for each in ticket.tags if each != tag), tag])
    change.finish()
    return ticket


def _by_colleague(world: World, ticket: Ticket) -> Change:
    return Change(world, ticket, world.users[colleague_id(world, ticket.group_id)], Via("web"))


def _arrival(world: World, rng: Random, _ticket: Ticket | None) -> Ticket:
    customers = [user for user in world.users.values() if user.role == "end-user"]
    user, topic = rng.choice(customers), rng.choice(topics())
    groups = [each for each in world.groups.values() if topic.area in each.areas]
    group_id = groups[0].id if groups else None
    if rng.random() < 0.5:
        opening = openings.mail(world, rng, topic, user)
    else:
        opening = openings.in_app(world, rng, topic, user, rng.randrange(1, 7))
    return arrive(world, opening, user, group_id, rng.choice(("high", "normal", "low")))
