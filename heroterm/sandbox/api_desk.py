"""Reading how the desk is set up: fields, statuses, SLA policies; and what happened to whom."""

from __future__ import annotations

from heroterm.sandbox import sla
from heroterm.sandbox.api_tickets import find
from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.clock import DAY, HOUR, MINUTE, epoch, iso
from heroterm.sandbox.desk_json import field_json, status_json
from heroterm.sandbox.materials import table
from heroterm.sandbox.metric_events import POLICY
from heroterm.sandbox.paging import Rows, numbered, paged, plain
from heroterm.sandbox.people_json import API, user_json
from heroterm.sandbox.records import Json
from heroterm.sandbox.refusal import not_found

ACTIVITY_DAYS = 30


def ticket_fields(call: Call) -> Answer:
    """GET /ticket_fields: all on one page unless paged by cursor."""
    rows = {row["id"]: row for row in field_json(call.world, call.root)}
    page = paged(call, plain(rows), ("id",))
    return Answer({"ticket_fields": [rows[key] for key in page.ids], **page.frame})


def ticket_field(call: Call, field_id: int) -> Answer:
    """GET /ticket_fields/{id}."""
    for row in field_json(call.world, call.root):
        if row["id"] == field_id:
            return Answer({"ticket_field": row})
    raise not_found()


def custom_statuses(call: Call) -> Answer:
    """GET /custom_statuses."""
    born = call.world.hero.created_at
    rows = [status_json(row, born, call.root) for row in table("desk")["custom_status"]]
    return Answer({"custom_statuses": rows})


def activities(call: Call) -> Answer:
    """GET /activities, oldest first; `since` is an ISO moment; 30 days at most."""
    since = max(epoch(call.query.get("since", "1970-01-01")), call.now - ACTIVITY_DAYS * DAY)
    known = {
        row["id"]: row
        for row in call.world.activities
        if epoch(row["created_at"]) >= since and row["ticket_id"] in call.world.tickets
    }
    page = paged(call, _in_time(known), ("created_at",), "created_at")
    shown = [_activity(call, known[key]) for key in page.ids]
    actors = sorted({row["actor_id"] for row in shown})
    hero = user_json(call.world.hero, call.root)
    people = [user_json(call.world.users[key], call.root) for key in actors]
    return Answer({"activities": shown, "actors": people, "users": [hero], **page.frame})


def _in_time(known: dict[int, Json]) -> Rows:
    return lambda _: sorted((row["created_at"], key) for key, row in known.items())


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
    """GET /slas/policies (admins): the one policy of the desk."""
    page = numbered(call, [POLICY["id"]])
    return Answer({"sla_policies": [_policy(call) for _ in page.ids], **page.frame})


def sla_policy(call: Call, policy_id: int) -> Answer:
    """GET /slas/policies/{id} (admins)."""
    if policy_id != POLICY["id"]:
        raise not_found()
    return Answer({"sla_policy": _policy(call)})


def _policy(call: Call) -> Json:
    """The policy with its targets in minutes."""
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
    return {
        **POLICY,
        "url": f"{call.root}{API}/slas/policies/{POLICY['id']}.json",
        "position": 1,
        "filter": {"all": [], "any": []},
        "policy_metrics": metrics,
        "created_at": iso(call.world.hero.created_at),
        "updated_at": iso(call.world.hero.created_at),
    }
