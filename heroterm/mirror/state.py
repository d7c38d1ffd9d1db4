"""What the mirror knows about itself: the fields of SyncState, the high water, cursors."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from heroterm.domain.view import OUT_OF_QUEUE, SyncState
from heroterm.errors import StoreError
from heroterm.mirror.connection import Connection
from heroterm.mirror.decoding import moment
from heroterm.mirror.encoding import epoch

if TYPE_CHECKING:
    from heroterm.domain.rotation import Rota

HIGH_WATER = "high_water"
RETIRED = "retired_at"
"""When what was said in old tickets was last forgotten (retention.py); no part of SyncState."""
CLOCKS_SEEN = "clocks_seen"
"""Whether Zendesk ever gave an SLA clock (reckoning.py); no part of SyncState."""
RULES = "rules"
"""Digest of the rules by which tickets were placed last; no part of SyncState."""
_COUNTED = ("tickets", "mirrored")
_MOMENTS = ("synced_at", "offline_since", HIGH_WATER)
_TUPLES = ("group_ids", "not_allowed", "fill_of")
_NAMES = frozenset(field.name for field in fields(SyncState)) - set(_COUNTED) | {HIGH_WATER}


def recalled(connection: Connection, key: str) -> Any:
    """One remembered value as JSON gives it; None when there is none."""
    row = connection.row("select value from memo where key = ?", [key])
    return None if row is None else json.loads(row[0])


def keep(connection: Connection, key: str, value: object) -> None:
    """Keep a value that is no part of SyncState."""
    with connection.transaction():
        connection.run("insert or replace into memo values (?, ?)", [key, json.dumps(value)])


def remember(connection: Connection, **values: object) -> None:
    """Keep fields of SyncState (and `high_water`). Raises TypeError for a name that is none.

    A mirror belongs to one account: StoreError when it is to be another's.
    """
    if unknown := sorted(values.keys() - _NAMES):
        raise TypeError(f"the mirror remembers no {', '.join(unknown)}")
    with connection.transaction():
        _check_account(connection, values.get("account"))
        if values.get("synced_at") is not None and HIGH_WATER not in values:
            values[HIGH_WATER] = _reached(connection)
        connection.many(
            "insert or replace into memo values (?, ?)",
            [(key, json.dumps(_plain(key, value))) for key, value in values.items()],
        )


def _check_account(connection: Connection, account: object) -> None:
    held = recalled(connection, "account")
    if account and held and account != held:
        raise StoreError(
            f"This mirror holds {held}, not {account}; nothing was mixed.",
            "Run `heroterm purge --all` to start anew, or use another HEROTERM_HOME.",
        )


def _plain(key: str, value: Any) -> object:
    if isinstance(value, datetime):
        return epoch(value)
    if key == "rota" and value is not None:
        from heroterm.domain.rotation import document  # most teams keep none

        return document(value)
    return list(value) if isinstance(value, tuple) else value


def _reached(connection: Connection) -> datetime | None:
    row = connection.row("select max(updated_at) from ticket")
    return moment(row[0]) if row is not None else None


def high_water(connection: Connection) -> datetime | None:
    """Newest `updated_at` that a whole pass has reached; None before the first one."""
    return moment(recalled(connection, HIGH_WATER))


def read(connection: Connection) -> SyncState:
    """Everything remembered, with the number of tickets."""
    found = connection.rows("select key, value from memo")
    held: dict[str, Any] = {row["key"]: json.loads(row["value"]) for row in found}
    for name in _MOMENTS:
        held[name] = moment(held.get(name))
    held.pop(HIGH_WATER)
    for other in (RETIRED, CLOCKS_SEEN, RULES):
        held.pop(other, None)
    for name in _TUPLES:
        held[name] = tuple(held.get(name) or ())
    held["rota"] = _rota(held.get("rota"))
    held["tickets"] = connection.number("select count(*) from ticket")
    if held.get("fill_of") and not held.get("first_fill_done"):
        held["mirrored"] = _by_part(connection, held["tickets"])
    return SyncState(**held)


def _by_part(connection: Connection, tickets: int) -> tuple[int, ...]:
    """Tickets to answer, pending, on hold, and all others, which are too many to be counted."""
    sql = f"select section, count(*) from ticket where section < {OUT_OF_QUEUE} group by section"
    many = {row[0]: row[1] for row in connection.rows(sql)}
    unsolved = [many.get(part, 0) for part in (0, 1, 2)]
    return (*unsolved, max(0, tickets - sum(unsolved)))


def _rota(told: Any) -> Rota | None:
    """The rota as it was kept; one that another version wrote otherwise is read anew soon."""
    if told is None:
        return None
    from heroterm.domain.rotation import from_document  # most teams keep none

    try:
        return from_document(told)
    except (KeyError, TypeError, ValueError):
        return None


def save_cursor(connection: Connection, name: str, value: str | None) -> None:
    """Keep a named place in the server's pages, in the caller's transaction; None forgets it."""
    if value is None:
        connection.run("delete from cursor where name = ?", [name])
    else:
        connection.run("insert or replace into cursor values (?, ?)", [name, value])


def cursor(connection: Connection, name: str) -> str | None:
    """The place kept under a name."""
    row = connection.row("select value from cursor where name = ?", [name])
    return None if row is None else str(row[0])
