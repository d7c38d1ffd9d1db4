"""Users, organisations, groups and memberships as Zendesk's JSON (samples; api.md §7)."""

from __future__ import annotations

from typing import Any

from heroterm.sandbox.clock import iso
from heroterm.sandbox.records import Group, Json, Organization, User

API = "/api/v2"
MEMBERSHIP_BASE = 100_000_000_000


def user_json(user: User, root: str) -> Json:
    """A user as show and side-loads give it; nearly everything may be null."""
    agent = user.role != "end-user"
    return {
        **_nothing_known(),
        "id": user.id,
        "url": f"{root}{API}/users/{user.id}.json",
        "name": user.name,
        "email": user.email,
        "created_at": iso(user.created_at),
        "updated_at": iso(user.updated_at),
        "organization_id": user.organization_id,
        "role": user.role,
        "verified": True,
        "active": True,
        "notes": user.notes,
        "role_type": user.role_type,
        "two_factor_auth_enabled": False,
        "ticket_restriction": None if agent else "requested",
        "only_private_comments": user.only_private_comments,
        "restricted_agent": not agent,
        "moderator": agent,
        "default_group_id": user.group_id,
        "details": user.job,
    }


def me_json(user: User, root: str, token: str) -> Json:
    """The signed-in agent: a user with an authenticity token."""
    return user_json(user, root) | {"authenticity_token": token}


def anonymous(root: str) -> Json:
    """Who users/me is for missing or wrong credentials: id null, status 200 (api.md §0)."""
    return {
        **_nothing_known(),
        "id": None,
        "url": f"{root}{API}/users/me.json",
        "name": "Anonymous user",
        "email": "invalid@example.com",
        "role": "end-user",
        "verified": False,
        "active": True,
        "ticket_restriction": "requested",
        "restricted_agent": True,
        "authenticity_token": None,
    }


def _nothing_known() -> Json:
    zone: Json = {"time_zone": "UTC", "iana_time_zone": "Etc/UTC", "locale_id": 1}
    nulls = (
        "created_at updated_at phone shared_phone_number photo organization_id external_id alias "
        "last_login_at two_factor_auth_enabled signature details notes role_type custom_role_id "
        "default_group_id ticket_restriction"
    ).split()
    false = (
        "shared shared_agent moderator only_private_comments restricted_agent suspended "
        "chat_only report_csv"
    ).split()
    return {
        **zone,
        "locale": "en-US",
        **dict.fromkeys(nulls),
        **dict.fromkeys(false, False),
        "tags": [],
        "user_fields": {},
    }


def organization_json(organization: Organization, root: str) -> Json:
    """An organisation; plan, revenue and content warning are organization_fields."""
    fields: dict[str, Any] = {
        "plan": organization.plan,
        "mrr": organization.mrr if organization.plan else None,
        "content_warning": organization.content_warning,
        "posthog_organization_id": organization.uuid or None,
        "region": organization.region if organization.plan else None,
    }
    return {
        "url": f"{root}{API}/organizations/{organization.id}.json",
        "id": organization.id,
        "name": organization.name,
        "shared_tickets": False,
        "shared_comments": False,
        "external_id": organization.uuid or None,
        "created_at": iso(organization.created_at),
        "updated_at": iso(organization.updated_at),
        "domain_names": list(organization.domains),
        "details": None,
        "notes": organization.notes,
        "group_id": None,
        "tags": list(organization.tags),
        "organization_fields": fields,
    }


def group_json(group: Group, root: str) -> Json:
    """A group of agents."""
    return {
        "url": f"{root}{API}/groups/{group.id}.json",
        "id": group.id,
        "is_public": True,
        "name": group.name,
        "description": "",
        "default": False,
        "deleted": False,
        "created_at": iso(group.created_at),
        "updated_at": iso(group.created_at),
    }


def membership_json(user: User, root: str) -> Json:
    """The membership of an agent in the group that is theirs."""
    key = MEMBERSHIP_BASE + user.id
    return {
        "url": f"{root}{API}/group_memberships/{key}.json",
        "id": key,
        "user_id": user.id,
        "group_id": user.group_id,
        "default": True,
        "created_at": iso(user.created_at),
        "updated_at": iso(user.updated_at),
    }
