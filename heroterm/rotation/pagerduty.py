"""PagerDuty's schedule: who has it in the weeks around now, overrides included.

One call of the REST API v2, `GET /schedules/ID?since=&until=`: the final schedule is the rota, the
overrides say which of its turns were swapped. PagerDuty's own client for Python would bring a
second HTTP library in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from heroterm.domain.rotation import Rota, Turn, in_order
from heroterm.errors import RotaError
from heroterm.rotation.asking import fetch

BEFORE, AFTER = timedelta(days=7), timedelta(days=60)
"""What is read around now."""
_WHOSE = "PagerDuty"


def read(api: str, schedule: str, token: str, clock: Callable[[], datetime]) -> Rota:
    """The rota of a schedule. `api` is `https://api.pagerduty.com`, the EU's, or a loopback one.

    Raises Offline, RotaError.
    """
    now = clock()
    asked = {"since": _iso(now - BEFORE), "until": _iso(now + AFTER), "time_zone": "UTC"}
    headers = {
        "Authorization": f"Token token={token}",
        "Accept": "application/vnd.pagerduty+json;version=2",
        "Content-Type": "application/json",
    }
    url = f"{api}/schedules/{quote(schedule, safe='')}?{urlencode(asked)}"
    return understood(fetch(url, headers, clock, whose=_WHOSE), now)


def understood(body: bytes, now: datetime) -> Rota:
    """The rota of an answer. Raises RotaError for what is none."""
    try:
        schedule = json.loads(body)["schedule"]
        overrides = list(_turns(schedule.get("overrides_subschedule"), swapped=True))
        final = _turns(schedule["final_schedule"], swapped=False)
        turns = in_order(_marked(turn, overrides) for turn in final)
        name = str(schedule.get("name") or schedule.get("summary") or "schedule")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise RotaError(
            "PagerDuty's answer is no schedule.", "Is a network's sign-in page in between?"
        ) from error
    return Rota(f"PagerDuty: {name[:80]}", turns, now)


def _turns(layer: Mapping[str, Any] | None, *, swapped: bool) -> Iterator[Turn]:
    for entry in (layer or {}).get("rendered_schedule_entries") or ():
        user = entry.get("user") or {}
        who = str(user.get("summary") or user.get("name") or user.get("id") or "")
        yield Turn(who, _moment(entry["start"]), _moment(entry["end"]), swapped)


def _marked(turn: Turn, overrides: list[Turn]) -> Turn:
    """The same turn, marked where an override of the same person covers all of it."""
    over = any(
        each.who == turn.who and each.begins <= turn.begins and turn.ends <= each.ends
        for each in overrides
    )
    return Turn(turn.who, turn.begins, turn.ends, over)


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
