"""How much of a thread is held: read up to when, whole or not, and behind its ticket or not.

`thread_at` is the moment up to which it was read, `thread_basis` the change of the ticket that was
known then. A thread is never taken for current where that is not certain.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from heroterm.domain.view import OUT_OF_QUEUE
from heroterm.mirror.connection import Connection
from heroterm.mirror.encoding import LARGEST, epoch, packed

CLOCKS_DIFFER = 3
"""Seconds by which what we take for the server's time may be off: `Date` has whole seconds."""
BEHIND = "(thread_at is null or (updated_at > thread_basis and updated_at >= thread_at))"
"""Whether a thread was never read, or something changed on its ticket since."""
# Retention counts from `thread_at`, so that a thread that nobody asked for is as old as its ticket.
# A change of the second in which the thread was read may have come after it: as if it had not been
# read up to that change, so that it is read once more. A change far ahead is a wrong clock.
_READ = f"""
    update ticket set thread_complete = ?1,
        thread_at = max(ifnull(thread_at, 0), iif(?4, min(?2, updated_at + 1), ?2)),
        thread_basis = updated_at - (updated_at between ?2 and ?2 + {2 * CLOCKS_DIFFER})
    where id = ?3"""
_WHOLE = """
    update ticket set thread_complete = 1, thread_at = updated_at + 1, thread_basis = updated_at
    where thread_at is null and updated_at < ?1 and id in (select value from json_each(?2))
        and comment_count = (select count(*) from comment c where c.ticket_id = ticket.id)"""


def read(
    connection: Connection, ticket_id: int, at: datetime, *, complete: bool, unasked: bool
) -> None:
    """A thread was read at server time `at`; `complete`: nothing older is missing. `unasked`:
    nobody looks at it, so that it is kept no longer for that.
    """
    connection.run(_READ, [int(complete), epoch(at) - CLOCKS_DIFFER, ticket_id, int(unasked)])


def whole_by_parts(connection: Connection, ids: Iterable[int], until: int) -> None:
    """Every comment up to `until` (epoch s) has come by itself: threads never read that hold as
    many as their tickets count are whole as of then.
    """
    connection.run(_WHOLE, [until - CLOCKS_DIFFER, packed(ids)])


def known(connection: Connection, ticket_id: int) -> bool:
    """Whether the thread of a ticket was ever read."""
    sql = "select 1 from ticket where id = ? and thread_at is not null"
    return abs(ticket_id) <= LARGEST and connection.row(sql, [ticket_id]) is not None


def stale(connection: Connection, limit: int) -> list[int]:
    """Unsolved tickets whose comments were never fetched or are older than the ticket."""
    found = connection.rows(
        "select id from ticket indexed by ticket_stale where thread_stale order by due, id limit ?",
        [limit],
    )
    return [row[0] for row in found]


def older(connection: Connection, limit: int, since: datetime) -> list[int]:
    """Solved tickets, changed since then, whose comments are not held as they are now: those
    changed last first.
    """
    found = connection.rows(
        "select id from ticket indexed by ticket_updated where updated_at >= ? "
        f"and status_section = {OUT_OF_QUEUE} and not missing and {BEHIND} "
        "order by updated_at desc limit ?",
        [epoch(since), limit],
    )
    return [row[0] for row in found]
