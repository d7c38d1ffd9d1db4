"""A stand-in for PagerDuty's `GET /schedules/ID`, below `/_pagerduty/`: weeks, and overrides.

Weeks change on Monday at 9 in New York, so the hand-over moves against UTC twice a year. Shapes are
those of its REST API v2: rendered entries of the final schedule and of the overrides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from heroterm.sandbox.call import Answer
from heroterm.sandbox.records import Json

TOKEN = "practice-rota"
SCHEDULE = "PHEROES"
PREFIX = "/_pagerduty/"
_ZONE = ZoneInfo("America/New_York")
_FIRST = datetime(2024, 1, 1, 9, tzinfo=_ZONE)
_HEROES = ("Ana Hero", "Lee Ortiz", "Mo Brandt")
_WEEK = timedelta(days=7)
Stretch = tuple[str, datetime, datetime]


@dataclass(slots=True)
class Rota:
    """The schedule; `overrides` are (who, begin, end), aware."""

    overrides: list[Stretch] = field(default_factory=list)

    def override(self, body: Json) -> Json:
        """Let somebody stand in: `{"who": …, "start": ISO, "end": ISO}`."""
        start, end = (datetime.fromisoformat(str(body[key])) for key in ("start", "end"))
        self.overrides.append((str(body["who"]), start, end))
        return {"overrides": len(self.overrides)}

    def answer(self, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """Answer one call as PagerDuty does."""
        if headers.get("authorization") != f"Token token={TOKEN}":
            return Answer({"error": {"message": "Unauthorized", "code": 2006}}, 401)
        if path != f"{PREFIX}schedules/{SCHEDULE}":
            return Answer({"error": {"message": "Not Found", "code": 2100}}, 404)
        try:
            since, until = (
                datetime.fromisoformat(query[name]).astimezone(UTC) for name in ("since", "until")
            )
        except (KeyError, ValueError):
            wrong = {"message": "Invalid Input Provided", "code": 2001}
            return Answer({"error": {**wrong, "errors": ["since and until are needed."]}}, 400)
        return Answer({"schedule": self._schedule(since, until)})

    def _schedule(self, since: datetime, until: datetime) -> Json:
        over = [each for each in self.overrides if each[1] < until and each[2] > since]
        final = [piece for week in _weeks(since, until) for piece in _without(week, over)]
        return {
            "id": SCHEDULE,
            "type": "schedule",
            "summary": "Support Hero",
            "name": "Support Hero",
            "time_zone": "America/New_York",
            "final_schedule": {
                "name": "Final Schedule",
                "rendered_schedule_entries": _entries([*final, *over], since, until),
            },
            "overrides_subschedule": {
                "name": "Overrides",
                "rendered_schedule_entries": _entries(over, since, until),
            },
        }


def _weeks(since: datetime, until: datetime) -> Iterator[Stretch]:
    number = max(0, (since.astimezone(_ZONE) - _FIRST) // _WEEK)
    while True:
        # Within one zone this is wall-clock arithmetic: nine o'clock stays nine o'clock.
        start = (_FIRST + number * _WEEK).astimezone(UTC)
        end = (_FIRST + (number + 1) * _WEEK).astimezone(UTC)
        if start >= until:
            return
        yield _HEROES[number % len(_HEROES)], start, end
        number += 1


def _without(week: Stretch, over: list[Stretch]) -> Iterator[Stretch]:
    """What is left of a week where others stand in."""
    who, start, end = week
    for _, begins, ends in sorted(over, key=lambda each: each[1]):
        if ends <= start or begins >= end:
            continue
        if begins > start:
            yield who, start, begins
        start = max(start, ends)
    if start < end:
        yield who, start, end


def _entries(stretches: list[Stretch], since: datetime, until: datetime) -> list[Json]:
    rows = sorted((max(start, since), min(end, until), who) for who, start, end in stretches)
    return [
        {
            "start": start.astimezone(_ZONE).isoformat(),
            "end": end.astimezone(_ZONE).isoformat(),
            "user": {"id": f"P{who[:3].upper()}", "type": "user_reference", "summary": who},
        }
        for start, end, who in rows
        if start < end
    ]
