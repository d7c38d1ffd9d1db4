"""Keep what is fetched now and then as a whole: macros, saved views, who is in a view."""

from __future__ import annotations

from collections.abc import Iterable

from heroterm.domain.ticket import Group, Macro, ZendeskView
from heroterm.mirror import state
from heroterm.mirror.connection import Connection
from heroterm.mirror.encoding import LARGEST, macro_columns, unstorable
from heroterm.mirror.people import replace

_READ = "members of view {}"
"""Name under which it is noted that the tickets of a view were brought."""


def replace_whole(connection: Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Write all rows of a table anew; those that cannot be stored are left out."""
    kept = [row for row in rows if not unstorable(row)]
    with connection.transaction():
        connection.run(f"delete from {table}")
        replace(connection, table, kept)


def replace_groups(connection: Connection, groups: Iterable[Group]) -> None:
    """The account's groups, all of them."""
    replace_whole(connection, "team", ((group.id, group.name) for group in groups))


def replace_macros(connection: Connection, macros: Iterable[Macro]) -> None:
    """The macros that this person may use, all of them."""
    replace_whole(connection, "macro", (macro_columns(macro) for macro in macros))


def replace_views(connection: Connection, views: Iterable[ZendeskView]) -> None:
    """The saved views that this person sees, all of them."""
    replace_whole(
        connection, "zendesk_view", ((view.id, view.title, view.position) for view in views)
    )


def replace_members(connection: Connection, view_id: int, ids: Iterable[int]) -> None:
    """The tickets of one saved view; they need not be mirrored yet."""
    members = sorted({id_ for id_ in ids if id_ <= LARGEST})
    with connection.transaction():
        connection.run("delete from view_member where view_id = ?", [view_id])
        replace(connection, "view_member", [(view_id, id_) for id_ in members])
        state.save_cursor(connection, _READ.format(view_id), str(len(members)))


def members_read(connection: Connection, view_id: int) -> int | None:
    """How many tickets a saved view held when they were brought; None: never."""
    kept = state.cursor(connection, _READ.format(view_id))
    if kept is not None:
        return int(kept)
    # A mirror from before this was noted says by its rows that they were brought.
    sql = "select count(*) from view_member where view_id = ?"
    return connection.number(sql, [min(view_id, LARGEST)]) or None
