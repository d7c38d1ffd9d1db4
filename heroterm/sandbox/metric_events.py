"""What happened to a ticket's clocks, event by event (api.md §4, ticket_metric_events).

A clock is activated, paused, fulfilled, breached; `apply_sla` names the policy and its target, and
is told again when the priority changes, without an `sla` where no policy applies any more.
`measure` opens every metric with instance 0. Worked out from the thread each time it is asked for;
an event's id depends only on what it says, so that it stays the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
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
POLICY: dict[str, Any] = {
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

    def add(self, metric: str, kind: str, at: int, **more: Any) -> None:
        """Note an event of the running instance at `at` (epoch seconds)."""
        instance = 0 if kind == "measure" else self.runs.get(metric, 0)
        target = (more.get("sla") or {}).get("target")
        mark = crc32(f"{metric} {instance} {kind} {at} {target}".encode())
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

    def promise(self, priority: str | None, at: int, since: int) -> int | None:
        """From `at` the policy for a priority applies to the reply that is awaited `since`.

        The moment of its breach; None where no policy applies.
        """
        target = sla.target_seconds(priority, first=self.runs["reply_time"] == 1)
        if target is None:
            return None
        about = {
            "target": target // MINUTE,
            "target_in_seconds": target,
            "business_hours": False,
            "policy": POLICY,
        }
        self.add("reply_time", "apply_sla", at, sla=about)
        return since + target


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
    priority = _first_priority(trail.ticket, thread)
    since: int | None = None
    due: int | None = None
    status = thread.statuses[0][1]
    for at, kind, what in _told(thread, is_agent):
        if kind == "priority":
            priority = what
            if since is not None:
                due = _promised_anew(trail, priority, at, since, due)
        elif kind == "asked":
            if since is None and status not in ENDING:
                since = at
                trail.start("reply_time", at)
                due = trail.promise(priority, at, at)
        else:
            status = what or status
            if since is not None and (kind == "answered" or status in ENDING):
                _breach(trail, due, at)
                trail.add("reply_time", "fulfill", at)
                since = None
    if since is not None:
        _breach(trail, due, trail.now)


def _promised_anew(
    trail: Trail, priority: str | None, at: int, since: int, due: int | None
) -> int | None:
    """What a change of priority does to the reply that is awaited."""
    _breach(trail, due, at)
    promised = trail.promise(priority, at, since)
    if promised is None and due is not None:
        trail.add("reply_time", "apply_sla", at)
    return promised


def _told(thread: Thread, is_agent: Callable[[int], bool]) -> list[tuple[int, str, str | None]]:
    """(moment, what, value) of all that moves the clock of replies, oldest first.

    Within one second as in `sla`: an agent's reply, what else the update set, a customer's words.
    """
    rows: list[tuple[int, int, str, str | None]] = []
    rows += [(at, 1, "status", value) for at, value in thread.statuses]
    rows += [(at, 1, "priority", after) for at, _, after in _priorities(thread)]
    for comment in thread.comments:
        if comment.public:
            agent = is_agent(comment.author_id)
            rows.append((comment.at, 0 if agent else 2, "answered" if agent else "asked", None))
    rows.sort(key=lambda row: row[:2])
    return [(at, kind, value) for at, _, kind, value in rows]


def _priorities(thread: Thread) -> list[tuple[int, str | None, str | None]]:
    """(moment, before, after) of every change of the priority."""
    return [
        (audit.at, event["previous_value"], event["value"])
        for audit in thread.audits
        for event in audit.events
        if isinstance(event, dict)
        and event["type"] == "Change"
        and event["field_name"] == "priority"
    ]


def _first_priority(ticket: Ticket, thread: Thread) -> str | None:
    changes = _priorities(thread)
    return changes[0][1] if changes else ticket.priority


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
