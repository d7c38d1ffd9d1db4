"""Keep the comments of one ticket, and say whose comments are behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from heroterm.domain.targets import Targets
from heroterm.domain.ticket import Comment, Person
from heroterm.errors import StoreError
from heroterm.mirror import answered, indexing, reckoning, thread_marks
from heroterm.mirror.connection import Connection
from heroterm.mirror.encoding import LARGEST, comment_columns, packed, unstorable
from heroterm.mirror.pages import again, of_people
from heroterm.mirror.people import replace, save_people
from heroterm.mirror.placing import Place


def save(
    connection: Connection,
    place: Place,
    promised: Targets | None,
    ticket_id: int,
    comments: Iterable[Comment],
    people: Iterable[Person],
    *,
    complete: bool,
    at: datetime | None,
    unasked: bool = False,
) -> None:
    """Write a thread, asked for at server time `at`, with its authors, in one transaction.

    `complete` says that nothing older is missing; then comments that were not given are gone from
    the server, too. `at` None: more of it is on its way, so that what is known of the thread as a
    whole stays; `unasked`: nobody looks at it, so it is kept no longer for that. Raises StoreError
    when the ticket itself is not held.
    """
    rows = _rows(ticket_id, comments)
    with connection.transaction():
        _check_held(connection, ticket_id)
        changed = of_people(connection, save_people(connection, people))
        _write(connection, ticket_id, rows, complete)
        if at is not None:
            thread_marks.read(connection, ticket_id, at, complete=complete, unasked=unasked)
        again(connection, place, changed)
        answered.judge(connection, {ticket_id, *changed})
        reckoning.judge(connection, promised, {ticket_id, *changed})
        indexing.learn_if_filled(connection, [ticket_id, *changed])


def add(
    connection: Connection,
    comments: Iterable[Comment],
    *,
    until: int | None = None,
    more: bool = False,
) -> list[int]:
    """Write comments that came by themselves, of any tickets; the tickets that lacked some.

    A thread that was read keeps its marks, and a comment that is held stays as the thread gave it,
    which may be newer. `until`: all that was ever said up to then (epoch s) has come, this page
    included, so a thread never read may have become whole. A ticket that is not held keeps none.
    While `more` come at once, they wait for the index: else a ticket would be learnt anew for each
    of its comments.
    """
    good = {c.id: c for c in comments if not unstorable(comment_columns(c))}
    with connection.transaction():
        known = _among(connection, "comment", good)
        held = _among(connection, "ticket", {c.ticket_id for c in good.values()})
        new = [c for c in good.values() if c.id not in known and c.ticket_id in held]
        ids = sorted({c.ticket_id for c in new})
        # Before the rows change: the index can only forget what it can still read.
        indexing.forget(connection, ids)
        replace(connection, "comment", [comment_columns(c) for c in new])
        if until is not None:
            thread_marks.whole_by_parts(connection, held, until)
        answered.judge(connection, ids)
        if not more:
            indexing.learn_if_filled(connection, ids)
    return ids


def _among(connection: Connection, table: str, ids: Iterable[int]) -> set[int]:
    sql = f"select id from {table} where id in (select value from json_each(?))"
    return {row[0] for row in connection.rows(sql, [packed(ids)])}


def _rows(ticket_id: int, comments: Iterable[Comment]) -> dict[int, tuple[object, ...]]:
    mine = (comment for comment in comments if comment.ticket_id == ticket_id)
    return {c.id: columns for c in mine if not unstorable(columns := comment_columns(c))}


def _held(connection: Connection, ticket_id: int) -> bool:
    sql = "select 1 from ticket where id = ?"
    return abs(ticket_id) <= LARGEST and connection.row(sql, [ticket_id]) is not None


def _check_held(connection: Connection, ticket_id: int) -> None:
    if not _held(connection, ticket_id):
        raise StoreError(
            f"Ticket #{ticket_id} is not in the mirror, so its comments were not kept.",
            f"Fetch the ticket first: open #{ticket_id} or sync.",
        )


def _write(
    connection: Connection, ticket_id: int, rows: dict[int, tuple[object, ...]], complete: bool
) -> None:
    found = connection.rows("select * from comment where ticket_id = ?", [ticket_id])
    before = {row["id"]: tuple(row) for row in found}
    changed = [row for id_, row in rows.items() if before.get(id_) != row]
    gone = sorted(before.keys() - rows.keys()) if complete else []
    if not changed and not gone:
        return
    # Before the rows change: the index can only forget what it can still read.
    indexing.forget(connection, [ticket_id])
    connection.run(
        "delete from comment where id in (select value from json_each(?))", [packed(gone)]
    )
    replace(connection, "comment", changed)
