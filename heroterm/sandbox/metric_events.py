"""What happened to a ticket's clocks, event by event (api.md §4, ticket_metric_events).

A clock is activated, paused, fulfilled, breached; `apply_sla` names the policy and its target.
`measure` opens every metric with instance 0. Worked out from the thread each time it is asked for;
an event's id depends only on what it says, so that it stays the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from zlib import crc32

from heroterm.sandbox import sla
from heroterm.sandbox.clock import MINUTE, iso
from heroterm.sandbox.records import Json, Thread, Ticket

METRICS = (
    "agent_work_time",
    "pausable_update_time",
    "periodic_update_time",
    "reply_time",
    "requester_wait_time",
    "resolution_time",
)
POLICY = {
    "id": 36,
    "title": "Response targets",
    "description": "High 12 hours, normal 24 hours, later replies twice that.",
}
ENDING = frozenset({"solved", "closed", "deleted"})


@dataclass(slots=True)
class Trail:
    """The events of one ticket in the making; `runs` counts the instances of each metric."""

    ticket: Ticket
    now: int
    events: list[tuple[int, Json]] = field(default_factory=list)
    runs: dict[str, int] = field(default_factory=dict)

    def add(self, metric: str, kind: str, at: int, **more: object) -> None:
        """Note an event of the running instance at `at` (epoch seconds)."""
        instance = 0 if kind == "measure" else self.runs.get(metric, 0)
        mark = crc32(f"{metric} {instance} {kind} {at}".encode())
        event = {
            "id": (self.ticket.id << 32) + mark,
            "ticket_id": self.ticket.id,
            "metric": metric,
            "instance_id": instance,
            "type": kind,
            "time": iso(at),
            **more,
        }
        self.events.append((at, event))

    def start(self, metric: str, at: int) -> None:
        """A new instance begins."""
        self.runs[metric] = self.runs.get(metric, 0) + 1
        self.add(metric, "activate", at)

    def promise(self, at: int, *, first: bool) -> int | None:
        """The policy applies to the reply; the moment of its breach, None without a policy."""
        target = sla.target_seconds(self.ticket.priority, first=first)
        if target is None:
            return None
        about = {
            "target": target // MINUTE,
            "target_in_seconds": target,
            "business_hours": False,
            "policy": POLICY,
        }
        self.add("reply_time", "apply_sla", at, sla=about)
        return at + target


def metric_events(
    ticket: Ticket, thread: Thread, is_agent: Callable[[int], bool], now: int
) -> list[tuple[int, Json]]:
    """(moment, event) of everything up to `now`, oldest first."""
    trail = Trail(ticket, now)
    for metric in METRICS:
        trail.add(metric, "measure", ticket.created_at)
    _replies(trail, thread, is_agent)
    _resolution(trail, thread)
    _waits(trail, thread, "agent_work_time", frozenset({"pending", "hold"}))
    _waits(trail, thread, "requester_wait_time", frozenset({"pending"}))
    return sorted(trail.events, key=lambda row: row[0])


def by_metric(events: list[tuple[int, Json]]) -> Json:
    """The side-load `metric_events`: a list under each metric."""
    return {
        metric: [
            {key: value for key, value in event.items() if key != "ticket_id"}
            for _, event in events
            if event["metric"] == metric
        ]
        for metric in METRICS
    }


def _replies(trail: Trail, thread: Thread, is_agent: Callable[[int], bool]) -> None:
    waiting = False
    due: int | None = None
    for comment in thread.comments:
        if not comment.public:
            continue
        if is_agent(comment.author_id):
            if waiting:
                _breach(trail, due, comment.at)
                trail.add("reply_time", "fulfill", comment.at)
            waiting = False
        elif not waiting:
            waiting = True
            trail.start("reply_time", comment.at)
            due = trail.promise(comment.at, first=trail.runs["reply_time"] == 1)
    if waiting:
        _breach(trail, due, trail.now)


def _breach(trail: Trail, due: int | None, until: int) -> None:
    if due is not None and due < until:
        trail.add("reply_time", "breach", due)


def _resolution(trail: Trail, thread: Thread) -> None:
    running = False
    for at, status in thread.statuses:
        if status in ENDING and running:
            trail.add("resolution_time", "fulfill", at)
            running = False
        elif status not in ENDING and not running:
            trail.start("resolution_time", at)
            running = True


def _waits(trail: Trail, thread: Thread, metric: str, pausing: frozenset[str]) -> None:
    state = "off"
    for at, status in thread.statuses:
        if status in ENDING:
            if state != "off":
                trail.add(metric, "fulfill", at)
            state = "off"
        elif status in pausing:
            if state == "on":
                trail.add(metric, "pause", at)
                state = "paused"
        elif state != "on":
            if state == "off":
                trail.start(metric, at)
            else:
                trail.add(metric, "activate", at)
            state = "on"
