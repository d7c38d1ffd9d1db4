"""The words of a ticket, and the full-text index over them and its comments.

The index keeps no text of its own (performance.md §4: half the disk). It must be told what to
forget in the very words that it was told to learn, so `forget` runs before `words` or `comment`
change, and `learn` after. While the first fill runs nothing is learnt: indexing at the end costs
a fifth of indexing on the way (performance.md §3).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence

from heroterm.domain.view import OUT_OF_QUEUE
from heroterm.mirror.connection import BUSY_SECONDS, Connection, folded, speaking
from heroterm.mirror.decoding import texts
from heroterm.mirror.encoding import LARGEST, packed
from heroterm.mirror.state import recalled

BATCH = 20_000
"""Tickets learnt in one transaction: few large parts of the index cost half of many small ones."""
_IN_BULK = (("hashsize", 16 * 1024 * 1024), ("automerge", 16))
_IN_DAILY_USE = (("hashsize", 1024 * 1024), ("automerge", 4))
"""Bytes gathered before a part is written, and how many parts may stand before they are joined."""
_BULK_CACHE_KIB = 8_000
_COLUMNS = "subject, requester, organization, tags, comments"
_AMONG = "in (select value from json_each(?))"

_NOW = f"""
    select t.id, t.subject as own_subject, t.title, t.tags as own_tags, t.folded, t.section,
        p.name as person, p.email, o.name as company,
        w.subject, w.requester, w.organization, w.tags, w.description
    from ticket t
    left join words w on w.ticket_id = t.id
    left join person p on p.id = t.requester_id
    left join organization o on o.id = t.organization_id
    where t.id {_AMONG}"""


def restate(
    connection: Connection, ids: Iterable[int], descriptions: Mapping[int, str] | None = None
) -> None:
    """Bring the words of tickets up to date with their people, after any of them was written."""
    given = descriptions or {}
    changed: list[tuple[object, ...]] = []
    filters: list[tuple[str, int]] = []
    for row in connection.rows(_NOW, [packed(ids)]):
        said = words_of(
            row["own_subject"],
            row["title"],
            row["person"],
            row["email"],
            row["company"],
            texts(row["own_tags"]),
        )
        new = (*said, given.get(row["id"], row["description"] or ""))
        old = tuple(row[name] for name in "subject requester organization tags description".split())
        if new != old:
            changed.append((row["id"], *new))
        shows = row["section"] != OUT_OF_QUEUE
        if new != old or (shows and not row["folded"]):
            filters.append((filtered(row["id"], said) if shows else "", row["id"]))
    forget(connection, [row[0] for row in changed])
    connection.many(
        "insert into words(ticket_id, subject, requester, organization, tags, description) "
        "values (?, ?, ?, ?, ?, ?) on conflict(ticket_id) do update set "
        "subject = excluded.subject, requester = excluded.requester, "
        "organization = excluded.organization, tags = excluded.tags, "
        "description = excluded.description",
        changed,
    )
    connection.many("update ticket set folded = ? where id = ?", filters)


def words_of(
    subject: str,
    title: str,
    person: str | None,
    email: str | None,
    company: str | None,
    tags: Sequence[str],
) -> tuple[str, str, str, str]:
    """What is searched of a ticket besides its messages: heading, requester, organization, tags."""
    heading = subject if title == subject or not title else f"{title}\n{subject}"
    requester = " ".join(part for part in (person, email) if part)
    return heading, requester, company or "", " ".join(tags)


def filtered(ticket_id: int, words: Sequence[str]) -> str:
    """What a typed filter of the queue is looked for in, from the first four words of a ticket.

    Kept in `ticket.folded` of tickets that a queue shows; of the others, nearly all, it would be a
    fifth of the row. `queue` works it out where one of those is shown for what waits on it.
    """
    return folded(" ".join((f"#{ticket_id}", *words[:4])))


def forget(connection: Connection, ids: Collection[object]) -> None:
    """Take tickets out of the index, in the words that it holds of them."""
    if not ids:
        return
    connection.run(
        f"insert into document_index(document_index, rowid, {_COLUMNS}) "
        f"select 'delete', ticket_id, {_COLUMNS} from document where ticket_id in "
        f"(select ticket_id from indexed where ticket_id {_AMONG})",
        [packed(ids)],
    )
    connection.run(f"delete from indexed where ticket_id {_AMONG}", [packed(ids)])


def learn(connection: Connection, ids: Sequence[int]) -> None:
    """Put tickets into the index that are not in it."""
    if not ids:
        return
    connection.run(
        f"insert into document_index(rowid, {_COLUMNS}) "
        f"select ticket_id, {_COLUMNS} from document where ticket_id {_AMONG} "
        "and ticket_id not in (select ticket_id from indexed)",
        [packed(ids)],
    )
    connection.run(
        f"insert or ignore into indexed select ticket_id from words where ticket_id {_AMONG}",
        [packed(ids)],
    )


def learn_if_filled(connection: Connection, ids: Sequence[int]) -> None:
    """Index at once, except while the first fill is under way."""
    if recalled(connection, "first_fill_done"):
        learn(connection, ids)


def waiting(connection: Connection) -> int:
    """How many tickets are not in the index yet."""
    return connection.number(
        "select (select count(*) from ticket) - (select count(*) from indexed)"
    )


def learn_waiting(connection: Connection, limit: int | None = None) -> int:
    """Index what waits for it, newest first, in transactions of `BATCH`; how many were done."""
    if not waiting(connection):
        return 0
    cache = connection.number("pragma cache_size")
    _tune(connection, _IN_BULK)
    # Texts are read once, in order, and the index gathers its own: pages kept would only be memory.
    connection.run(f"pragma cache_size = -{_BULK_CACHE_KIB}")
    try:
        return _learn_waiting(connection, limit)
    finally:
        connection.run(f"pragma cache_size = {cache}")
        _tune(connection, _IN_DAILY_USE)


def _tune(connection: Connection, values: Iterable[tuple[str, int]]) -> None:
    with connection.transaction():
        connection.many("insert into document_index(document_index, rank) values (?, ?)", values)


def _learn_waiting(connection: Connection, limit: int | None) -> int:
    done, below = 0, LARGEST
    while limit is None or done < limit:
        with connection.transaction():
            found = connection.rows(
                "select ticket_id from words where ticket_id < ? and ticket_id not in "
                "(select ticket_id from indexed) order by ticket_id desc limit ?",
                [below, BATCH if limit is None else min(BATCH, limit - done)],
            )
            learn(connection, [row[0] for row in found])
        if not found:
            break
        done, below = done + len(found), found[-1][0]
    return done


def rebuild(connection: Connection) -> int:
    """Make the index anew from the rows (faults.md 92); the number of tickets in it."""
    with connection.transaction():
        empty(connection)
    return learn_waiting(connection)


def empty(connection: Connection) -> None:
    """Take everything out of the index, whatever it holds."""
    connection.run("insert into document_index(document_index) values ('delete-all')")
    connection.run("delete from indexed")


_CHECK = "insert into document_index(document_index, rank) values ('integrity-check', ?)"
_ASTRAY = (
    "select (select count(*) from indexed where ticket_id not in "
    "(select id from document_index_docsize)) + (select count(*) from document_index_docsize "
    "where id not in (select ticket_id from indexed))"
)


def integrity(reading: Connection, *, words: bool) -> str:
    """`ok`, or what is wrong with the index of a mirror that is open for reading (faults.md 92).

    The check is a command of FTS5 that wants a writable file, so one is opened for it. `words`
    compares what the index holds with every text; only possible once all tickets are in it.
    """
    if astray := reading.number(_ASTRAY):
        return f"the search index and its list of tickets differ ({astray})"
    with speaking(reading.path):
        raw = sqlite3.connect(
            f"{reading.path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
        )
        try:
            raw.execute(_CHECK, [int(words and not waiting(reading))])
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            return "the search index does not hold what the tickets say"
        finally:
            raw.close()
    return "ok"
