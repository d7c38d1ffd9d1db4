"""Reading how the desk is set up: macros, fields, statuses, SLA policies, activities."""

from __future__ import annotations

from heroterm.sandbox import sla
from heroterm.sandbox.api_tickets import find
from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.clock import HOUR, MINUTE, epoch
from heroterm.sandbox.desk_json import field_json, macro_json, status_json
from heroterm.sandbox.materials import table
from heroterm.sandbox.paging import numbered, paged, plain
from heroterm.sandbox.people_json import API, user_json
from heroterm.sandbox.records import Json
from heroterm.sandbox.refusal import not_found


def macros(call: Call) -> Answer:
    """GET /macros and /macros/active."""
    rows = _macros(call)
    page = paged(call, plain(rows), ("id",))
    return Answer({"macros": [rows[key] for key in page.ids], **page.frame})


def macro(call: Call, macro_id: int) -> Answer:
    """GET /macros/{id}."""
    rows = _macros(call)
    if macro_id not in rows:
        raise not_found()
    return Answer({"macro": rows[macro_id]})


def _macros(call: Call) -> dict[int, Json]:
    shapes = [
        macro_json(call.world, index, row, call.root)
        for index, row in enumerate(table("desk")["macro"])
    ]
    return {shape["id"]: shape for shape in shapes}


def ticket_fields(call: Call) -> Answer:
    """GET /ticket_fields: all on one page unless paged by cursor."""
    rows = {row["id"]: row for row in field_json(call.world, call.root)}
    page = paged(call, plain(rows), ("id",))
    return Answer({"ticket_fields": [rows[key] for key in page.ids], **page.frame})


def custom_statuses(call: Call) -> Answer:
    """GET /custom_statuses."""
    born = call.world.hero.created_at
    rows = [status_json(row, born, call.root) for row in table("desk")["custom_status"]]
    return Answer({"custom_statuses": rows})


def activities(call: Call) -> Answer:
    """GET /activities, oldest first; `since` is an ISO moment."""
    since = call.query.get("since")
    rows = call.world.activities
    if since:
        rows = [row for row in rows if epoch(row["created_at"]) >= epoch(since)]
    page = numbered(call, [row["id"] for row in rows])
    shown = [_activity(call, row) for row in rows if row["id"] in page.ids]
    actors = sorted({row["actor_id"] for row in shown})
    hero = user_json(call.world.hero, call.root)
    people = [user_json(call.world.users[key], call.root) for key in actors]
    return Answer({"activities": shown, "actors": people, "users": [hero], **page.frame})


def _activity(call: Call, row: Json) -> Json:
    ticket = find(call, row["ticket_id"])
    about = {"ticket": {"id": ticket.id, "subject": ticket.subject}}
    kept = {key: value for key, value in row.items() if key != "ticket_id"}
    return {
        **kept,
        "url": f"{call.root}{API}/activities/{row['id']}.json",
        "updated_at": row["created_at"],
        "object": about,
        "target": about,
        "actor": user_json(call.world.users[row["actor_id"]], call.root),
        "user": user_json(call.world.hero, call.root),
    }


def sla_policies(call: Call) -> Answer:
    """GET /slas/policies (admins): the one policy of the desk; targets in minutes."""
    metrics = [
        {
            "priority": priority,
            "metric": name,
            "target": hours * HOUR // MINUTE * factor,
            "target_in_seconds": hours * HOUR * factor,
            "business_hours": False,
        }
        for priority, hours in sla.FIRST_REPLY_HOURS.items()
        for name, factor in (("first_reply_time", 1), ("next_reply_time", 2))
    ]
    policy = {
        "id": 36,
        "url": f"{call.root}{API}/slas/policies/36.json",
        "title": "Response targets",
        "description": "High 12 hours, normal 24 hours, later replies twice that.",
        "position": 1,
        "filter": {"all": [], "any": []},
        "policy_metrics": metrics,
    }
    frame = {"count": 1, "next_page": None, "previous_page": None}
    return Answer({"sla_policies": [policy], **frame})
