"""The whole mirror as rows, table by table, out of one snapshot and never all of it in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from heroterm.domain.export_tables import TABLES, Value
from heroterm.mirror.connection import Connection, speaking
from heroterm.mirror.encoding import epoch, packed
from heroterm.mirror.reader import Mirror

# Each statement gives the columns of its table in their order, then whether the ticket has a
# content warning. ?1 is a moment or null, ?2 a JSON list of tickets or null.
_SINCE = "(?1 is null or {} >= ?1)"
_AMONG = "(?2 is null or {} in (select value from json_each(?2)))"
_OF_TICKET = f"{_SINCE.format('t.updated_at')} and {_AMONG.format('t.id')}"
_SQL = {
    "tickets": "select t.id, t.status, t.priority, t.type, t.source, t.tier, t.subject, t.title, "
    "t.created_at, t.updated_at, t.status_since, t.requester_id, t.assignee_id, t.group_id, "
    "g.name, t.organization_id, o.name, t.tags, t.channel, t.comment_count, t.replies, "
    "t.never_answered, t.content_warning, t.metric, t.breach_at, t.via_followup_source_id, "
    "t.satisfaction, t.custom_fields, t.missing, t.fetched_at, t.content_warning from ticket t "
    "left join team g on g.id = t.group_id left join organization o on o.id = t.organization_id "
    f"where {_OF_TICKET} order by t.id",
    "comments": "select c.id, c.ticket_id, c.created_at, c.author_id, p.role, c.public, c.channel, "
    "c.from_address, c.body, c.truncated, json_array_length(c.attachments), c.audit_id, "
    "t.content_warning from comment c join ticket t on t.id = c.ticket_id "
    "left join person p on p.id = c.author_id "
    f"where {_SINCE.format('c.created_at')} and {_AMONG.format('c.ticket_id')} order by c.id",
    "events": "select a.id, a.ticket_id, a.created_at, a.author_id, a.channel, a.marker, "
    "json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]'), "
    "json_extract(j.value, '$[2]'), t.content_warning "
    "from audit a join ticket t on t.id = a.ticket_id, json_each(a.changes) j "
    f"where {_SINCE.format('a.created_at')} and {_AMONG.format('a.ticket_id')} "
    "order by a.id, j.key",
    "users": "select id, name, email, role, organization_id, suspended, time_zone, 0 from person "
    "where ?1 is ?1 and (?2 is null or id in (select requester_id from ticket "
    "where id in (select value from json_each(?2))) or role in ('agent', 'admin')) order by id",
    "organizations": "select id, name, domain_names, plan, mrr, tags, content_warning, notes, 0 "
    "from organization where ?1 is ?1 and (?2 is null or id in (select organization_id "
    "from ticket where id in (select value from json_each(?2)))) order by id",
    "sla": "select t.id, json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]'), "
    "json_extract(j.value, '$[2]'), t.slas is null or t.slas = '[]', a.policy, "
    "ifnull(a.seconds, json_extract(j.value, '$[3]')), a.business_hours, a.at, "
    "t.content_warning from ticket t, "
    "json_each(case when ifnull(t.slas, '[]') <> '[]' then t.slas else ifnull(t.estimates, '[]') "
    "end) j left join applied_target a on a.ticket_id = t.id "
    "and a.metric = json_extract(j.value, '$[0]') "
    f"where {_OF_TICKET} order by t.id, j.key",
    "satisfaction": "select t.id, t.satisfaction, t.satisfaction_comment, t.status, t.updated_at, "
    "t.content_warning from ticket t where t.satisfaction is not null "
    f"and {_OF_TICKET} order by t.id",
}


@dataclass(frozen=True, slots=True)
class Portion:
    """Which part of the mirror is wanted: changed since a moment, or some tickets alone."""

    since: datetime | None = None
    tickets: Sequence[int] | None = None


@contextmanager
def snapshot(mirror: Mirror) -> Iterator[None]:
    """What is read inside is of one moment, whatever the carrier writes meanwhile."""
    connection = mirror.connection
    connection.run("begin")
    try:
        yield
    finally:
        connection.run("rollback")


def rows(mirror: Mirror, table: str, portion: Portion) -> Iterator[tuple[list[Value], bool]]:
    """The rows of a table, one by one, and whether each belongs to a ticket with a warning.

    Raises StoreError.
    """
    width = len(TABLES[table])
    since = None if portion.since is None else epoch(portion.since)
    among = None if portion.tickets is None else packed(portion.tickets)
    for row in _each(mirror.connection, _SQL[table], (since, among)):
        yield list(row[:width]), bool(row[width])


def _each(connection: Connection, sql: str, values: Sequence[object]) -> Iterator[Sequence[Value]]:
    with speaking(connection.path):
        # A cursor of plain tuples: rows by name would cost twice as long here.
        cursor = connection.raw.cursor()
        cursor.row_factory = None
        yield from cursor.execute(sql, values)
