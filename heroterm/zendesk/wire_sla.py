"""SLA policies, business hours and what metric events say of targets, as Zendesk sends them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import ValidationError

from heroterm.domain.sla_policy import AppliedTarget, Holiday, Schedule, SlaPolicy, SlaTarget
from heroterm.domain.text import storable
from heroterm.zendesk.made import moment
from heroterm.zendesk.wire import Count, Id, Text, Wire

APPLIES = "apply_sla"
"""The one type of metric event that names a policy and its target."""
_MINUTE = 60
_FILTER_CAP = 20_000
_CLOCK_OF = {"resolution_time": "total_resolution_time"}
_REPLY, _FIRST, _NEXT = "reply_time", "first_reply_time", "next_reply_time"


class PromiseWire(Wire):
    """A target; `target` is in minutes, and `target_in_seconds` came later."""

    target: Count | None = None
    target_in_seconds: Count | None = None
    business_hours: bool | None = None

    @property
    def seconds(self) -> int | None:
        """The target; None where there is none."""
        if self.target_in_seconds is not None:
            return self.target_in_seconds
        return None if self.target is None else self.target * _MINUTE


class TargetWire(PromiseWire):
    """One of `policy_metrics`."""

    metric: Text | None = None
    priority: Text | None = None

    def to_domain(self) -> SlaTarget | None:
        """As a target; None for a row that promises nothing."""
        if not self.metric or self.seconds is None:
            return None
        return SlaTarget(self.metric, self.priority or "", self.seconds, bool(self.business_hours))


class PolicyWire(Wire):
    """An SLA policy."""

    id: Id
    title: Text | None = None
    description: Text | None = None
    position: Count | None = None
    filter: Any = None
    policy_metrics: list[TargetWire] | None = None

    def to_domain(self) -> SlaPolicy:
        """As a policy; its filter stays text."""
        made = (row.to_domain() for row in self.policy_metrics or ())
        text = json.dumps(self.filter, ensure_ascii=False) if self.filter else ""
        return SlaPolicy(
            self.id,
            self.title or "(no title)",
            self.description or "",
            self.position or 0,
            storable(text, _FILTER_CAP),
            tuple(target for target in made if target is not None),
        )


class NamedPolicyWire(Wire):
    """The policy as an event names it."""

    id: Id | None = None
    title: Text | None = None


class AppliedWire(PromiseWire):
    """The `sla` of an event."""

    policy: NamedPolicyWire | None = None


class MetricEventWire(Wire):
    """An `apply_sla` event; without `sla` no policy applies any more (description: "if any")."""

    ticket_id: Id | None = None
    metric: Text
    instance_id: Id
    time: str
    sla: AppliedWire | None = None

    def to_domain(self, ticket_id: int | None) -> AppliedTarget:
        """As a target. Raises ValueError when it names no ticket or no moment."""
        at, ticket = moment(self.time), self.ticket_id or ticket_id
        if at is None or ticket is None:
            raise ValueError("a metric event without a ticket or a moment")
        sla = self.sla or AppliedWire()
        policy = sla.policy or NamedPolicyWire()
        metric = clock_of(self.metric, self.instance_id)
        if sla.seconds is None:
            return AppliedTarget(ticket, metric, self.instance_id, at, None)
        return AppliedTarget(
            ticket,
            metric,
            self.instance_id,
            at,
            policy.title or "(no title)",
            sla.seconds,
            policy.id,
            bool(sla.business_hours),
        )


class MetricFrameWire(Wire):
    """What stands around metric events; older answers do not say whether the stream ended."""

    count: Count | None = None
    end_time: Count | None = None
    end_of_stream: bool | None = None


def clock_of(metric: str, instance: int) -> str:
    """The clock that an event's metric stands for: the first reply is one of its own."""
    if metric == _REPLY:
        return _FIRST if instance == 1 else _NEXT
    return _CLOCK_OF.get(metric, metric)


def applied_in(rows: Any, ticket_id: int | None = None) -> Iterator[AppliedTarget | None]:
    """The targets that metric events apply, None for each that cannot be read.

    What was deleted since, and `measure`, which has the instance 0, say nothing (api.md §4).
    """
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict) or row.get("type") != APPLIES:
            continue
        if row.get("deleted") or row.get("instance_id") == 0:
            continue
        try:
            yield MetricEventWire.model_validate(row).to_domain(ticket_id)
        except (ValidationError, ValueError, OverflowError):
            yield None


def applied_beside(ticket_id: int, metric_events: Any) -> tuple[AppliedTarget, ...]:
    """The same from the side-load `metric_events` of one ticket: a list under each metric."""
    listed = metric_events.values() if isinstance(metric_events, dict) else ()
    found = (target for rows in listed for target in applied_in(rows, ticket_id))
    return tuple(target for target in found if target is not None)


class IntervalWire(Wire):
    """Business hours of a day, in minutes from Sunday 00:00."""

    start_time: Count
    end_time: Count


class ScheduleWire(Wire):
    """A schedule of business hours."""

    id: Id
    name: Text | None = None
    time_zone: Text | None = None
    intervals: list[IntervalWire] | None = None

    def to_domain(self, holidays: tuple[Holiday, ...] = ()) -> Schedule:
        """As a schedule with its holidays."""
        hours = tuple((row.start_time, row.end_time) for row in self.intervals or ())
        name = self.name or f"schedule {self.id}"
        return Schedule(self.id, name, self.time_zone or "", hours, holidays)


class HolidayWire(Wire):
    """A holiday of a schedule."""

    name: Text | None = None
    start_date: str
    end_date: str

    def to_domain(self) -> Holiday:
        """As a holiday. Raises ValueError when a day is none."""
        first, last = date.fromisoformat(self.start_date), date.fromisoformat(self.end_date)
        return Holiday(self.name or "holiday", first, last)
