"""Business hours and holidays of the desk (admins; api.md §4).

The practice policy counts calendar hours, so these decide nothing here; accounts have them.
"""

from __future__ import annotations

from typing import Any

from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.clock import DAY, MINUTE, iso
from heroterm.sandbox.materials import table
from heroterm.sandbox.people_json import API
from heroterm.sandbox.records import Json
from heroterm.sandbox.refusal import not_found

WEEK = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
HOLIDAY_BASE = 360_000_320_000


def schedules(call: Call) -> Answer:
    """GET /business_hours/schedules: all of them, never paged."""
    rows = [_schedule(call, row) for row in table("desk")["schedule"]]
    return Answer({"schedules": rows, "url": f"{call.root}{API}/business_hours/schedules.json"})


def schedule(call: Call, schedule_id: int) -> Answer:
    """GET /business_hours/schedules/{id}."""
    return Answer({"schedule": _schedule(call, _row(schedule_id))})


def holidays(call: Call, schedule_id: int) -> Answer:
    """GET /business_hours/schedules/{id}/holidays: those of the year."""
    year = iso(call.now)[:4]
    rows = [
        {
            "id": HOLIDAY_BASE + index,
            "name": name,
            "start_date": f"{year}-{first}",
            "end_date": f"{year}-{last}",
        }
        for index, (name, first, last) in enumerate(_row(schedule_id)["holidays"])
    ]
    return Answer({"holidays": rows})


def _row(schedule_id: int) -> dict[str, Any]:
    for row in table("desk")["schedule"]:
        if row["id"] == schedule_id:
            return dict(row)
    raise not_found()


def _schedule(call: Call, row: dict[str, Any]) -> Json:
    stamp = iso(call.world.hero.created_at)
    first, last = (_minutes(text) for text in row["hours"])
    starts = [WEEK.index(day) * DAY // MINUTE for day in row["days"]]
    return {
        "id": row["id"],
        "name": row["name"],
        "time_zone": row["time_zone"],
        "created_at": stamp,
        "updated_at": stamp,
        "intervals": [{"start_time": start + first, "end_time": start + last} for start in starts],
    }


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)
