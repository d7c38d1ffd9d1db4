"""Whether a human has answered a ticket in public yet (features A11)."""

from __future__ import annotations

from collections.abc import Iterable

from heroterm.mirror.connection import Connection
from heroterm.mirror.encoding import packed

# A reply by staff that we hold settles it for good. A whole and current thread without one says
# no, unless somebody wrote whom we do not know. Then Zendesk's own count, then its first clock.
_UPDATE = """
    update ticket set never_answered = case
        when exists (
            select 1 from comment c join person p on p.id = c.author_id
            where c.ticket_id = ticket.id and c.public and p.role in ('agent', 'admin')
        ) then 0
        when thread_complete and not thread_stale and not exists (
            select 1 from comment c left join person p on p.id = c.author_id
            where c.ticket_id = ticket.id and c.public and p.id is null
                and c.author_id is not ticket.requester_id
        ) then 1
        when replies is not null then replies = 0
        when exists (
            select 1 from json_each(ifnull(slas, '[]'))
            where json_extract(value, '$[0]') = 'first_reply_time'
                and json_extract(value, '$[1]') = 'achieved'
        ) then 0
        else null end
    where id in (select value from json_each(?))"""


def judge(connection: Connection, ids: Iterable[int]) -> None:
    """Set `never_answered` of tickets from what is held of them now."""
    connection.run(_UPDATE, [packed(ids)])
