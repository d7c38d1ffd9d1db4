"""The paths of tickets and of what happened to them."""

from __future__ import annotations

from heroterm.sandbox import api_comments, api_copies, api_events, api_incremental, api_tickets
from heroterm.sandbox.api_bulk import Bulk
from heroterm.sandbox.api_events import Events
from heroterm.sandbox.api_suspended import Suspended
from heroterm.sandbox.api_ticket_write import TicketWrites
from heroterm.sandbox.audit_index import AuditIndex
from heroterm.sandbox.budget import Budget
from heroterm.sandbox.jobs import Jobs
from heroterm.sandbox.routes import Route, route
from heroterm.sandbox.world import World


def ticket_routes(world: World, budget: Budget) -> list[Route]:
    """All of them; fixed paths before those with an id."""
    jobs = Jobs()
    return [*_writing(budget, jobs), *_reading(), *_around(world), *_exports(world), *_jobs(jobs)]


def _writing(budget: Budget, jobs: Jobs) -> list[Route]:
    write, bulk = TicketWrites(budget), Bulk(budget, jobs)
    return [
        route("PUT /tickets/update_many", bulk.update_many),
        route("DELETE /tickets/destroy_many", bulk.delete_many),
        route("POST /tickets", write.create),
        route("PUT /tickets/{id}", write.update),
        route("DELETE /tickets/{id}", bulk.delete),
        route("POST /tickets/{id}/merge", bulk.merge),
        route("PUT /tickets/{id}/tags", write.add_tags),
        route("POST /tickets/{id}/tags", write.set_tags),
        route("DELETE /tickets/{id}/tags", write.remove_tags),
    ]


def _reading() -> list[Route]:
    return [
        route("GET /tickets", api_tickets.listing),
        route("GET /tickets/show_many", api_tickets.show_many),
        route("GET /tickets/count", api_tickets.count),
        route("GET /tickets/{id}", api_tickets.show),
        route("GET /tickets/{id}/comments", api_comments.comments),
        route("GET /tickets/{id}/comments/count", api_comments.count),
        route("GET /tickets/{id}/audits", api_comments.audits),
        route("GET /tickets/{id}/metrics", api_tickets.metrics),
        route("GET /tickets/{id}/metric_events", api_events.of_ticket),
        route("GET /tickets/{id}/slas/policy_metrics", api_tickets.policy_metrics),
        route("GET /tickets/{id}/tags", api_tickets.tags),
        route("GET /tickets/{id}/related", api_copies.related),
        route("GET /tickets/{id}/collaborators", api_copies.collaborators),
        route("GET /tickets/{id}/followers", api_copies.followers),
        route("GET /tickets/{id}/email_ccs", api_copies.email_ccs),
        route("GET /ticket_metrics", api_tickets.all_metrics),
    ]


def _around(world: World) -> list[Route]:
    held = Suspended(world.clock.seconds())
    return [
        route("GET /organizations/{id}/tickets", api_tickets.of_organization),
        route("GET /users/{id}/tickets/requested", api_tickets.requested),
        route("GET /users/{id}/tickets/assigned", api_tickets.assigned),
        route("GET /users/{id}/tickets/ccd", api_tickets.ccd),
        route("GET /users/{id}/tickets/followed", api_tickets.followed),
        route("GET /deleted_tickets", api_tickets.deleted),
        route("GET /suspended_tickets", held.listing),
        route("GET /suspended_tickets/{id}", held.show),
        route("PUT /suspended_tickets/recover_many", held.recover_many),
        route("PUT /suspended_tickets/{id}/recover", held.recover),
        route("DELETE /suspended_tickets/{id}", held.delete),
    ]


def _exports(world: World) -> list[Route]:
    events = Events(AuditIndex(world))
    return [
        route("GET /incremental/tickets/cursor", api_incremental.tickets_cursor),
        route("GET /incremental/tickets", api_incremental.tickets_time),
        route("GET /incremental/users/cursor", api_incremental.users_cursor),
        route("GET /incremental/users", api_incremental.users),
        route("GET /incremental/organizations", api_incremental.organizations),
        route("GET /incremental/ticket_events", events.ticket_events),
        route("GET /incremental/ticket_metric_events", events.metric_events),
        route("GET /ticket_audits", events.ticket_audits),
    ]


def _jobs(jobs: Jobs) -> list[Route]:
    return [
        route("GET /job_statuses", jobs.listing),
        route("GET /job_statuses/show_many", jobs.show_many),
        route("GET /job_statuses/{text}", jobs.show),
    ]
