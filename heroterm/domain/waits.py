"""Waits: a hero's own reminders on a ticket, by the clock, by the customer's answer, or by both.

A wait never changes Zendesk. It is written as people say it ("3h", "tue 9", "on reply",
"on reply or tue") and is over once, at whichever comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from heroterm.domain.ages import clock_day

MORNING = time(9)
"""When a day begins for which no hour was said."""
FARTHEST = timedelta(days=366)
_DATED = "16 nov 14:30"
_EXAMPLES = ("3h", "tomorrow", "tue 9", _DATED, "on reply", "on reply or tue")
NO_MOMENT = "says no moment to come"
WRONG = f"Say when: {', '.join(_EXAMPLES)}."
_SOME_DAYS = timedelta(days=12)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPAN = re.compile(r"(?:in )?(\d{1,3}) ?(m|min|minutes?|h|hours?|d|days?|w|weeks?)")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_CLOCK = re.compile(r"(?:at )?(\d{1,2})(?:[:.](\d\d))? ?(am|pm)?")
_REPLY = frozenset({"reply", "on reply", "answer", "on answer", "they answer", "customer"})


@dataclass(frozen=True, slots=True)
class Wake:
    """When a wait is over: at a moment, on an answer of the customer, or at the first of both."""

    until: datetime | None = None
    on_reply: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait on one ticket. Moments are by this machine's clock."""

    ticket_id: int
    wake: Wake
    said: str
    """As the hero wrote it."""
    set_at: datetime
    seen_comment_id: int | None = None
    """The newest comment that the hero had read: a later one of the customer is an answer."""
    woken_at: datetime | None = None
    why: str = ""
    """Why it woke, as a sentence's end: "the customer answered"."""


def examples(now: datetime, zone: tzinfo) -> tuple[str, ...]:
    """The same examples with a date that lies some days ahead."""
    day = (now.astimezone(zone) + _SOME_DAYS).date()
    dated = f"{day.day} {_MONTHS[day.month - 1]} 14:30"
    return tuple(dated if each == _DATED else each for each in _EXAMPLES)


def moment(said: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The moment that was written, as in a wait; None where it says none that is to come."""
    at = _moment(" ".join(said.casefold().split()), now, zone)
    return at if at is not None and now < at <= now + FARTHEST else None


def parse(said: str, now: datetime, zone: tzinfo) -> Wake | None:
    """What a hero wrote; None where it says no moment to come (within a year) and no answer."""
    until: datetime | None = None
    on_reply = False
    for part in re.split(r"\s+or\s+|\s*,\s*|\s*\|\s*", " ".join(said.casefold().split())):
        if part in _REPLY:
            on_reply = True
            continue
        at = _moment(part, now, zone)
        if at is None or not now < at <= now + FARTHEST:
            return None
        until = at if until is None else min(until, at)
    return Wake(until, on_reply)


def _moment(part: str, now: datetime, zone: tzinfo) -> datetime | None:
    span = _SPAN.fullmatch(part)
    if span is not None:
        unit = span[2][0]
        length = 7 * _UNITS["d"] if unit == "w" else _UNITS[unit]
        return now + int(span[1]) * length
    local = now.astimezone(zone)
    words = part.split(" ")
    for size in range(min(3, len(words)), 0, -1):
        day = _day(" ".join(words[:size]), local.date())
        if day is None:
            continue
        clock = _clock(" ".join(words[size:])) if words[size:] else MORNING
        if clock is None:
            return None
        at = _at(day, clock, zone)
        named = words[1] if words[0] == "on" and size > 1 else words[0]
        return at if at > now or not _weekday(named) else _at(day + _WEEK, clock, zone)
    return _next(_clock(part, bare=False), now, zone)


_WEEK = timedelta(days=7)


def _next(clock: time | None, now: datetime, zone: tzinfo) -> datetime | None:
    """The next time that a clock shows this."""
    if clock is None:
        return None
    today = now.astimezone(zone).date()
    at = _at(today, clock, zone)
    return at if at > now else _at(today + timedelta(days=1), clock, zone)


def _at(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def _weekday(word: str) -> bool:
    return len(word) > 2 and any(name.startswith(word[:3]) for name in _DAYS)


def _day(words: str, today: date) -> date | None:
    """The day that words name: a weekday is the next one, today included."""
    named = {"today": 0, "tonight": 0, "tomorrow": 1}
    if words in named:
        return today + timedelta(days=named[words])
    if words == "next week":
        return today + timedelta(days=7 - today.weekday())
    name = words.removeprefix("next ").removeprefix("on ")
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for at, day in enumerate(full):
        if len(name) > 2 and day.startswith(name):
            ahead = (at - today.weekday()) % 7
            return today + timedelta(days=ahead or (7 if words.startswith("next ") else 0))
    return _date(words, today)


def _date(words: str, today: date) -> date | None:
    """As in 2026-03-09, 16 nov, nov 16: a day without a year is the next one of that name."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        pass
    parts = sorted(words.split(" "), key=lambda word: not word.isdecimal())
    if len(parts) != 2 or not parts[0].isdecimal() or parts[1][:3] not in _MONTHS:
        return None
    month = _MONTHS.index(parts[1][:3]) + 1
    for year in (today.year, today.year + 1):
        try:
            day = date(year, month, int(parts[0]))
        except (ValueError, OverflowError):
            continue
        if day >= today:
            return day
    return None


def _clock(words: str, *, bare: bool = True) -> time | None:
    """As in 9, 14:30, 3 pm; a `bare` number counts only where a day stands before it."""
    found = _CLOCK.fullmatch(words)
    if found is None or not (bare or found[2] or found[3]):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def words(wake: Wake, now: datetime, zone: tzinfo) -> str:
    """For a person: "until Tue 10 Mar 09:00", "until they answer", both with "or"."""
    parts = []
    if wake.until is not None:
        parts.append(f"until {exact(wake.until, now, zone)}")
    if wake.on_reply:
        parts.append("they answer" if parts else "until they answer")
    return " or ".join(parts)


def exact(at: datetime, now: datetime, zone: tzinfo) -> str:
    """The very moment, never only its day: "14:00" today, else "Tue 10 Mar 09:00", with the year
    where it is another.
    """
    local = at.astimezone(zone)
    clock = f"{local:%H:%M}"
    today = now.astimezone(zone).date()
    if local.date() == today:
        return clock
    year = f" {local.year}" if local.year != today.year else ""
    return f"{clock_day(at, zone)}{year} {clock}"


def woken(wait: Wait, now: datetime, answered: bool) -> str:
    """Why the wait is over at a moment of the same clock; "" while it is not."""
    if wait.woken_at is not None:
        return wait.why or "its time has come"
    if wait.wake.on_reply and answered:
        return "the customer answered"
    if wait.wake.until is not None and wait.wake.until <= now:
        return "its time has come"
    return ""
