"""Office hours: which moments count as work, and how much work lies between two of them.

A calendar is a week of hours in a time zone, and days off. Work is measured in real time: an hour
that the zone repeats in autumn counts twice, one that it leaves out in spring does not count. An
hour named in a file that its zone leaves out stands for the same hour after the change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from heroterm.domain.tables import BadEntry, Table

Hours = tuple[tuple[int, int], ...]
"""Open stretches of a day, in order: minutes from midnight, beginning and end (at most 1440)."""
ZoneNamed = Callable[[str], tzinfo]
"""A time zone by its name; raises KeyError for one that is not known here."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_A_DAY = 24 * 60
_HORIZON = 366 * 5
"""Days that are looked ahead for the next open hour; a calendar without one has no answer."""
_LINE = re.compile(
    r"(?P<first>mon|tue|wed|thu|fri|sat|sun)(?:-(?P<last>mon|tue|wed|thu|fri|sat|sun))?"
    r"\s+(?P<from_h>\d{1,2}):(?P<from_m>[0-5]\d)-(?P<to_h>\d{1,2}):(?P<to_m>[0-5]\d)"
)
_TARGET = re.compile(r"(?P<count>\d{1,4})\s*(?P<unit>min|minutes?|h|hours?|d|days?|business days?)")


@dataclass(frozen=True, slots=True)
class Calendar:
    """When work is done. `week` holds the hours of Monday to Sunday by the clock of `zone`."""

    name: str
    zone: tzinfo = UTC
    week: tuple[Hours, ...] = (((0, _A_DAY),),) * 5 + ((), ())
    days_off: frozenset[date] = frozenset()
    yearly_off: frozenset[tuple[int, int]] = frozenset()
    """Month and day of holidays that come every year on the same date."""

    def off(self, day: date) -> bool:
        """Whether a day is a holiday."""
        return day in self.days_off or (day.month, day.day) in self.yearly_off

    def stretches(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The open stretches of a day of this zone, as moments in UTC, in order."""
        if not self.off(day):
            for begin, end in self.week[day.weekday()]:
                yield self._moment(day, begin), self._moment(day, end)

    def _moment(self, day: date, minute: int) -> datetime:
        if minute == _A_DAY:
            day, minute = day + timedelta(days=1), 0
        clock = time(minute // 60, minute % 60, tzinfo=self.zone)
        return datetime.combine(day, clock).astimezone(UTC)

    def _day(self, moment: datetime) -> date:
        """A day that surely begins before the moment: zones may put midnight anywhere."""
        return moment.astimezone(self.zone).date() - timedelta(days=1)

    def between(self, begin: datetime, end: datetime) -> timedelta:
        """Work from one moment to another; negative when `end` is the earlier one."""
        if end < begin:
            return -self.between(end, begin)
        total = timedelta()
        day, last = self._day(begin), end.astimezone(self.zone).date() + timedelta(days=1)
        while day <= last:
            for opens, closes in self.stretches(day):
                total += max(timedelta(), min(closes, end) - max(opens, begin))
            day += timedelta(days=1)
        return total

    def after(self, begin: datetime, work: timedelta) -> datetime | None:
        """The first moment by which so much work has been done since `begin`, in UTC.

        None when the calendar does not open that often within five years. No work at all, or less,
        is done at once.
        """
        if work <= timedelta():
            return begin.astimezone(UTC)
        day = self._day(begin)
        for _ in range(_HORIZON):
            for opens, closes in self.stretches(day):
                start = max(opens, begin)
                if closes - start >= work:
                    return (start + work).astimezone(UTC)
                work -= max(timedelta(), closes - start)
            day += timedelta(days=1)
        return None

    @property
    def business_day(self) -> timedelta:
        """What "one business day" comes to: the hours of the longest day of the week."""
        return max(timedelta(minutes=sum(e - b for b, e in hours)) for hours in self.week)


ALWAYS = Calendar("always", week=(((0, _A_DAY),),) * 7)
"""Every hour of every day."""
WEEKDAYS = Calendar("weekdays")
"""Monday to Friday around the clock: the handbook's support has no weekends."""


def target(text: str, calendar: Calendar) -> timedelta | None:
    """Work that a target names: "90 min", "12 h", "3 d", "2 business days"; None for other text.

    A day is 24 hours of work, a business day those of the calendar.
    """
    found = _TARGET.fullmatch(text.strip().casefold())
    if found is None:
        return None
    count, unit = int(found["count"]), found["unit"]
    if unit.startswith("business"):
        return count * calendar.business_day
    if unit.startswith("m"):
        return timedelta(minutes=count)
    return timedelta(hours=count) if unit.startswith("h") else timedelta(days=count)


def week_of(lines: tuple[str, ...]) -> tuple[Hours, ...] | None:
    """The week that lines such as "mon-fri 09:00-17:30" describe; None when one is no such line."""
    week: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for line in lines:
        found = _LINE.fullmatch(line.strip().casefold())
        if found is None:
            return None
        begin = int(found["from_h"]) * 60 + int(found["from_m"])
        end = int(found["to_h"]) * 60 + int(found["to_m"])
        if not 0 <= begin < end <= _A_DAY:
            return None
        first = DAYS.index(found["first"])
        last = DAYS.index(found["last"] or found["first"])
        for day in range(first, last + 1 if last >= first else last + 8):
            week[day % 7].append((begin, end))
    return tuple(joined(hours) for hours in week)


def joined(hours: list[tuple[int, int]]) -> Hours:
    """Stretches in order, those that touch or overlap made one: no minute counts twice."""
    found: list[tuple[int, int]] = []
    for begin, end in sorted(hours):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return tuple(found)


def from_table(name: str, table: Table, zone_named: ZoneNamed) -> Calendar:
    """A calendar of an sla.toml. Raises tables.BadEntry."""
    where = table.text("zone", "UTC")
    try:
        zone = zone_named(where)
    except KeyError:
        remedy = 'Use a name such as "Europe/London", "UTC", or "local" for this machine\'s.'
        raise table.bad("zone", f'"{where}" is no time zone that is known here.', remedy) from None
    week = week_of(table.texts("hours"))
    if week is None or not any(week):
        remedy = 'Use lines such as "mon-fri 09:00-17:30"; a day ends at 24:00 at the latest.'
        raise table.bad("hours", "says no hours that can be read.", remedy)
    dates, yearly = _days_off(table)
    table.done()
    return Calendar(name, zone, week, frozenset(dates), frozenset(yearly))


def _days_off(table: Table) -> tuple[set[date], set[tuple[int, int]]]:
    """Holidays: "2026-04-06" once, "12-25" every year, "2026-12-24..2026-12-31" several days."""
    dates: set[date] = set()
    yearly: set[tuple[int, int]] = set()
    for text in table.texts("holidays"):
        first, _, last = text.partition("..")
        try:
            if re.fullmatch(r"\d\d-\d\d", first) and not last:
                day = date.fromisoformat(f"2024-{first}")  # a leap year: 29 February is a day
                yearly.add((day.month, day.day))
                continue
            begin = date.fromisoformat(first)
            end = date.fromisoformat(last) if last else begin
        except ValueError:
            raise _no_day(table, text) from None
        if not 0 <= (end - begin).days <= 366:
            raise _no_day(table, text)
        dates |= {begin + timedelta(days=n) for n in range((end - begin).days + 1)}
    return dates, yearly


def _no_day(table: Table, text: str) -> BadEntry:
    remedy = 'Use "2026-04-06", "12-25" for every year, or "2026-12-24..2026-12-31".'
    return table.bad("holidays", f'"{text}" is no day.', remedy)
