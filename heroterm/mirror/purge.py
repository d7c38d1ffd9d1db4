"""Remove what should no longer lie on this disk, so that it cannot be read back.

Deleted pages are overwritten (secure_delete is on for every writer), the index is merged so that
no old segment keeps the words, and the log is emptied into the file (security.md §3, Retention).
Not in reach: backups, and what the server sends again.
"""

from __future__ import annotations

from datetime import datetime

from heroterm.mirror import indexing
from heroterm.mirror.connection import Connection
from heroterm.mirror.encoding import epoch, packed

_TABLES = (
    "ticket comment person organization team macro zendesk_view view_member memo cursor "
    "audit field form custom_status identity deleted sla_policy sla_target schedule "
    "applied_target membership team_member".split()
)
_OF_PERSON = ("identity", "membership", "team_member")
_COUNTED = ("ticket", "comment", "person")
_GONE = "id in (select value from json_each(?))"


def purge(
    connection: Connection,
    *,
    older_than: datetime | None = None,
    user_id: int | None = None,
    everything: bool = False,
) -> dict[str, int]:
    """Remove tickets solved and untouched since `older_than`, one person's traces, or all.

    Gives the number of rows removed by table: `ticket`, `comment`, `person`.
    """
    before = _counts(connection)
    with connection.transaction():
        if everything:
            _empty(connection)
        if older_than is not None:
            _drop_tickets(connection, "section = 9 and updated_at < ?", epoch(older_than))
            _drop_strangers(connection)
        if user_id is not None:
            _drop_person(connection, user_id)
    leave_no_trace(connection)
    after = _counts(connection)
    return {table: before[table] - after[table] for table in _COUNTED}


def _counts(connection: Connection) -> dict[str, int]:
    return {table: connection.number(f"select count(*) from {table}") for table in _COUNTED}


def _empty(connection: Connection) -> None:
    indexing.empty(connection)
    for table in _TABLES:
        connection.run(f"delete from {table}")


def _drop_tickets(connection: Connection, where: str, value: int) -> None:
    ids = [row[0] for row in connection.rows(f"select id from ticket where {where}", [value])]
    indexing.forget(connection, ids)
    for table in ("view_member", "deleted", "applied_target"):
        connection.run(
            f"delete from {table} where ticket_id in (select value from json_each(?))",
            [packed(ids)],
        )
    # Comments, audits and words go with their ticket.
    connection.run(f"delete from ticket where {_GONE}", [packed(ids)])


def _drop_strangers(connection: Connection) -> None:
    """Persons whom no ticket and no comment names any more; staff are kept."""
    connection.run(
        "delete from person where role not in ('agent', 'admin') "
        "and not exists (select 1 from ticket t where t.requester_id = person.id) "
        "and not exists (select 1 from comment c where c.author_id = person.id)"
    )
    for table in _OF_PERSON:
        connection.run(f"delete from {table} where person_id not in (select id from person)")


def _drop_person(connection: Connection, user_id: int) -> None:
    """The tickets that they asked, what they wrote elsewhere, and their own row."""
    _drop_tickets(connection, "requester_id = ?", user_id)
    elsewhere = connection.rows(
        "select distinct ticket_id from comment where author_id = ?", [user_id]
    )
    ids = [row[0] for row in elsewhere]
    indexing.forget(connection, ids)
    connection.run("delete from comment where author_id = ?", [user_id])
    connection.run("delete from audit where author_id = ?", [user_id])
    for table in _OF_PERSON:
        connection.run(f"delete from {table} where person_id = ?", [user_id])
    connection.run("delete from person where id = ?", [user_id])
    indexing.learn_if_filled(connection, ids)


def leave_no_trace(connection: Connection) -> None:
    """Merge the index and empty the log, so that no deleted word can be read back."""
    connection.run("insert into document_index(document_index) values ('optimize')")
    connection.rows("pragma wal_checkpoint(truncate)")
