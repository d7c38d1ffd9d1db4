"""Our own public answers: the newest on each ticket, and where somebody answered lately."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from heroterm.domain.ticket import Comment
from heroterm.mirror.encoding import LARGEST, epoch, packed
from heroterm.mirror.reader import Mirror
from heroterm.mirror.values import comment_of

_NEWEST = (
    "select c.* from json_each(?) i join comment c on c.id = ("
    "select o.id from comment o join person p on p.id = o.author_id "
    "and p.role in ('agent', 'admin') where o.ticket_id = i.value and o.public "
    "order by o.created_at desc, o.id desc limit 1)"
)


def last_answers(mirror: Mirror, ids: Iterable[int]) -> list[Comment]:
    """The newest public message by one of ours on each ticket that has one. Raises StoreError."""
    wanted = packed([id_ for id_ in ids if abs(id_) <= LARGEST])
    return [comment_of(row) for row in mirror.connection.rows(_NEWEST, [wanted])]


def answered_by(mirror: Mirror, person_id: int, since: datetime) -> list[int]:
    """Tickets that a person answered in public since a moment. Raises StoreError."""
    sql = (
        "select distinct ticket_id from comment where author_id = ? and public and created_at >= ? "
        "order by ticket_id"
    )
    rows = mirror.connection.rows(sql, [min(person_id, LARGEST), epoch(since)])
    return [int(row[0]) for row in rows]


def reopened(mirror: Mirror, solved: Iterable[tuple[int, datetime]]) -> set[tuple[int, datetime]]:
    """Those of the tickets, each with the moment when an answer solved it, that came back: their
    customer wrote after it, or they are no more solved.
    """
    sql = (
        "select 1 from ticket t where t.id = ?1 and ("
        "(t.status not in ('solved', 'closed') and t.updated_at > ?2) or exists ("
        "select 1 from comment c left join person p on p.id = c.author_id where c.ticket_id = ?1 "
        "and c.public and c.created_at > ?2 and coalesce(p.role, '') not in ('agent', 'admin')))"
    )
    return {(id_, at) for id_, at in solved if mirror.connection.rows(sql, [id_, epoch(at)])}
