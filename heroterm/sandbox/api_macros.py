"""Macros: the list, and what applying one would change; nothing is written (api.md §7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from heroterm.sandbox.api_tickets import find
from heroterm.sandbox.call import Answer, Call, number
from heroterm.sandbox.desk_json import macro_json
from heroterm.sandbox.materials import table
from heroterm.sandbox.paging import paged, plain
from heroterm.sandbox.placeholders import rendered
from heroterm.sandbox.records import Json
from heroterm.sandbox.refusal import not_found
from heroterm.sandbox.ticket_json import ticket_json
from heroterm.sandbox.updates import clean_tags

NUMBERS = frozenset({"group_id", "assignee_id", "custom_status_id"})
WORDS = frozenset({"comment_value", "comment_value_html"})


def listing(call: Call) -> Answer:
    """GET /macros and /macros/active; `active=true` chooses, and to an admin, who sees those of
    others, too, `only_viewable=true`.
    """
    active = call.path.endswith("/active")
    rows = _macros(call)
    if call.user.role != "admin" or (not active and call.query.get("only_viewable") == "true"):
        mine = (None, {"type": "User", "id": call.user.id})
        rows = {key: row for key, row in rows.items() if row["restriction"] in mine}
    if active or call.query.get("active") == "true":
        rows = {key: row for key, row in rows.items() if row["active"]}
    page = paged(call, plain(rows), ("id",))
    return Answer({"macros": [rows[key] for key in page.ids], **page.frame})


def show(call: Call, macro_id: int) -> Answer:
    """GET /macros/{id}. Raises Refusal (404)."""
    rows = _macros(call)
    if macro_id not in rows:
        raise not_found()
    return Answer({"macro": rows[macro_id]})


def search(call: Call) -> Answer:
    """GET /macros/search: by a part of the title."""
    word = call.query.get("query", "").lower()
    rows = {key: row for key, row in _macros(call).items() if word in row["title"].lower()}
    page = paged(call, plain(rows), ("id",))
    return Answer({"macros": [rows[key] for key in page.ids], **page.frame})


def apply(call: Call, macro_id: int) -> Answer:
    """GET /macros/{id}/apply: only what the macro changes; placeholders stay as they are."""
    actions = _macros(call).get(macro_id)
    if actions is None:
        raise not_found()
    return Answer({"result": {"ticket": _effect(call, actions, lambda text: text, [])}})


def apply_to_ticket(call: Call, ticket_id: int, macro_id: int) -> Answer:
    """GET /tickets/{t}/macros/{m}/apply: the whole ticket as it would be afterwards."""
    ticket, macro = find(call, ticket_id), _macros(call).get(macro_id)
    if macro is None:
        raise not_found()

    def filled(text: str) -> str:
        return rendered(call.world, ticket, call.user, text)

    changed = _effect(call, macro, filled, list(ticket.tags))
    return Answer({"result": {"ticket": ticket_json(ticket, call.root) | changed}})


def _macros(call: Call) -> dict[int, Json]:
    shapes = [
        macro_json(call.world, index, row, call.root)
        for index, row in enumerate(table("desk")["macro"])
    ]
    return {shape["id"]: shape for shape in shapes}


def _effect(call: Call, macro: Json, filled: Callable[[str], str], tags: list[str]) -> Json:
    changed: Json = {}
    actions = [(str(each["field"]), each["value"]) for each in macro["actions"]]
    comment = _comment(actions, filled)
    if comment:
        changed["comment"] = comment
    for name, value in actions:
        if name in ("current_tags", "set_tags", "remove_tags"):
            tags = _tagged(name, tags, clean_tags(value))
            changed["tags"] = tags
        elif name.startswith("custom_fields_"):
            key = number(name.removeprefix("custom_fields_"))
            changed["fields"] = {"id": key, "value": value}
        elif name not in WORDS and name != "comment_mode_is_public":
            changed[name] = _value(call, name, value)
    return changed


def _comment(actions: list[tuple[str, Any]], filled: Callable[[str], str]) -> Json:
    named = dict(actions)
    if not WORDS & set(named):
        return {}
    raw = named.get("comment_value", named.get("comment_value_html", ""))
    # A list names the channel first: ["channel:all", "text"].
    text = filled(str(raw[-1] if isinstance(raw, list) else raw))
    shape: Json = {
        "body": text,
        "public": str(named.get("comment_mode_is_public", "true")) == "true",
        "scoped_body": [["channel:all", text]],
    }
    if "comment_value_html" in named:
        shape["html_body"] = text
    return shape


def _tagged(name: str, have: list[str], named: list[str]) -> list[str]:
    if name == "set_tags":
        return named
    if name == "remove_tags":
        return [tag for tag in have if tag not in named]
    return [*have, *(tag for tag in named if tag not in have)]


def _value(call: Call, name: str, value: Any) -> Any:
    if value == "current_user":
        return call.user.id
    if value == "current_groups":
        return call.user.group_id
    if name in NUMBERS:
        return number(value) if value else None
    return value
