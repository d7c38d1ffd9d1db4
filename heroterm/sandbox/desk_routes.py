"""The paths of people, of how the desk is set up, of search, files and sign-in."""

from __future__ import annotations

from heroterm.sandbox import (
    api_attachments,
    api_desk,
    api_macros,
    api_memberships,
    api_people,
    api_people_write,
    api_ratings,
    api_schedules,
    api_search,
    api_setup,
    api_views,
)
from heroterm.sandbox.oauth import OAuth
from heroterm.sandbox.routes import Route, route


def desk_routes(oauth: OAuth) -> list[Route]:
    """All of them; fixed paths before those with an id."""
    return [*_users(), *_organizations(), *_groups(), *_library(), *_setup(), *_rest(oauth)]


def _users() -> list[Route]:
    return [
        route("GET /users/me", api_people.me),
        route("GET /users", api_people.users),
        route("GET /users/show_many", api_people.users_show_many),
        route("GET /users/search", api_people.users_search),
        route("GET /users/autocomplete", api_people.users_autocomplete),
        route("GET /users/{id}", api_people.user),
        route("PUT /users/{id}", api_people_write.update_user),
        route("GET /users/{id}/related", api_memberships.related),
        route("GET /users/{id}/identities", api_memberships.identities),
        route("GET /users/{id}/group_memberships", api_people.memberships_of),
        route("GET /users/{id}/organization_memberships", api_memberships.of_user),
    ]


def _organizations() -> list[Route]:
    return [
        route("GET /organizations", api_people.organizations),
        route("GET /organizations/show_many", api_people.organizations_show_many),
        route("GET /organizations/search", api_people.organizations_search),
        route("GET /organizations/autocomplete", api_people.organizations_autocomplete),
        route("GET /organizations/{id}", api_people.organization),
        route("PUT /organizations/{id}", api_people_write.update_organization),
        route("GET /organizations/{id}/organization_memberships", api_memberships.of_organization),
        route("GET /organization_memberships", api_memberships.all_memberships),
    ]


def _groups() -> list[Route]:
    return [
        route("GET /groups", api_people.groups),
        route("GET /groups/assignable", api_people.groups),
        route("GET /groups/{id}", api_people.group),
        route("GET /groups/{id}/memberships", api_people.memberships_in),
        route("GET /group_memberships", api_people.memberships),
        route("GET /group_memberships/assignable", api_people.memberships),
    ]


def _library() -> list[Route]:
    views = api_views.Views()
    return [
        route("GET /macros", api_macros.listing),
        route("GET /macros/active", api_macros.listing),
        route("GET /macros/search", api_macros.search),
        route("GET /macros/{id}", api_macros.show),
        route("GET /macros/{id}/apply", api_macros.apply),
        route("GET /tickets/{id}/macros/{id}/apply", api_macros.apply_to_ticket),
        route("GET /views", views.listing),
        route("GET /views/active", views.active),
        route("GET /views/show_many", views.show_many),
        route("GET /views/count_many", views.count_many),
        route("GET /views/{id}", views.show),
        route("GET /views/{id}/tickets", views.tickets),
        route("GET /views/{id}/execute", views.execute),
        route("GET /views/{id}/count", views.count),
    ]


def _setup() -> list[Route]:
    return [
        route("GET /ticket_fields", api_desk.ticket_fields),
        route("GET /ticket_fields/{id}", api_desk.ticket_field),
        route("GET /ticket_forms", api_setup.ticket_forms),
        route("GET /ticket_forms/{id}", api_setup.ticket_form),
        route("GET /brands", api_setup.brands),
        route("GET /brands/{id}", api_setup.brand),
        route("GET /organization_fields", api_setup.organization_fields),
        route("GET /user_fields", api_setup.user_fields),
        route("GET /tags", api_setup.tags),
        route("GET /autocomplete/tags", api_setup.autocomplete_tags),
        route("GET /custom_statuses", api_desk.custom_statuses),
        route("GET /activities", api_desk.activities),
        route("GET /slas/policies", api_desk.sla_policies),
        route("GET /slas/policies/{id}", api_desk.sla_policy),
        route("GET /business_hours/schedules", api_schedules.schedules),
        route("GET /business_hours/schedules/{id}", api_schedules.schedule),
        route("GET /business_hours/schedules/{id}/holidays", api_schedules.holidays),
        route("GET /satisfaction_ratings", api_ratings.ratings),
    ]


def _rest(oauth: OAuth) -> list[Route]:
    return [
        route("GET /search", api_search.search),
        route("GET /search/count", api_search.count),
        route("GET /search/export", api_search.export),
        route("POST /uploads", api_attachments.upload),
        route("DELETE /uploads/{text}", api_attachments.delete_upload),
        route("GET /attachments/{id}", api_attachments.show),
        route("GET /attachments/token/{text}", api_attachments.redirect, ""),
        route("GET /system/attachments/{text}/{text}", api_attachments.content, ""),
        route("GET /oauth/authorizations/new", oauth.authorize, ""),
        route("POST /oauth/tokens", oauth.tokens, ""),
    ]
