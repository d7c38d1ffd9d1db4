"""Finding single things by what they are called: a person, an organization, a tag, words of notes.

For playbooks, which look something up once in a step; nothing here is for every keystroke.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from heroterm.domain.ticket import Comment, Organization, Person
from heroterm.mirror.reader import Mirror
from heroterm.mirror.values import comment_of, organization_of, person_of

_MOST = 20
_MOST_NOTES = 500


def person_at(mirror: Mirror, address: str) -> Person | None:
    """The person whose profile has this address; None where none, or several, have it."""
    sql = "select * from person where email = ? collate nocase order by id limit 2"
    found = mirror.connection.rows(sql, [address])
    return person_of(found[0]) if len(found) == 1 else None


def organizations_called(mirror: Mirror, name: str) -> list[Organization]:
    """Organizations of exactly this name."""
    sql = f"select * from organization where name = ? order by id limit {_MOST}"
    return [organization_of(row) for row in mirror.connection.rows(sql, [name])]


def organizations_known_as(mirror: Mirror, external_id: str) -> list[Organization]:
    """Organizations that the product knows by this id, in any case of its letters."""
    sql = (
        "select * from organization where external_id is not null "
        "and external_id in (?1, lower(?1)) order by id"
    )
    return [organization_of(row) for row in mirror.connection.rows(sql, [external_id])]


def tagged(mirror: Mirror, tag: str) -> list[int]:
    """Tickets with this tag, the newest first; only those that the server still shows."""
    # Tags lie as JSON, in which a quoted tag can stand only as a whole one.
    sql = (
        "select id from ticket where not missing and instr(tags, ?) > 0 "
        f"order by id desc limit {_MOST}"
    )
    return [int(row[0]) for row in mirror.connection.rows(sql, [json.dumps(tag)])]


def bots(mirror: Mirror) -> frozenset[int]:
    """Seats of staff in whose name only rules write, by the newest of their comments."""
    newest = (
        "select c.channel as channel from comment c where c.author_id = person.id "
        f"order by c.id desc limit {_MOST}"
    )
    sql = (
        "select id from person where role in ('agent', 'admin') and "
        f"(select min(ifnull(channel, '') = 'rule') from ({newest})) = 1"
    )
    return frozenset(int(row[0]) for row in mirror.connection.rows(sql))


def notes_saying(
    mirror: Mirror, words: str, ticket_id: int | None = None, after: int = 0
) -> Sequence[Comment]:
    """Internal notes by colleagues that hold these words, oldest first: of one ticket, or of every
    unsolved one, whose threads alone are read; only those whose number is above `after`. Where
    there are very many, the newest.
    """
    # A thread may be read long after others whose notes have higher numbers: none are passed over.
    unsolved = "ticket indexed by ticket_due cross join comment c on c.ticket_id = ticket.id"
    sql = (
        f"select c.* from {unsolved if ticket_id is None else 'comment c'} "
        "cross join person p on p.id = c.author_id where not c.public "
        "and p.role in ('agent', 'admin') and instr(c.body, ?1) > 0 and c.id > ?2 "
        f"and {'ticket.section < 9' if ticket_id is None else 'c.ticket_id = ?3'} "
        f"order by c.id desc limit {_MOST_NOTES}"
    )
    values = [words, after] if ticket_id is None else [words, after, ticket_id]
    found = [comment_of(row) for row in mirror.connection.rows(sql, values)]
    return sorted(found, key=lambda note: (note.ticket_id, note.created_at, note.id))
