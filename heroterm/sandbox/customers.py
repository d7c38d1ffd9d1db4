"""Somebody writes: on a ticket that is there, or with a new one."""

from __future__ import annotations

from heroterm.sandbox import openings
from heroterm.sandbox.changes import Change, next_number, open_ticket
from heroterm.sandbox.openings import Opening
from heroterm.sandbox.records import Ticket, User, Via
from heroterm.sandbox.threads import colleague_id
from heroterm.sandbox.world import World


def say(
    world: World,
    ticket: Ticket,
    author: str,
    body: str,
    *,
    public: bool = True,
    sender: str | None = None,
) -> Ticket:
    """Let somebody write on a ticket; answers the ticket that holds the words.

    `author` is "requester", "owner" (of the requester's organisation), "agent" (a colleague,
    never the hero) or a mail address, known or new. A customer's words reopen a pending, held or
    solved ticket and make a follow-up of a closed one.
    """
    user = speaker(world, ticket, author)
    if ticket.status == "closed":
        return _follow_up(world, ticket, user, body)
    customer = user.role == "end-user"
    via = Via("email", sender or user.email, user.name) if customer else Via("web")
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
