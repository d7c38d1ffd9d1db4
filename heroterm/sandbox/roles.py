"""What a role may do: the 403s of admins' endpoints and of light agents (api.md §0, §1)."""

from __future__ import annotations

from fnmatch import fnmatchcase

from heroterm.sandbox.records import Json, User
from heroterm.sandbox.refusal import forbidden, not_permitted

ADMIN_ONLY = (
    "* /incremental/*",
    "* /slas/*",
    "* /group_slas/*",
    "* /business_hours/*",
    "* /ticket_audits",
    "* /satisfaction_ratings",
    "DELETE /tickets/{id}",
    "DELETE /tickets/destroy_many",
)
LIGHT_MAY_WRITE = frozenset(
    "POST /tickets|PUT /tickets/{id}|POST /uploads|DELETE /uploads/{text}".split("|")
)
LIGHT_MAY_NOT_READ = frozenset({"/suspended_tickets", "/suspended_tickets/{id}"})
LIGHT_KEYS = frozenset("comment metadata safe_update updated_stamp".split())

ROLE_TYPES = {"agent": 0, "light": 1, "admin": 4}
"""Seats by the name that `--role` takes, with Zendesk's `role_type` (api.md §1)."""


def seat(user: User, name: str) -> None:
    """Give a person of the desk a seat. Raises KeyError for a name that is none."""
    user.role_type = ROLE_TYPES[name]
    user.role = "admin" if name == "admin" else "agent"
    user.only_private_comments = name == "light"


def check(user: User, method: str, template: str) -> None:
    """Refuse what this person's role may not call. Raises Refusal (403)."""
    name = f"{method} {template}"
    if user.role != "admin" and any(fnmatchcase(name, row) for row in ADMIN_ONLY):
        raise forbidden()
    if not user.only_private_comments:
        return
    if template in LIGHT_MAY_NOT_READ or (method != "GET" and name not in LIGHT_MAY_WRITE):
        raise forbidden()


def check_update(user: User, wanted: Json) -> None:
    """A light agent's update is an internal note, nothing else. Raises Refusal (403)."""
    if not user.only_private_comments:
        return
    comment = wanted.get("comment")
    if set(wanted) - LIGHT_KEYS or (comment and comment.get("public", True)):
        raise not_permitted()
