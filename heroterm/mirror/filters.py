"""What key:value means: a condition on a ticket `t`, and a sentence where it was not understood."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC

from heroterm.domain.query import FILTER_KEYS, LIFE, NAMED_KEYS, SCALES, Term, elsewhere, trouble
from heroterm.domain.query_elsewhere import without_effect
from heroterm.domain.ticket import UNSOLVED_STATUSES
from heroterm.mirror.connection import Connection
from heroterm.mirror.encoding import LARGEST, packed
from heroterm.mirror.state import recalled

TEXT_KEYS = {"subject": "subject", "comment": "comments", "description": "comments"}
"""Keys that search words in one column of the index only."""


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL about a ticket `t` with its values; `say` explains what was not understood."""

    sql: str
    values: tuple[object, ...] = ()
    say: str = ""
    walk: str = ""
    """The column along whose index the newest that meet it are found first; "": the number."""


_UNSOLVED = f"t.status in ({', '.join(map(repr, UNSOLVED_STATUSES))})"
"""As the index `ticket_unsolved` says it, so that SQLite sees that it serves."""
_NOTHING = "false"


def _scale(column: str) -> Callable[[Term, Connection], Condition]:
    """A key whose values have an order: status and priority."""

    def condition(term: Term, _: Connection) -> Condition:
        if say := trouble(term):
            return Condition(f"t.{column} is ?", (term.value.lower(),), say)
        if not term.meant and term.value.lower() == "none":
            return Condition(f"t.{column} is null")
        return _among(column, term.meant)

    return condition


def _among(column: str, meant: Iterable[str]) -> Condition:
    found = tuple(dict.fromkeys(meant))
    # A tier that the hero gave is an expression, in which SQLite makes no number of a text.
    values = tuple(map(int, found)) if column == "tier" else found
    sql = f"t.{column} in (select value from json_each(?))"
    if column == "status" and set(values) <= set(UNSOLVED_STATUSES):
        sql = f"{_UNSOLVED} and {sql}"
    return Condition(sql, (packed(values),))


