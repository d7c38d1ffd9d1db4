"""Counts over all tickets for the week's numbers, each one walk along an index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

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


def first_replies(connection: Connection, since: datetime) -> list[tuple[datetime, datetime]]:
    """Creation and first public answer by staff, of tickets that changed since and have one."""
    sql = (
        "select t.created_at as born, min(c.created_at) as answered from ticket t "
        "join comment c on c.ticket_id = t.id and c.public "
        "join person p on p.id = c.author_id and p.role in ('agent', 'admin') "
        "where t.updated_at >= ? and c.author_id is not t.requester_id group by t.id"
    )
    rows = connection.rows(sql, [epoch(since)])
    return [(known_moment(row["born"]), known_moment(row["answered"])) for row in rows]


def breaches(connection: Connection, since: datetime, now: datetime) -> list[datetime]:
    """When targets ran out since: those that are not met yet, and those of first answers that came
    later, as far as Zendesk told what it promised (of tickets opened here, in clock time).
    """
    sql = (
        f"select breach_at as at from ticket where section < {OUT_OF_QUEUE} and status_section = 0 "
        "and breach_at > ?1 and breach_at <= ?2 union all "
        "select p.at + p.seconds as at from applied_target p join ticket t on t.id = p.ticket_id "
        "where p.metric = 'first_reply_time' and not p.business_hours and p.seconds is not null "
        "and not t.missing and p.at + p.seconds > ?1 and t.updated_at > ?1 and p.at + p.seconds < ("
        "select min(c.created_at) from comment c join person a on a.id = c.author_id "
        "and a.role in ('agent', 'admin') where c.ticket_id = t.id and c.public "
        "and c.author_id is not t.requester_id)"
    )
    rows = connection.rows(sql, [epoch(since), epoch(now)])
    return [known_moment(row["at"]) for row in rows]


def solved(connection: Connection, since: datetime) -> list[datetime]:
    """When the tickets that are solved, or closed since, were solved. Of a closed one only what
    somebody who opened it let come tells that.
    """
    sql = (
        "select t.status, ifnull((select max(a.created_at) from audit a, json_each(a.changes) c "
        "where a.ticket_id = t.id and c.value ->> 0 = 'status' and c.value ->> 2 = 'solved'), "
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
