"""A rota in an iCalendar feed or file: repeating entries, exceptions, time zones, whole days.

The name of an entry is the hero's ("On call: Ana" and "Ana is on call - Heroes" too); an entry
that is an exception of its series counts as swapped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import recurring_ical_events
from icalendar import Calendar

from heroterm.domain.rotation import Rota, Turn, in_order
from heroterm.errors import RotaError
from heroterm.rotation.asking import CAP, fetch
from heroterm.rotation.pagerduty import AFTER, BEFORE

_WHOSE = "The calendar"
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_FINE = {"BYSECOND", "BYMINUTE"}
_AROUND = (
    re.compile(r"(?i)^\s*(?:on[- ]?call|support hero|hero)\s*[:\-\u2013]\s*(?P<who>.+)$"),
    re.compile(r"(?i)^(?P<who>.+?)\s+(?:is\s+)?on[- ]call\b.*$"),
)
"""What calendars write around a name; PagerDuty's own feed says `On Call - Ana - Schedule`."""


def read(where: str, clock: Callable[[], datetime], zone: tzinfo) -> Rota:
    """The rota of a path, file://, https:// or webcal://; whole days are those of `zone`.

    Raises Offline, RotaError.
    """
    now = clock()
    return understood(_bytes(where, clock), now, zone)


def _bytes(where: str, clock: Callable[[], datetime]) -> bytes:
    parts = urlsplit(where)
    if parts.scheme in ("https", "http", "webcal"):
        url = where if parts.scheme != "webcal" else "https" + where[len("webcal") :]
        return fetch(url, {"Accept": "text/calendar"}, clock, whose=_WHOSE)
    path = Path(unquote(parts.path) if parts.scheme == "file" else where).expanduser()
    try:
        if not path.is_file():
            raise RotaError(f"There is no calendar file {path}.", "Look at [rotation] again.")
        with path.open("rb") as file:
            data = file.read(CAP + 1)
    except OSError as error:
        raise RotaError(f"{path} cannot be read ({error.strerror}).", "Mend its mode.") from error
    if len(data) > CAP:
        raise RotaError(f"{path} is larger than {CAP >> 20} MB.", "Is it a calendar?")
    return data


def understood(data: bytes, now: datetime, zone: tzinfo) -> Rota:
    """The rota of a calendar. Raises RotaError for what is none."""
    try:
        calendar: Any = Calendar.from_ical(data)
        exceptions = _exceptions(calendar)
        entries = recurring_ical_events.of(calendar).between(now - BEFORE, now + AFTER)
        turns = in_order(_turns(entries, exceptions, zone))
        name = str(calendar.get("X-WR-CALNAME") or "").strip()
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError) as error:
        raise RotaError(
            "This is no calendar that can be read.", "It must be an iCalendar file (.ics)."
        ) from error
    return Rota(f"calendar: {name[:80]}" if name else "calendar", turns, now)


def _exceptions(calendar: Any) -> frozenset[tuple[str, Any]]:
    """Which repetitions the calendar itself replaces; RotaError for a series without measure."""
    found = set()
    for entry in calendar.walk("VEVENT"):
        for rule in _rules(entry):
            if {str(each).upper() for each in rule.get("FREQ", ())} & _TOO_OFTEN or _FINE & set(
                rule
            ):
                raise RotaError(
                    "This calendar repeats an entry by the hour or faster, which no rota does.",
                    "Nothing was read. Is it the right calendar?",
                )
        if "RECURRENCE-ID" in entry:
            found.add((str(entry.get("UID", "")), entry["RECURRENCE-ID"].dt))
    return frozenset(found)


def _rules(entry: Any) -> list[Any]:
    rules = entry.get("RRULE", [])
    return rules if isinstance(rules, list) else [rules]


def _turns(
    entries: list[Any], exceptions: frozenset[tuple[str, Any]], zone: tzinfo
) -> Iterator[Turn]:
    for entry in entries:
        if str(entry.get("STATUS", "")).upper() == "CANCELLED":
            continue
        original = entry.get("RECURRENCE-ID")
        named = (str(entry.get("UID", "")), original.dt if original is not None else None)
        begins, ends = _moment(entry.start, zone), _moment(entry.end, zone)
        yield Turn(_who(str(entry.get("SUMMARY", ""))), begins, ends, named in exceptions)


def _who(summary: str) -> str:
    parts = [part.strip() for part in summary.split(" - ")]
    if len(parts) > 1 and re.fullmatch(r"(?i)on[- ]call", parts[0]):
        return parts[1]
    for shape in _AROUND:
        if found := shape.match(summary):
            return found["who"].strip()
    return summary.strip()


def _moment(value: date | datetime, zone: tzinfo) -> datetime:
    """A moment; a whole day begins at midnight of the zone, as does a time without one."""
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=zone)
    return datetime.combine(value, time(), zone)
