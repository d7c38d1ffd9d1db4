"""Forget what was said in tickets solved long ago (security.md §3, Retention).

The ticket itself stays, so that lists, links and counts hold; its comments, its audits, its first
words and the targets of its clocks go. `heroterm show` brings them again while the server has them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from heroterm.mirror import indexing, state
from heroterm.mirror.connection import Connection
from heroterm.mirror.decoding import moment
from heroterm.mirror.encoding import epoch, packed
from heroterm.mirror.purge import leave_no_trace

EVERY = timedelta(days=7)
"""How often there is anything to do."""
_BATCH = 500
_AMONG = "in (select value from json_each(?))"
# What a person opened anew stays as long again as what was solved: `thread_at` is that moment.
_OLD = (
    "select t.id from ticket t join words w on w.ticket_id = t.id "
    "where t.section = 9 and t.updated_at < ?1 and ifnull(t.thread_at, 0) < ?1 and t.id > ?2 "
    "and (w.description <> '' or exists (select 1 from comment c where c.ticket_id = t.id) "
    "or exists (select 1 from audit a where a.ticket_id = t.id)) order by t.id limit ?3"
)


def due(connection: Connection, now: datetime) -> bool:
    """Whether a week has gone by since the last round, or the clock went back."""
    last = moment(state.recalled(connection, state.RETIRED))
    return last is None or not timedelta() <= now - last < EVERY


def retire(connection: Connection, older_than: datetime, *, now: datetime) -> Iterator[int]:
    """Forget the words of tickets solved and untouched since `older_than`.

    Each step is a transaction over a batch of tickets and gives the comments that went with it;
    the last one ends the round and leaves no trace. A round that is broken off begins again.
    """
    last = 0
    while True:
        with connection.transaction():
            found = connection.rows(_OLD, [epoch(older_than), last, _BATCH])
            ids = [row[0] for row in found]
            gone = _forget(connection, ids)
        if not ids:
            break
        last = ids[-1]
        yield gone
    with connection.transaction():
        connection.run(
            "insert or replace into memo values (?, ?)", [state.RETIRED, json.dumps(epoch(now))]
        )
    if last:
        leave_no_trace(connection)


def _forget(connection: Connection, ids: list[int]) -> int:
    wanted = [packed(ids)]
    indexing.forget(connection, ids)
    gone = connection.run(f"delete from comment where ticket_id {_AMONG}", wanted)
    connection.run(f"delete from audit where ticket_id {_AMONG}", wanted)
    connection.run(f"delete from applied_target where ticket_id {_AMONG}", wanted)
    connection.run(f"update words set description = '' where ticket_id {_AMONG}", wanted)
    connection.run(
        "update ticket set thread_complete = 0, audits_complete = 0, thread_at = null, "
        f"thread_basis = null where id {_AMONG}",
        wanted,
    )
    indexing.learn_if_filled(connection, ids)
    return gone
