"""Zendesk's business hours as a calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from heroterm.domain.calendar import Calendar, ZoneNamed, joined
from heroterm.domain.sla_policy import Schedule
from heroterm.domain.tables import Table

_A_DAY = 24 * 60


def zones_from(table: Table) -> Mapping[str, str]:
    """Zendesk's names of time zones and everybody's, from a zones.toml. Raises tables.BadEntry."""
    zones = table.table("zones")
    return {name: zones.text(name) for name in zones.names()}


def calendar_of(
    schedule: Schedule, zones: Mapping[str, str], zone_named: ZoneNamed
) -> Calendar | None:
    """The calendar of a schedule; None when its time zone or its hours cannot be understood.

    A schedule counts minutes from Sunday, midnight; a stretch may go on past midnight.
    """
    try:
        zone = zone_named(zones.get(schedule.time_zone, schedule.time_zone))
    except KeyError:
        return None
    days: list[list[tuple[int, int]]] = [[] for _ in range(7)]
    for begin, end in schedule.intervals:
        while begin < end:
            day, minute = divmod(begin, _A_DAY)
            until = min(end, (day + 1) * _A_DAY)
            days[(day - 1) % 7].append((minute, minute + until - begin))
            begin = until
    week = tuple(joined(hours) for hours in days)
    if not any(week):
        return None
    off = frozenset(
        holiday.start + timedelta(days=n)
        for holiday in schedule.holidays
        for n in range((holiday.end - holiday.start).days + 1)
    )
    return Calendar(schedule.name, zone, week, off)


def working_hours(
    schedules: Sequence[Schedule], zones: Mapping[str, str], zone_named: ZoneNamed, own: Calendar
) -> Calendar:
    """The hours in which work time is told: the account's where it keeps exactly one schedule.

    With several, which of them a ticket goes by is not told; then the team's own calendar holds.
    """
    if len(schedules) != 1:
        return own
    return calendar_of(schedules[0], zones, zone_named) or own
