"""What belongs to a person: identities, organisations, counts (api.md §7)."""

from __future__ import annotations

from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.clock import iso
from heroterm.sandbox.paging import paged, plain
from heroterm.sandbox.people_json import API, MEMBERSHIP_BASE
from heroterm.sandbox.records import Json, User
from heroterm.sandbox.refusal import not_found

IDENTITY_BASE = 200_000_000_000


def identities(call: Call, user_id: int) -> Answer:
    """GET /users/{id}/identities: the address, primary and verified."""
    user = _user(call, user_id)
    key = IDENTITY_BASE + user.id
    row = {
        "url": f"{call.root}{API}/users/{user.id}/identities/{key}.json",
        "id": key,
        "user_id": user.id,
        "type": "email",
        "value": user.email,
        "verified": True,
        "primary": True,
        "created_at": iso(user.created_at),
        "updated_at": iso(user.updated_at),
        "undeliverable_count": 0,
        "deliverable_state": "deliverable",
        "verification_method": "none",
    }
    page = paged(call, plain({key: row}), ("id",))
    return Answer({"identities": [row for _ in page.ids], **page.frame})


def related(call: Call, user_id: int) -> Answer:
    """GET /users/{id}/related: how many tickets of which kind."""
    user, tickets = _user(call, user_id), list(call.world.tickets.values())
    counts = {
        "assigned_tickets": sum(1 for each in tickets if each.assignee_id == user.id),
        "requested_tickets": sum(1 for each in tickets if each.requester_id == user.id),
        "ccd_tickets": sum(1 for each in tickets if user.id in each.email_cc_ids),
        "followed_tickets": sum(1 for each in tickets if user.id in each.follower_ids),
        "organization_subscriptions": 0,
    }
    return Answer({"user_related": counts})


def all_memberships(call: Call) -> Answer:
    """GET /organization_memberships."""
    return _memberships(call, list(call.world.users.values()))


def of_user(call: Call, user_id: int) -> Answer:
    """GET /users/{id}/organization_memberships."""
    return _memberships(call, [_user(call, user_id)])


def of_organization(call: Call, organization_id: int) -> Answer:
    """GET /organizations/{id}/organization_memberships."""
    people = call.world.users.values()
    return _memberships(call, [each for each in people if each.organization_id == organization_id])


def _memberships(call: Call, users: list[User]) -> Answer:
    rows = {MEMBERSHIP_BASE + user.id: user for user in users if user.organization_id is not None}
    page = paged(call, plain(rows), ("id",))
    shapes = [_membership(call, rows[key]) for key in page.ids]
    return Answer({"organization_memberships": shapes, **page.frame})


def _membership(call: Call, user: User) -> Json:
    key = MEMBERSHIP_BASE + user.id
    organization = call.world.organizations[user.organization_id or 0]
    return {
        "url": f"{call.root}{API}/organization_memberships/{key}.json",
        "id": key,
        "user_id": user.id,
        "organization_id": organization.id,
        "default": True,
        "organization_name": organization.name,
        "view_tickets": True,
        "created_at": iso(user.created_at),
        "updated_at": iso(user.updated_at),
    }


def _user(call: Call, user_id: int) -> User:
    if user_id not in call.world.users:
        raise not_found()
    return call.world.users[user_id]
