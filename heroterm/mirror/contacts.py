"""When the customer wrote last in public on a ticket."""

from __future__ import annotations

from collections.abc import Iterable

from heroterm.domain.contact import Contact
from heroterm.mirror.connection import Connection
from heroterm.mirror.decoding import moment
from heroterm.mirror.encoding import packed

# Whoever is not known to answer tickets counts as the customer: a stranger's mail wants an answer.
_LAST = """
    select c.ticket_id,
        max(c.created_at) as customer_at,
        max(c.id) as customer_comment_id
    from comment c left join person p on p.id = c.author_id and p.role in ('agent', 'admin')
    where c.public and p.id is null and c.ticket_id in (select value from json_each(?))
    group by c.ticket_id"""


def contacts(connection: Connection, ids: Iterable[int]) -> dict[int, Contact]:
    """The customer's newest public words, for those of the tickets that have any here."""
    return {
        row["ticket_id"]: Contact(
            row["ticket_id"],
            moment(row["customer_at"]),
            row["customer_comment_id"],
        )
        for row in connection.rows(_LAST, [packed(ids)])
    }
