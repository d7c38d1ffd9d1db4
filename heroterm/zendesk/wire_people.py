"""Users, organizations, groups and the signed-in person as Zendesk sends them."""

from __future__ import annotations

from typing import Any

from heroterm.domain.ticket import Group, Identity, Membership, Organization, Person, TeamMember
from heroterm.zendesk.made import group_of, organization_of, person_of
from heroterm.zendesk.pages import OrganizationFields
from heroterm.zendesk.wire import AnyId, Id, Text, Wire


class UserWire(Wire):
    """A user of any endpoint."""

    id: Id
    name: Text | None = None
    email: Text | None = None
    role: Text | None = None
    organization_id: AnyId | None = None
    suspended: bool | None = None
    iana_time_zone: Text | None = None
    external_id: Any = None

    def to_domain(self) -> Person:
        """As a person."""
        return person_of(self)


class OrganizationWire(Wire):
    """An organization with its custom fields."""

    id: Id
    name: Text | None = None
    domain_names: list[Text] | None = None
    notes: Text | None = None
    tags: list[Text] | None = None
    organization_fields: dict[str, Any] | None = None
    external_id: Any = None

    def to_domain(self, keys: OrganizationFields) -> Organization:
        """As an organization; which field is which is said by the config."""
        return organization_of(self, keys)


class GroupWire(Wire):
    """A group."""

    id: Id
    name: Text | None = None

    def to_domain(self) -> Group:
        """As a group."""
        return group_of(self)


class IdentityWire(Wire):
    """An address, number or account of a user."""

    id: Id
    type: Text | None = None
    value: Text | None = None
    primary: bool | None = None
    verified: bool | None = None

    def to_domain(self, person_id: int) -> Identity:
        """As an identity of a person."""
        known = bool(self.primary), bool(self.verified)
        return Identity(self.id, person_id, self.type or "", self.value or "", *known)


class MembershipWire(Wire):
    """That a user belongs to an organization."""

    id: Id
    user_id: Id
    organization_id: Id
    default: bool | None = None

    def to_domain(self) -> Membership:
        """As a membership."""
        return Membership(self.id, self.user_id, self.organization_id, bool(self.default))


class TeamMemberWire(Wire):
    """That an agent belongs to a group."""

    user_id: Id
    group_id: Id

    def to_domain(self) -> TeamMember:
        """As a member of a group."""
        return TeamMember(self.user_id, self.group_id)


class MeWire(Wire):
    """The signed-in user; `id` is null for bad credentials (api.md §0, fact 9)."""

    id: AnyId | None = None
    name: Text | None = None
    email: Text | None = None
    role: Text | None = None
    role_type: int | None = None
    only_private_comments: bool | None = None
    iana_time_zone: Text | None = None
