"""Writing users and organisations: what a plain agent may do (api.md §7)."""

from __future__ import annotations

from heroterm.sandbox.call import Answer, Call, number
from heroterm.sandbox.moves import move
from heroterm.sandbox.people_json import organization_json, user_json
from heroterm.sandbox.records import Json, User
from heroterm.sandbox.refusal import forbidden, invalid, not_found

USER_KEYS = frozenset("name notes organization_id".split())


def update_user(call: Call, user_id: int) -> Answer:
    """PUT /users/{id}: name, notes and organization_id of an end user.

    A new organisation takes the person's unsolved tickets along. Raises Refusal (403, 404, 422).
    """
    user = call.world.users.get(user_id)
    if user is None:
        raise not_found()
    if call.user.only_private_comments or (user.role != "end-user" and user is not call.user):
        raise forbidden()
    wanted = call.body("user")
    unknown = [f"user.{key}" for key in wanted if key not in USER_KEYS]
    if unknown:
        call.warn(":user=>[...]", unknown)
    if "organization_id" in wanted:
        _move(call, user, wanted)
    user.name = str(wanted.get("name") or user.name)
    user.notes = wanted.get("notes", user.notes)
    user.updated_at = call.now
    return Answer({"user": user_json(user, call.root)})


def update_organization(call: Call, organization_id: int) -> Answer:
    """PUT /organizations/{id}: plain agents change `notes`, admins the content warning, too."""
    organization = call.world.organizations.get(organization_id)
    if organization is None:
        raise not_found()
    wanted = call.body("organization")
    if set(wanted) - {"notes"} and call.user.role != "admin":
        raise forbidden()
    organization.notes = wanted.get("notes", organization.notes)
    fields = wanted.get("organization_fields") or {}
    organization.content_warning = fields.get("content_warning", organization.content_warning)
    organization.updated_at = call.now
    return Answer({"organization": organization_json(organization, call.root)})


def _move(call: Call, user: User, wanted: Json) -> None:
    value = wanted["organization_id"]
    target = None if value is None else number(value)
    if target is not None and target not in call.world.organizations:
        raise invalid("organization", "Organization: is invalid")
    move(call.world, user, target, call.user)
