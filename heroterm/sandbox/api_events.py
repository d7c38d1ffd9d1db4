"""What happened, in bulk: ticket events with comments, metric events (admins; api.md §4, §6)."""

from __future__ import annotations

from dataclasses import dataclass, field

from heroterm.sandbox.api_tickets import find
from heroterm.sandbox.audit_index import AuditIndex
from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.clock import iso
from heroterm.sandbox.exports import by_time, start_of
from heroterm.sandbox.metric_events import by_metric, metric_events
from heroterm.sandbox.paging import paged
from heroterm.sandbox.records import Audit, Comment, Json, Ticket
from heroterm.sandbox.sideloads import agent_test
from heroterm.sandbox.ticket_json import audit_json, comment_json
from heroterm.sandbox.world import World

MetricKey = tuple[int, int, int]
"""Moment in epoch seconds, ticket id, index among the ticket's metric events."""
_EVER = 1 << 40
"""A moment after all others."""


@dataclass(slots=True)
class Events:
    """The handlers of the event exports.

    `_moments` keeps for each ticket its state and the moments of its metric events, with the breach
    that comes if nothing does; `_sorted` those of all from a moment on, as long as nothing moves.
    """

    index: AuditIndex
    _sorted: tuple[int, int, list[MetricKey]] | None = None
    _moments: dict[int, tuple[int, list[int]]] = field(default_factory=dict)

    def ticket_events(self, call: Call) -> Answer:
        """GET /incremental/ticket_events: audits by time; include=comment_events for comments."""
        keys, frame = by_time(call, self.index.rows())
        audits: dict[int, Audit] = {}
        for ticket_id in dict.fromkeys(key[2] for key in keys):
            thread = call.world.peek(call.world.any_ticket(ticket_id))
            audits.update((audit.id, audit) for audit in thread.audits)
        events = [_event(call, audits[key], ticket_id) for _, key, ticket_id in keys]
        return Answer({"ticket_events": events, **frame})

    def ticket_audits(self, call: Call) -> Answer:
        """GET /ticket_audits: the audits of all tickets, oldest first, by cursor."""
        tickets = {key: ticket_id for _, key, ticket_id in self.index.rows()}
        rows = [(at, key) for at, key, _ in self.index.rows()]
        call.query.setdefault("page[size]", "100")
        page = paged(call, lambda _: rows, ("created_at",), "created_at")
        shapes = [self._audit(call, key, tickets[key]) for key in page.ids]
        return Answer({"audits": shapes, **page.frame})

    def _audit(self, call: Call, key: int, ticket_id: int) -> Json:
        audits = call.world.peek(call.world.any_ticket(ticket_id)).audits
        return audit_json(next(each for each in audits if each.id == key), ticket_id, call.root)

    def metric_events(self, call: Call) -> Answer:
        """GET /incremental/ticket_metric_events by time."""
        world, is_agent = call.world, agent_test(call.world)
        chosen, frame = by_time(call, self._since(call, start_of(call)))
        wanted = dict.fromkeys(key[1] for key in chosen)
        known = {
            key: metric_events(ticket, world.peek(ticket), is_agent, call.now)
            for key in wanted
            for ticket in (world.any_ticket(key),)
        }
        rows = [known[key][index][1] for _, key, index in chosen]
        return Answer({"ticket_metric_events": rows, **frame})

    def _since(self, call: Call, start: int) -> list[MetricKey]:
        """The keys from a moment on, oldest first."""
        state, kept = call.world.version, self._sorted
        if kept is None or kept[0] != state or kept[1] > start:
            kept = self._sorted = (state, start, self._metric_rows(call.world, start))
        return kept[2]

    def _metric_rows(self, world: World, start: int) -> list[MetricKey]:
        everything = (*world.tickets.values(), *world.gone.values())
        told = ((each, self._times(world, each)) for each in everything)
        return sorted(
            (at, each.id, index)
            for each, times in told
            if times[-1] >= start
            for index, at in enumerate(times)
            if at >= start
        )

    def _times(self, world: World, ticket: Ticket) -> list[int]:
        kept = self._moments.get(ticket.id)
        if kept is not None and kept[0] == ticket.generated_at:
            return kept[1]
        events = metric_events(ticket, world.peek(ticket), agent_test(world), _EVER)
        self._moments[ticket.id] = (ticket.generated_at, [at for at, _ in events])
        return self._moments[ticket.id][1]


def of_ticket(call: Call, ticket_id: int) -> Answer:
    """GET /tickets/{id}/metric_events: a list under each metric."""
    ticket, world = find(call, ticket_id), call.world
    events = metric_events(ticket, world.peek(ticket), agent_test(world), call.now)
    return Answer({"metric_events": by_metric(events)})


def _event(call: Call, audit: Audit, ticket_id: int) -> Json:
    full = "comment_events" in call.includes
    children = [_child(call, event) for event in audit.events if full or isinstance(event, dict)]
    return {
        "id": audit.id,
        "ticket_id": ticket_id,
        "timestamp": audit.at,
        "created_at": iso(audit.at),
        "updater_id": audit.author_id,
        "via": audit.via.channel,
        "system": audit_json(audit, ticket_id, call.root)["metadata"]["system"],
        "metadata": dict(audit.custom),
        "event_type": "Audit",
        "child_events": children,
    }


def _child(call: Call, event: Comment | Json) -> Json:
    if isinstance(event, Comment):
        return comment_json(event, call.root) | {"event_type": "Comment"}
    changed = {event["field_name"]: event["value"]} if "field_name" in event else {}
    return {"event_type": event["type"], **event, **changed, "via": "Web form"}
