"""Search the mirror in two stages: the newest matches at once, then the best among them.

Newest first costs a millisecond for any word; ranking costs a hundred times as much for a common
one (performance.md §4). So `ranked=False` is for every keystroke and `ranked=True` for after.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from heroterm.domain.query import Term
from heroterm.mirror import filters
from heroterm.mirror.asked import Asked, read
from heroterm.mirror.connection import Connection, folded
from heroterm.mirror.encoding import packed
from heroterm.mirror.filters import Condition
from heroterm.mirror.reader import Mirror

CANDIDATES = 300
"""Newest matches among which the best are chosen."""
_WITHOUT = "t.id not in (select rowid from document_index where document_index match ?)"
_WEIGHTS = "8.0, 5.0, 5.0, 3.0, 1.0"
_SNIPPET = "snippet(document_index, -1, '', '', '…', 14)"
_FIELDS = ("subject", "requester", "organization", "tags")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One ticket found."""

    id: int
    subject: str
    snippet: str = ""
    """A few words around the first match, as they were written; "" when only filters matched."""
    score: float = 0.0
    """Higher is better; 0 when the hits are not ranked."""
    where: str = "fields"
    """`subject`, `requester`, `organization`, `tags`, `comments`; `fields` without words."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found, and what of the query was not understood or not yet searchable."""

    query: str
    explained: tuple[str, ...] = ()
    hits: tuple[SearchHit, ...] = ()


def search(
    mirror: Mirror, query: str, limit: int = 50, *, ranked: bool = True, typing: bool = True
) -> SearchResult:
    """Tickets that meet every part of the query. An empty query finds nothing.

    `typing` lets the last word be the beginning of one. Raises StoreError when the mirror cannot
    be read.
    """
    connection = mirror.connection
    asked = read(connection, query, typing=typing)
    if not (asked.words or asked.conditions or asked.without):
        return SearchResult(query, asked.explained)
    found = _found(connection, asked, limit, ranked and bool(asked.words))
    hits = _by_number(connection, asked) + _hits(connection, asked, found)
    once = {hit.id: hit for hit in reversed(hits)}
    chosen = [hit for hit in hits if once[hit.id] is hit]
    return SearchResult(query, asked.explained, tuple(chosen[:limit]))


@dataclass(frozen=True, slots=True)
class _Found:
    """One match. `snippet` is None where it is still to be asked for."""

    id: int
    score: float = 0.0
    snippet: str | None = None


def _found(connection: Connection, asked: Asked, limit: int, ranked: bool) -> list[_Found]:
    """Matches in the order in which they are to be shown."""
    conditions = [*asked.conditions, *(Condition(_WITHOUT, (match,)) for match in asked.without)]
    where = " and ".join(f"({c.sql})" for c in conditions) or "true"
    values = [value for c in conditions for value in c.values]
    if not asked.narrowed:
        walk = next((f"t.{c.walk} desc, " for c in asked.conditions if c.walk), "")
        sql = f"select t.id, 0.0 from ticket t where {where} order by {walk}t.id desc limit ?"
        return [_Found(row[0]) for row in connection.rows(sql, [*values, limit])]
    score = f"-bm25(document_index, {_WEIGHTS})" if ranked else "0.0"
    # The beginning of a word is looked up anew by every statement, which costs most of a search;
    # so the newest come with their snippets, while of all candidates only the best are worth them.
    snippet = _SNIPPET if not ranked and asked.by_words_alone else "null"
    # CROSS JOIN holds the order of the two: the index first, newest first, each ticket once.
    rows = connection.rows(
        f"select t.id, {score}, {snippet} from document_index cross join ticket t "
        f"on t.id = document_index.rowid where document_index match ? and {where} "
        "order by document_index.rowid desc limit ?",
        [asked.narrowed, *values, max(limit, CANDIDATES) if ranked else limit],
    )
    return [_Found(*row) for row in sorted(rows, key=lambda row: -row[1])[:limit]]


def _by_number(connection: Connection, asked: Asked) -> list[SearchHit]:
    """A lone number is most likely a ticket's, and then it comes first."""
    asking = any(condition.sql != "true" for condition in asked.conditions)
    if len(asked.words) != 1 or asking or not asked.by_words_alone:
        return []
    number = Term(asked.words[0].raw, asked.words[0].value, "#")
    found = filters.condition(number, connection)
    if not found.values:
        return []
    sql = f"select t.id, t.subject from ticket t where {found.sql}"
    return [SearchHit(row[0], row[1]) for row in connection.rows(sql, found.values)]


def _hits(connection: Connection, asked: Asked, found: list[_Found]) -> list[SearchHit]:
    ids = packed([each.id for each in found])
    among = "in (select value from json_each(?))"
    named = {
        row["ticket_id"]: row
        for row in connection.rows(
            "select w.ticket_id, t.subject as own, w.subject, w.requester, w.organization, w.tags "
            f"from words w join ticket t on t.id = w.ticket_id where w.ticket_id {among}",
            [ids],
        )
    }
    lacking = [each.id for each in found if each.snippet is None] if asked.words else []
    snippets = _snippets(connection, asked, lacking) if lacking else {}
    return [
        SearchHit(
            id=each.id,
            subject=named[each.id]["own"],
            snippet=snippets.get(each.id, "") if each.snippet is None else each.snippet,
            score=each.score,
            where=_where(named[each.id], asked.words),
        )
        for each in found
    ]


def _snippets(connection: Connection, asked: Asked, ids: list[int]) -> dict[int, str]:
    # One walk over the matches: asked by single ids, a beginning is looked up anew for each.
    rows = connection.rows(
        f"select rowid, {_SNIPPET} from document_index "
        "where document_index match ? and rowid between ? and ? "
        "and +rowid in (select value from json_each(?))",
        [asked.match, min(ids), max(ids), packed(ids)],
    )
    return {row[0]: row[1] for row in rows}


def _where(row: sqlite3.Row, words: tuple[Term, ...]) -> str:
    """The first field that holds one of the words; else they stand in the comments."""
    if not words:
        return "fields"
    wanted = [folded(term.value) for term in words]
    for name in _FIELDS:
        if any(word in folded(row[name]) for word in wanted):
            return name
    return "comments"
