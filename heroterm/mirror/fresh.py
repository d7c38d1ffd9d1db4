"""Tickets that the mirror meets for the first time, of which a first fill is made.

Nothing is held of them yet, no comment either, so what is otherwise worked out by reading back what
was written (words, the text that filters look at, whether somebody answered) is known beforehand.
Each then costs one insert of a ticket and one of its words, and no row is written twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from heroterm.domain.ticket import Organization, Person, Ticket
from heroterm.domain.view import OUT_OF_QUEUE
from heroterm.mirror.connection import Connection
from heroterm.mirror.encoding import TICKET_COLUMNS, packed
from heroterm.mirror.indexing import filtered, words_of
from heroterm.mirror.placing import PLACED_COLUMNS

COLUMNS = (*TICKET_COLUMNS, *PLACED_COLUMNS, "status_section", "section", "fetched_at")
"""Columns of a ticket that a page gives, in the order of its rows."""
_TITLE, _SECTION = COLUMNS.index("title"), COLUMNS.index("section")
_ALL = (*COLUMNS, "folded", "never_answered")
_TICKETS = f"insert into ticket({', '.join(_ALL)}) values ({', '.join('?' * len(_ALL))})"
_WORDS = (
    "insert into words(ticket_id, subject, requester, organization, tags, description) "
    "values (?, ?, ?, ?, ?, ?)"
)
_FIRST, _REACHED = "first_reply_time", "achieved"
Row = tuple[object, ...]


def write(
    connection: Connection,
    found: Sequence[tuple[Ticket, Row]],
    organizations: Mapping[int, Organization],
    beside: Iterable[Person] = (),
) -> None:
    """Write tickets that are not held, each with its row; their people were written before.

    `beside`: those of them that came with these tickets, so that they need not be read back.
    """
    people = _people(connection, (ticket.requester_id for ticket, _ in found), beside)
    rows: list[Row] = []
    words: list[Row] = []
    for ticket, row in found:
        name, email = people.get(ticket.requester_id, (None, None))
        company = organizations.get(ticket.organization_id or 0)
        said = words_of(
            ticket.subject,
            str(row[_TITLE]),
            name,
            email,
            company.name if company is not None else None,
            ticket.tags,
        )
        wanted = row[_SECTION] != OUT_OF_QUEUE
        more = (filtered(ticket.id, said) if wanted else "", _never_answered(ticket))
        rows.append(row + more)
        words.append((ticket.id, *said, ticket.description))
    connection.many(_TICKETS, rows)
    connection.many(_WORDS, words)


def _people(
    connection: Connection, ids: Iterable[int | None], beside: Iterable[Person]
) -> dict[int | None, tuple[str, str | None]]:
    known: dict[int | None, tuple[str, str | None]] = {p.id: (p.name, p.email) for p in beside}
    wanted = {id_ for id_ in ids if id_ is not None and id_ not in known}
    if wanted:
        sql = "select id, name, email from person where id in (select value from json_each(?))"
        known |= {row[0]: (row[1], row[2]) for row in connection.rows(sql, [packed(wanted)])}
    return known


def _never_answered(ticket: Ticket) -> int | None:
    """As answered.judge: without comments Zendesk's own count says it, else its first clock."""
    if ticket.replies is not None:
        return int(ticket.replies == 0)
    reached = any(c.metric == _FIRST and c.stage == _REACHED for c in ticket.slas or ())
    return 0 if reached else None
