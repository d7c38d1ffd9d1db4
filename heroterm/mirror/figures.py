"""Counts over all tickets for the week's numbers, each one walk along an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from heroterm.domain.calendar import Calendar
from heroterm.domain.view import OUT_OF_QUEUE
from heroterm.mirror.connection import Connection
from heroterm.mirror.decoding import known_moment
from heroterm.mirror.encoding import epoch, packed


def open_by_tier(connection: Connection, at: datetime) -> dict[int, int]:
    """How many tickets of each tier were unsolved at a moment, as far as the mirror can know.

    A ticket that is solved by now counts until it was last changed.
    """
    sql = (
        "select tier, count(*) as many from ticket where created_at <= ?1 and "
        f"(status_section < {OUT_OF_QUEUE} or updated_at > ?1) and missing = 0 group by tier"
    )
    return {row["tier"]: row["many"] for row in connection.rows(sql, [epoch(at)])}


def created(connection: Connection, ends: Sequence[datetime], start: datetime) -> list[int]:
    """How many tickets came in each span between `start` and the ends."""
    bounds = [start, *ends]
    sql = "select count(*) from ticket where created_at > ? and created_at <= ?"
    return [connection.number(sql, [epoch(a), epoch(b)]) for a, b in pairwise(bounds)]


def first_replies(
    connection: Connection, since: datetime, of: Iterable[int] | None = None
) -> list[tuple[datetime, datetime, int]]:
    """Creation and first public answer by staff, and by whom, of tickets that changed since and
    have one; of some tickets alone where they are named.
    """
    # Beside min() SQLite gives the other columns of the row in which the least was found.
    sql = (
        "select t.created_at as born, min(c.created_at) as answered, c.author_id as who "
        "from ticket t join comment c on c.ticket_id = t.id and c.public "
        "join person p on p.id = c.author_id and p.role in ('agent', 'admin') "
        "where t.updated_at >= ?1 and c.author_id is not t.requester_id "
        "and (?2 is null or t.id in (select value from json_each(?2))) group by t.id"
    )
    rows = connection.rows(sql, [epoch(since), None if of is None else packed(of)])
    return [(known_moment(r["born"]), known_moment(r["answered"]), r["who"]) for r in rows]


def breaches(
    connection: Connection, since: datetime, now: datetime, hours: Calendar
) -> list[datetime]:
    """When reply targets ran out since: those that are not met yet, and those that were met later,
    as far as Zendesk told what it promised or the desk worked it out itself. `hours` are those in
    which work time counts.
    """
    sql = (
        f"select breach_at as at from ticket where section < {OUT_OF_QUEUE} and status_section = 0 "
        "and breach_at > ?1 and breach_at <= ?2 union all "
        "select json_extract(j.value, '$[2]') as at from ticket t, json_each(t.estimates) j "
        "where t.estimated and t.updated_at > ?1 and not t.missing "
        "and json_extract(j.value, '$[1]') = 'achieved' and json_extract(j.value, '$[4]') "
        "and json_extract(j.value, '$[2]') > ?1 and json_extract(j.value, '$[2]') <= ?2"
    )
    found = [known_moment(row["at"]) for row in connection.rows(sql, [epoch(since), epoch(now)])]
    return found + [at for at in _met_late(connection, since, hours) if since < at <= now]


def _met_late(connection: Connection, since: datetime, hours: Calendar) -> Iterator[datetime]:
    """When the targets of Zendesk's ran out that were met later: a reply by staff ends a clock, the
    first one of all that of the first reply.
    """
    sql = (
        "select p.at, p.seconds, p.business_hours, min(c.created_at) as answered "
        "from applied_target p join ticket t on t.id = p.ticket_id "
        "join comment c on c.ticket_id = t.id and c.public and c.author_id is not t.requester_id "
        "and (p.metric = 'first_reply_time' or c.created_at > p.at) "
        "join person a on a.id = c.author_id and a.role in ('agent', 'admin') "
        "where p.metric in ('first_reply_time', 'next_reply_time') and p.seconds is not null "
        "and not t.missing and not t.estimated and t.updated_at > ?1 group by p.ticket_id, p.metric"
    )
    for row in connection.rows(sql, [epoch(since)]):
        begun, length = known_moment(row["at"]), timedelta(seconds=row["seconds"])
        due = hours.after(begun, length) if row["business_hours"] else begun + length
        if due is not None and due < known_moment(row["answered"]):
            yield due


def solved(connection: Connection, since: datetime) -> list[datetime]:
    """When the tickets that are solved, or closed since, were solved. Of a closed one only what
    somebody who opened it let come tells that.
    """
    sql = (
        "select t.status, ifnull((select max(a.created_at) from audit a, json_each(a.changes) c "
        "where a.ticket_id = t.id and json_extract(c.value, '$[0]') = 'status' "
        "and json_extract(c.value, '$[2]') = 'solved'), "
        "case t.status when 'solved' then ifnull(t.status_since, t.updated_at) end) as at "
        "from ticket t where t.status in ('solved', 'closed') and not t.missing "
        "and t.updated_at > ?1"
    )
    rows = connection.rows(sql, [epoch(since)])
    return [known_moment(row["at"]) for row in rows if row["at"] is not None]


def satisfaction(connection: Connection, since: datetime) -> tuple[int, int]:
    """Good and bad ratings of tickets that changed since."""
    sql = "select count(*) from ticket where updated_at >= ? and satisfaction = ?"
    good, bad = (connection.number(sql, [epoch(since), score]) for score in ("good", "bad"))
    return good, bad


def solved_since(connection: Connection, since: datetime, group_ids: Sequence[int]) -> int:
    """How many tickets of some groups (none: of all) are over and changed since a moment."""
    groups = packed(group_ids)
    sql = (
        f"select count(*) from ticket where updated_at > ?1 and section = {OUT_OF_QUEUE} "
        "and not missing and (?2 = '[]' or group_id in (select value from json_each(?2)))"
    )
    return connection.number(sql, [epoch(since), groups])