def _like(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _one_of(column: str, ids: list[int]) -> Condition:
    """Tickets whose column is one of these. A single one is walked along its index, in order."""
    if len(ids) == 1:
        return Condition(f"t.{column} = ?", (ids[0],))
    # Several groups hold a good part of all tickets: those are found sooner from the newest on.
    plus = "+" if column == "group_id" else ""
    return Condition(f"{plus}t.{column} in (select value from json_each(?))", (packed(ids),))


def _named(
    column: str, table: str, noun: str, only: str = "true"
) -> Callable[[Term, Connection], Condition]:
    """A key whose value is part of a name in another table, among the rows that `only` allows."""

    def condition(term: Term, connection: Connection) -> Condition:
        if term.value.lower() == "none":
            return Condition(f"t.{column} is null")
        like = "(name like ? escape '\\' or id is ?)"
        sql = f"select id from {table} where {only} and {like} limit 1000"
        number = int(term.value) if _is_number(term.value) else None
        ids = [row[0] for row in connection.rows(sql, [_like(term.value), number])]
        if not ids:
            say = f"{term.raw}: no {noun} of that name is in the mirror."
            return Condition(_NOTHING, say=say)
        return _one_of(column, ids)

    return condition


def _person(column: str, only: str = "true") -> Callable[[Term, Connection], Condition]:
    """A key whose value is a person: `me`, `none`, an address, or part of a name."""
    by_name = _named(column, "person", "person", only)

    def condition(term: Term, connection: Connection) -> Condition:
        value = term.value.lower()
        if value == "me":
            me = recalled(connection, "user_id")
            say = "" if me else f"{term.raw}: nobody is signed in yet."
            return Condition(f"t.{column} = ?" if me else _NOTHING, (me,) if me else (), say)
        if "@" not in value:
            return by_name(term, connection)
        sql = "select id from person where email = ? collate nocase"
        ids = [row[0] for row in connection.rows(sql, [value])]
        say = "" if ids else f"{term.raw}: nobody with that address is in the mirror."
        return replace(_one_of(column, ids), say=say)

    return condition


def _tag(term: Term, _: Connection) -> Condition:
    value = term.value.lower()  # as Zendesk keeps every tag
    if value == "none":
        return Condition("t.tags = '[]'")
    # Tags lie as JSON, in which a quoted tag can stand only as a whole one.
    return Condition("instr(t.tags, ?) > 0", (json.dumps(value, ensure_ascii=False),))


def _word(column: str) -> Callable[[Term, Connection], Condition]:
    """A key whose value is one whole word, or `none`."""

    def condition(term: Term, _: Connection) -> Condition:
        value = term.value.lower()
        if value == "none":
            return Condition(f"t.{column} is null")
        return Condition(f"t.{column} = ?", (value,))

    return condition


def _every(term: Term, _: Connection) -> Condition:
    """`type:ticket`: nothing else is searched."""
    return Condition("true")


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and int(value.lstrip("0")[:20] or 0) <= LARGEST


def _number(term: Term, _: Connection) -> Condition:
    known = _is_number(term.value)
    return Condition("t.id = ?", (int(term.value),)) if known else Condition(_NOTHING)


def _date(column: str, sort: str = "true") -> Callable[[Term, Connection], Condition]:
    """A key whose value is a day in UTC, or a moment; of tickets that are of a sort."""
    walk = column.removeprefix("t.") if sort == "true" else ""

    def condition(term: Term, _: Connection) -> Condition:
        if term.day is None:
            return Condition(_NOTHING, say=trouble(term) or _undated(term))
        start = int(term.day.replace(tzinfo=term.day.tzinfo or UTC).timestamp())
        day = 86_400 if term.whole_day else 1
        sql, at = {
            ":": (f"{column} between ? and ?", (start, start + day - 1)),
            "<": (f"{column} < ?", (start,)),
            "<=": (f"{column} < ?", (start + day,)),
            ">": (f"{column} >= ?", (start + day,)),
            ">=": (f"{column} >= ?", (start,)),
        }[term.operator]
        return Condition(sql if walk else f"{sort} and {sql}", at, walk=walk)

    return condition


_MOMENTS = {
    "since": "ifnull(t.status_since, t.updated_at)",
    "created": "t.created_at",
    "updated": "t.updated_at",
    "breach": "t.breach_at",
}
"""What each moment of a ticket's life is called here."""


def _undated(term: Term) -> str:
    return f"{term.raw}: what time it is is not known here."


def _life(term: Term, _: Connection) -> Condition:
    """A key of LIFE, whose span has been made a moment (domain.lifecycle_query)."""
    if term.day is None or term.day.tzinfo is None:
        return Condition(_NOTHING, say=trouble(term) or _undated(term))
    life, at = LIFE[term.key], int(term.day.timestamp())
    operator = "<=" if term.operator == ":" else term.operator
    parts, moment = [f"{_MOMENTS[life.moment]} {operator} ?"], [at]
    if set(life.statuses) <= set(UNSOLVED_STATUSES) and life.statuses:
        parts.insert(0, _UNSOLVED)
    if life.statuses:
        parts.insert(-1, f"t.status in ({', '.join(map(repr, life.statuses))})")
    if life.moment == "breach":
        parts.append("ifnull(t.stage, '') <> 'paused'")
    return Condition(" and ".join(parts), tuple(moment))


_KEYS: dict[str, Callable[[Term, Connection], Condition]] = {
    "#": _number,
    "id": _number,
    "ticket_id": _number,
    "status": _scale("status"),
    "priority": _scale("priority"),
    "tier": _scale("tier"),
    "org": _named("organization_id", "organization", "organization"),
    "organization": _named("organization_id", "organization", "organization"),
    "group": _named("group_id", "team", "group"),
    "assignee": _person("assignee_id", "role in ('agent', 'admin')"),
    "requester": _person("requester_id"),
    "tag": _tag,
    "tags": _tag,
    "type": _every,
    "ticket_type": _word("type"),
    "via": _word("channel"),
    "created": _date("t.created_at"),
    "updated": _date("t.updated_at"),
    "solved": _date(_MOMENTS["since"], "t.status = 'solved'"),
    **dict.fromkeys(LIFE, _life),
}


def known(term: Term) -> bool:
    """Whether the term's key is one that filters."""
    return term.key in FILTER_KEYS or bool(elsewhere(term))


def any_of(group: Sequence[Term], connection: Connection) -> Condition:
    """What terms ask of a ticket of which one must hold (query.grouped)."""
    made = [condition(term, connection) for term in group]
    if len(made) == 1:
        return made[0]
    key = group[0].key
    if key in SCALES and all(term.meant for term in group):
        return _among(key, (value for term in group for value in term.meant))
    values = tuple(value for each in made for value in each.values)
    said = "  ".join(dict.fromkeys(each.say for each in made if each.say))
    return Condition(" or ".join(f"({each.sql})" for each in made), values, said, made[0].walk)


def condition(term: Term, connection: Connection) -> Condition:
    """What a term with a known key asks of a ticket `t`, whatever stands beside it."""
    if say := elsewhere(term):
        return Condition("true" if without_effect(term.key) else _NOTHING, say=say)
    if not term.value:
        return Condition("true", say=trouble(term))
    if term.key in NAMED_KEYS and (say := trouble(term)):
        return Condition(_NOTHING, say=say)
    made = _KEYS[term.key](term, connection)
    # `is not true` and not `not`: a ticket without the field is one that does not have it.
    return Condition(f"({made.sql}) is not true", made.values, made.say) if term.negative else made
