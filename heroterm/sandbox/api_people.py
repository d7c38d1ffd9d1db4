"""Reading users, organisations, groups and memberships (api.md §7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.paging import numbered, paged, plain
from heroterm.sandbox.people_json import (
    MEMBERSHIP_BASE,
    group_json,
    me_json,
    membership_json,
    organization_json,
    user_json,
)
from heroterm.sandbox.records import Json
from heroterm.sandbox.refusal import not_found

Shape = Callable[[Any, str], Json]


def me(call: Call) -> Answer:
    """GET /users/me for somebody who is signed in."""
    return Answer({"user": me_json(call.user, call.root, "practice")})


def users(call: Call) -> Answer:
    """GET /users, by id; `role=` chooses."""
    role = call.query.get("role")
    known = {
        user.id: user for user in call.world.users.values() if role is None or user.role == role
    }
    return _list(call, "users", known, user_json)


def user(call: Call, user_id: int) -> Answer:
    """GET /users/{id}."""
    return _one(call, "user", call.world.users, user_id, user_json)


def users_show_many(call: Call) -> Answer:
    """GET /users/show_many."""
    return _many(call, "users", call.world.users, user_json)


def users_search(call: Call) -> Answer:
    """GET /users/search: by part of name or address, or `email:`."""
    return _users_like(call, call.query.get("query", "").lower().strip('"'))


def users_autocomplete(call: Call) -> Answer:
    """GET /users/autocomplete: by part of the name."""
    return _users_like(call, call.query.get("name", "").lower())


def _users_like(call: Call, text: str) -> Answer:
    if text.startswith("email:"):
        known = call.world.by_email.get(text.removeprefix("email:").strip('"'))
        found: Iterable[int] = [] if known is None else [known]
    else:
        found = (
            each.id
            for each in call.world.users.values()
            if text in each.name.lower() or text in each.email
        )
    return _found(call, "users", sorted(found), call.world.users, user_json)


def organizations(call: Call) -> Answer:
    """GET /organizations."""
    return _list(call, "organizations", call.world.organizations, organization_json)


def organization(call: Call, organization_id: int) -> Answer:
    """GET /organizations/{id}."""
    known = call.world.organizations
    return _one(call, "organization", known, organization_id, organization_json)


def organizations_show_many(call: Call) -> Answer:
    """GET /organizations/show_many."""
    return _many(call, "organizations", call.world.organizations, organization_json)


def organizations_search(call: Call) -> Answer:
    """GET /organizations/search by `external_id` (exact) or `name` (how it begins)."""
    external, known = call.query.get("external_id"), call.world.organizations
    if external is None:
        return organizations_autocomplete(call)
    found = [each.id for each in known.values() if each.uuid and each.uuid == external]
    return _found(call, "organizations", sorted(found), known, organization_json)


def organizations_autocomplete(call: Call) -> Answer:
    """GET /organizations/autocomplete: by how the name begins."""
    name, known = call.query.get("name", "").lower(), call.world.organizations
    found = [each.id for each in known.values() if each.name.lower().startswith(name)]
    return _found(call, "organizations", sorted(found), known, organization_json)


def groups(call: Call) -> Answer:
    """GET /groups and /groups/assignable."""
    return _list(call, "groups", call.world.groups, group_json)


def group(call: Call, group_id: int) -> Answer:
    """GET /groups/{id}."""
    return _one(call, "group", call.world.groups, group_id, group_json)


def memberships(call: Call) -> Answer:
    """GET /group_memberships: one for each agent."""
    known = {MEMBERSHIP_BASE + each.id: each for each in call.world.agents()}
    return _list(call, "group_memberships", known, membership_json)


def memberships_of(call: Call, user_id: int) -> Answer:
    """GET /users/{id}/group_memberships."""
    known = {MEMBERSHIP_BASE + each.id: each for each in call.world.agents() if each.id == user_id}
    return _list(call, "group_memberships", known, membership_json)


def memberships_in(call: Call, group_id: int) -> Answer:
    """GET /groups/{id}/memberships."""
    known = {
        MEMBERSHIP_BASE + each.id: each for each in call.world.agents() if each.group_id == group_id
    }
    return _list(call, "group_memberships", known, membership_json)


def _list(call: Call, name: str, known: dict[int, Any], shape: Shape) -> Answer:
    page = paged(call, plain(known), ("id",))
    return Answer({name: [shape(known[key], call.root) for key in page.ids], **page.frame})


def _found(call: Call, name: str, found: list[int], known: dict[int, Any], shape: Shape) -> Answer:
    page = numbered(call, found)
    return Answer({name: [shape(known[key], call.root) for key in page.ids], **page.frame})


def _many(call: Call, name: str, known: dict[int, Any], shape: Shape) -> Answer:
    rows = [shape(known[key], call.root) for key in call.ids() if key in known]
    return Answer({name: rows, "count": len(rows), "next_page": None, "previous_page": None})


def _one(call: Call, name: str, known: dict[int, Any], key: int, shape: Shape) -> Answer:
    if key not in known:
        raise not_found()
    return Answer({name: shape(known[key], call.root)})
