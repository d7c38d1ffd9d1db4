"""Who wrote last in public on a ticket, the customer or one of ours, and when."""

from __future__ import annotations

from collections.abc import Iterable

from heroterm.domain.contact import Contact
from heroterm.mirror.connection import Connection
from heroterm.mirror.decoding import moment
from heroterm.mirror.encoding import packed

# Whoever is not known to answer tickets counts as the customer: a stranger's mail wants an answer.
_LAST = """
    select c.ticket_id,
        max(case when p.id is null then c.created_at end) as customer_at,
        max(case when p.id is null then c.id end) as customer_comment_id,
        max(case when p.id is not null then c.created_at end) as staff_at
    from comment c left join person p on p.id = c.author_id and p.role in ('agent', 'admin')
    where c.public and c.ticket_id in (select value from json_each(?))
    group by c.ticket_id"""


def contacts(connection: Connection, ids: Iterable[int]) -> dict[int, Contact]:
    """The newest public words of both sides, for those of the tickets that have any here."""
    return {
        row["ticket_id"]: Contact(
            row["ticket_id"],
            moment(row["customer_at"]),
            row["customer_comment_id"],
            moment(row["staff_at"]),
        )
        for row in connection.rows(_LAST, [packed(ids)])
    }
