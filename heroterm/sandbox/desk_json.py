"""Macros, views, ticket fields and statuses of desk.toml as Zendesk's JSON (samples)."""

from __future__ import annotations

from typing import Any

from heroterm.sandbox.clock import iso
from heroterm.sandbox.materials import table
from heroterm.sandbox.people_json import API
from heroterm.sandbox.population import group_named
from heroterm.sandbox.records import PRIORITIES, STATUSES, TYPES, Json
from heroterm.sandbox.world import World

MACRO_BASE = 360_111_062_000
VIEW_BASE = 360_002_440_000
FIELD_BASE = 360_011_737_000
COLUMNS = (("subject", "Subject"), ("requester", "Requester"), ("created", "Requested"))
SUB_TYPED = frozenset({"status", "priority"})
SYSTEM_FIELDS = (
    ("subject", "Subject", ()),
    ("description", "Description", ()),
    ("status", "Status", STATUSES),
    ("tickettype", "Type", TYPES),
    ("priority", "Priority", PRIORITIES),
    ("group", "Group", ()),
    ("assignee", "Assignee", ()),
)


def macro_json(world: World, index: int, row: Json, root: str) -> Json:
    """A macro; group names in its actions become ids, and an address in `own` its only user."""
    key, stamp = MACRO_BASE + index * 7 + 1, iso(world.hero.created_at)
    actions = [_action(world, action) for action in row["actions"]]
    return {
        "url": f"{root}{API}/macros/{key}.json",
        "id": key,
        "title": row["title"],
        "raw_title": row["title"],
        "active": True,
        "default": False,
        "position": index,
        "description": row.get("description"),
        "actions": actions,
        "restriction": _own(world, row.get("own", "")),
        "created_at": stamp,
        "updated_at": stamp,
    }


def _own(world: World, email: str) -> Json | None:
    found = [user.id for user in world.agents() if user.email == email]
    return {"type": "User", "id": found[0]} if found else None


def _action(world: World, action: Json) -> Json:
    value = action["value"]
    if action["field"] == "group_id":
        value = str(group_named(world, value).id)
    return {"field": action["field"], "value": value}


def view_json(world: World, index: int, row: Json, root: str) -> Json:
    """A view; "@Name" in its conditions becomes that group's id."""
    key, stamp = VIEW_BASE + index * 5 + 1, iso(world.hero.created_at)
    columns = [{"id": name, "title": title} for name, title in COLUMNS]
    conditions = [
        {"field": name, "operator": operator, "value": _value(world, value)}
        for name, operator, value in row["all"]
    ]
    return {
        "url": f"{root}{API}/views/{key}.json",
        "id": key,
        "title": row["title"],
        "raw_title": row["title"],
        "active": row.get("active", True),
        "default": False,
        "position": index,
        "description": row.get("description"),
        "watchable": True,
        "restriction": None,
        "created_at": stamp,
        "updated_at": stamp,
        "execution": {
            "group_by": None,
            "group_order": "asc",
            "sort_by": "updated",
            "sort_order": "desc",
            "group": None,
            "sort": {"id": "updated", "title": "Updated", "order": "desc"},
            "columns": columns,
            "fields": columns,
            "custom_fields": [],
        },
        "conditions": {"all": conditions, "any": []},
    }


def _value(world: World, value: str) -> str:
    return str(group_named(world, value[1:]).id) if value.startswith("@") else value


def field_json(world: World, root: str) -> list[Json]:
    """The system fields and the custom fields that the in-app form fills."""
    system = [
        _field(world, root, FIELD_BASE + index, kind, title, index)
        | _options([str(each) for each in options if each])
        | ({"sub_type_id": 0} if kind in SUB_TYPED else {})
        for index, (kind, title, options) in enumerate(SYSTEM_FIELDS)
    ]
    custom = [
        _custom_field(world, root, key, name, len(system) + index)
        for index, (name, key) in enumerate(table("desk")["fields"].items())
    ]
    return system + custom


def _custom_field(world: World, root: str, key: int, name: str, position: int) -> Json:
    """A text, or a choice when desk.toml names its options."""
    choices = table("desk")["field_options"].get(name)
    title = name.replace("_", " ").title()
    if choices is None:
        return _field(world, root, key, "text", title, position)
    options = [
        {
            "id": key + index + 1,
            "name": each.title(),
            "raw_name": each.title(),
            "value": each,
            "default": False,
        }
        for index, each in enumerate(choices)
    ]
    shape = _field(world, root, key, "tagger", title, position)
    return shape | {"custom_field_options": options}


def _options(names: list[str]) -> Json:
    if not names:
        return {}
    return {"system_field_options": [{"name": each.title(), "value": each} for each in names]}


def _field(world: World, root: str, key: int, kind: str, title: str, position: int) -> Json:
    stamp = iso(world.hero.created_at)
    shape: dict[str, Any] = dict.fromkeys(
        "required collapsed_for_agents visible_in_portal editable_in_portal "
        "required_in_portal".split(),
        False,
    )
    return shape | {
        "url": f"{root}{API}/ticket_fields/{key}.json",
        "id": key,
        "type": kind,
        "title": title,
        "raw_title": title,
        "description": "",
        "raw_description": "",
        "position": position,
        "active": True,
        "regexp_for_validation": None,
        "title_in_portal": title,
        "raw_title_in_portal": title,
        "tag": None,
        "created_at": stamp,
        "updated_at": stamp,
        "removable": kind in ("text", "tagger"),
        "agent_description": None,
    }


def status_json(row: Json, born: int, root: str) -> Json:
    """A custom status: one for each category on this desk."""
    label, stamp = row["label"], iso(born)
    return {
        "url": f"{root}{API}/custom_statuses/{row['id']}.json",
        "id": row["id"],
        "status_category": row["category"],
        "agent_label": label,
        "raw_agent_label": label,
        "end_user_label": label,
        "raw_end_user_label": label,
        "description": "",
        "raw_description": "",
        "end_user_description": "",
        "raw_end_user_description": "",
        "active": True,
        "default": True,
        "created_at": stamp,
        "updated_at": stamp,
    }
