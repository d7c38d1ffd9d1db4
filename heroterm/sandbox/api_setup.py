"""How the account is set up: forms, brands, fields of people and companies, tags (api.md §7)."""

from __future__ import annotations

from collections import Counter

from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.clock import iso
from heroterm.sandbox.desk_json import field_json
from heroterm.sandbox.materials import table
from heroterm.sandbox.paging import numbered, paged, plain
from heroterm.sandbox.people_json import API
from heroterm.sandbox.records import Json
from heroterm.sandbox.refusal import not_found
from heroterm.sandbox.ticket_json import BRAND_ID, FORM_ID


def ticket_forms(call: Call) -> Answer:
    """GET /ticket_forms: the one form of the desk."""
    return _list(call, "ticket_forms", [_form(call)])


def ticket_form(call: Call, form_id: int) -> Answer:
    """GET /ticket_forms/{id}."""
    return _one("ticket_form", [_form(call)], form_id)


def brands(call: Call) -> Answer:
    """GET /brands: the one brand of the desk."""
    return _list(call, "brands", [_brand(call)])


def brand(call: Call, brand_id: int) -> Answer:
    """GET /brands/{id}."""
    return _one("brand", [_brand(call)], brand_id)


def organization_fields(call: Call) -> Answer:
    """GET /organization_fields."""
    rows = [_field(call, "organization_fields", row) for row in table("desk")["organization_field"]]
    return _list(call, "organization_fields", rows)


def user_fields(call: Call) -> Answer:
    """GET /user_fields."""
    rows = [_field(call, "user_fields", row) for row in table("desk")["user_field"]]
    return _list(call, "user_fields", rows)


def tags(call: Call) -> Answer:
    """GET /tags: the most used ones first."""
    counts = Counter(tag for ticket in call.world.live() for tag in ticket.tags)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    page = numbered(call, range(len(rows)))
    shapes = [{"name": rows[index][0], "count": rows[index][1]} for index in page.ids]
    return Answer({"tags": shapes, **page.frame})


def autocomplete_tags(call: Call) -> Answer:
    """GET /autocomplete/tags: those that begin with `name`, which has 2 characters or more."""
    start = call.query.get("name", "").lower()
    known = {tag for ticket in call.world.live() for tag in ticket.tags}
    return Answer(
        {"tags": sorted(tag for tag in known if len(start) > 1 and tag.startswith(start))}
    )


def _list(call: Call, name: str, rows: list[Json]) -> Answer:
    known = {row["id"]: row for row in rows}
    page = paged(call, plain(known), ("id",))
    return Answer({name: [known[key] for key in page.ids], **page.frame})


def _one(name: str, rows: list[Json], key: int) -> Answer:
    for row in rows:
        if row["id"] == key:
            return Answer({name: row})
    raise not_found()


def _form(call: Call) -> Json:
    stamp = iso(call.world.hero.created_at)
    return {
        "url": f"{call.root}{API}/ticket_forms/{FORM_ID}.json",
        "id": FORM_ID,
        "name": "Default form",
        "raw_name": "Default form",
        "display_name": "Default form",
        "raw_display_name": "Default form",
        "end_user_visible": True,
        "position": 1,
        "ticket_field_ids": [row["id"] for row in field_json(call.world, call.root)],
        "active": True,
        "default": True,
        "created_at": stamp,
        "updated_at": stamp,
        "in_all_brands": True,
        "restricted_brand_ids": [],
        "agent_conditions": [],
        "end_user_conditions": [],
    }


def _brand(call: Call) -> Json:
    stamp, name = iso(call.world.hero.created_at), call.world.subdomain
    return {
        "url": f"{call.root}{API}/brands/{BRAND_ID}.json",
        "id": BRAND_ID,
        "name": "Practice desk",
        "brand_url": f"https://{name}.example.com",
        "subdomain": name,
        "has_help_center": False,
        "help_center_state": "disabled",
        "active": True,
        "default": True,
        "is_deleted": False,
        "logo": None,
        "ticket_form_ids": [FORM_ID],
        "signature_template": "{{agent.signature}}",
        "created_at": stamp,
        "updated_at": stamp,
        "host_mapping": None,
    }


def _field(call: Call, kind: str, row: Json) -> Json:
    stamp = iso(call.world.hero.created_at)
    shape = {
        "url": f"{call.root}{API}/{kind}/{row['id']}.json",
        "id": row["id"],
        "type": row["type"],
        "key": row["key"],
        "title": row["title"],
        "raw_title": row["title"],
        "description": row.get("description", ""),
        "raw_description": row.get("description", ""),
        "position": row.get("position", 0),
        "active": True,
        "system": False,
        "regexp_for_validation": None,
        "created_at": stamp,
        "updated_at": stamp,
    }
    options = [
        {
            "id": row["id"] * 10 + index,
            "name": each.title(),
            "raw_name": each.title(),
            "value": each,
        }
        for index, each in enumerate(row.get("options", []))
    ]
    return shape | ({"custom_field_options": options} if options else {})
