"""Keep persons, organizations and teams, and tell which of them really changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from heroterm.domain.ticket import Group, Organization, Person
from heroterm.mirror.connection import Connection
from heroterm.mirror.encoding import (
    organization_columns,
    packed,
    person_columns,
    unstorable,
)

_Kept = TypeVar("_Kept", Person, Organization, Group)


def save_people(
    connection: Connection, people: Iterable[Person], *, judged: bool = True
) -> list[int]:
    """Write persons; the ids of those that were new or different.

    `judged`: what cannot be stored is left out; otherwise SQLite raises for it.
    """
    return _save(connection, "person", people, person_columns, judged)


def save_organizations(
    connection: Connection, found: Iterable[Organization], *, judged: bool
) -> list[int]:
    """Write organizations; the ids of those that were new or different."""
    return _save(connection, "organization", found, organization_columns, judged)


def save_groups(
    connection: Connection, groups: Iterable[Group], *, judged: bool = True
) -> list[int]:
    """Write groups; the ids of those that were new or different."""
    return _save(connection, "team", groups, lambda group: (group.id, group.name), judged)


def _save(
    connection: Connection,
    table: str,
    found: Iterable[_Kept],
    columns_of: Callable[[_Kept], tuple[object, ...]],
    judged: bool,
) -> list[int]:
    each = ((thing.id, columns_of(thing)) for thing in found)
    rows = {id_: columns for id_, columns in each if not (judged and unstorable(columns))}
    if not rows:
        return []
    sql = f"select * from {table} where id in (select value from json_each(?))"
    before = {row["id"]: tuple(row) for row in connection.rows(sql, [packed(rows)])}
    changed = [id_ for id_, columns in rows.items() if before.get(id_) != columns]
    replace(connection, table, [rows[id_] for id_ in changed])
    return changed


def replace(connection: Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Write whole rows over those with the same key."""
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.many(f"insert or replace into {table} values ({marks})", rows)
