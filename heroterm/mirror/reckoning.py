"""The clock of a queue's row where Zendesk gives none: worked out from what is held of the ticket.

An account counts as one that gives clocks from the first that ever came; then its word holds for
every ticket, and a ticket without a clock has no target.
"""

from __future__ import annotations

from collections.abc import Iterable

from heroterm.domain.estimate import clocks, happenings
from heroterm.domain.targets import Targets
from heroterm.domain.ticket import SlaClock, Ticket
from heroterm.mirror import audits
from heroterm.mirror.connection import Connection
from heroterm.mirror.decoding import texts
from heroterm.mirror.encoding import LARGEST, estimates_text, packed
from heroterm.mirror.placing import clock_columns
from heroterm.mirror.state import CLOCKS_SEEN
from heroterm.mirror.values import comment_of, ticket_of

_CLOCK = (
    "update ticket set (metric, stage, breach_at, due, estimated, estimates) = (?, ?, ?, ?, ?, ?)"
)


def note_clocks(connection: Connection, tickets: Iterable[Ticket]) -> None:
    """Remember that the account gives clocks, once one came; estimates made before it go."""
    if not any(ticket.slas for ticket in tickets) or seen(connection):
        return
    connection.run("insert or replace into memo values (?, 'true')", [CLOCKS_SEEN])
    connection.run(f"{_CLOCK} where estimated", [None, None, None, LARGEST, 0, None])


def seen(connection: Connection) -> bool:
    """Whether Zendesk ever gave a clock to this mirror."""
    return connection.row("select 1 from memo where key = ?", [CLOCKS_SEEN]) is not None


def judge(connection: Connection, promised: Targets | None, ids: Iterable[int]) -> None:
    """Give unsolved tickets the clock of the team's own table, in the caller's transaction."""
    if promised is None or promised.source == "zendesk":
        return
    if promised.source == "auto" and seen(connection):
        return
    found = connection.rows(
        "select t.*, '' as description, o.tags as more from ticket t "
        "left join organization o on o.id = t.organization_id "
        "where t.status_section < 9 and t.id in (select value from json_each(?))",
        [packed(ids)],
    )
    made = []
    for row in found:
        ticket = ticket_of(row)
        tags = frozenset((*ticket.tags, *texts(row["more"] or "[]")))
        told = _clocks(connection, ticket, tags, promised)
        made.append((*clock_columns(told), int(bool(told)), estimates_text(told), ticket.id))
    connection.many(f"{_CLOCK} where id = ?", made)


def _clocks(
    connection: Connection, ticket: Ticket, tags: frozenset[str], promised: Targets
) -> tuple[SlaClock, ...]:
    rows = connection.rows(
        "select * from comment where ticket_id = ? and public order by created_at, id", [ticket.id]
    )
    if not rows and ticket.replies:
        return ()  # answered, and when is not known before the thread is fetched
    comments = [comment_of(row) for row in rows]
    staff = connection.rows(
        "select id from person where role in ('agent', 'admin') "
        "and id in (select value from json_each(?))",
        [packed({c.author_id for c in comments if c.author_id is not None})],
    )
    known = audits.read(connection, ticket.id).audits
    happened = happenings(
        ticket, comments, frozenset(row[0] for row in staff), known, promised.escalated_tags
    )
    return clocks(ticket, tags, happened, promised)
