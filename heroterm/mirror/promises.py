"""What the account promises: SLA policies with their targets, and business hours."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from heroterm.domain.sla_policy import Holiday, Schedule, SlaPolicy, SlaTarget
from heroterm.mirror.connection import Connection
from heroterm.mirror.encoding import packed, unstorable
from heroterm.mirror.library import replace_whole
from heroterm.mirror.people import replace


def save_policies(connection: Connection, policies: Iterable[SlaPolicy]) -> None:
    """The account's policies with their targets, all of them."""
    kept = list(policies)
    rows = [(p.id, p.title, p.description, p.position, p.filter) for p in kept]
    targets = [
        (p.id, t.metric, t.priority, t.seconds, int(t.business_hours))
        for p in kept
        for t in p.targets
    ]
    with connection.transaction():
        for table, found in (("sla_policy", rows), ("sla_target", targets)):
            connection.run(f"delete from {table}")
            replace(connection, table, [row for row in found if not unstorable(row)])


def save_schedules(connection: Connection, schedules: Iterable[Schedule]) -> None:
    """The account's business hours, all of them."""
    rows = (
        (s.id, s.name, s.time_zone, packed(s.intervals), packed(map(_days, s.holidays)))
        for s in schedules
    )
    replace_whole(connection, "schedule", rows)


def _days(holiday: Holiday) -> tuple[str, str, str]:
    return holiday.name, holiday.start.isoformat(), holiday.end.isoformat()


def policies(connection: Connection) -> list[SlaPolicy]:
    """The account's policies, in the order in which they are tried."""
    targets: dict[int, list[SlaTarget]] = {}
    for row in connection.rows("select * from sla_target order by policy_id, metric, priority"):
        target = SlaTarget(row["metric"], row["priority"], row["seconds"], bool(row[4]))
        targets.setdefault(row["policy_id"], []).append(target)
    return [
        SlaPolicy(
            row["id"],
            row["title"],
            row["description"],
            row["position"],
            row["filter"],
            tuple(targets.get(row["id"], ())),
        )
        for row in connection.rows("select * from sla_policy order by position, id")
    ]


def schedules(connection: Connection) -> list[Schedule]:
    """The account's business hours, by name."""
    return [
        Schedule(
            row["id"],
            row["name"],
            row["time_zone"],
            tuple((first, last) for first, last in json.loads(row["intervals"])),
            tuple(
                Holiday(name, date.fromisoformat(first), date.fromisoformat(last))
                for name, first, last in json.loads(row["holidays"])
            ),
        )
        for row in connection.rows("select * from schedule order by name, id")
    ]
