"""Search the mirror in two stages: the newest matches at once, then the best among them.

Newest first costs a millisecond for any word; ranking costs a hundred times as much for a common
one (performance.md §4). So `ranked=False` is for every keystroke and `ranked=True` for after.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from heroterm.domain.text import storable
from heroterm.mirror import filters, grammar, indexing
from heroterm.mirror.connection import Connection, folded
from heroterm.mirror.encoding import packed
from heroterm.mirror.filters import Condition
from heroterm.mirror.grammar import Term
from heroterm.mirror.queue import MOST_TEXT, MOST_WORDS
from heroterm.mirror.reader import Mirror

CANDIDATES = 300
"""Newest matches among which the best are chosen."""
_WEIGHTS = "8.0, 5.0, 5.0, 3.0, 1.0"
_SNIPPET_WORDS = 14
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


@dataclass(frozen=True, slots=True)
class _Asked:
    match: str
    words: tuple[Term, ...]
    conditions: tuple[Condition, ...]
    explained: tuple[str, ...]


def search(
    mirror: Mirror, query: str, limit: int = 50, *, ranked: bool = True, typing: bool = True
) -> SearchResult:
    """Tickets that meet every part of the query. An empty query finds nothing.

    `typing` lets the last word be the beginning of one. Raises StoreError when the mirror cannot
    be read.
    """
    connection = mirror.connection
    asked = _asked(connection, query, typing=typing)
    if not asked.words and not asked.conditions:
        return SearchResult(query, asked.explained)
    scores = _found(connection, asked, limit, ranked)
    hits = _by_number(connection, asked) + _hits(connection, asked, scores)
    once = {hit.id: hit for hit in reversed(hits)}
    chosen = [hit for hit in hits if once[hit.id] is hit]
    return SearchResult(query, asked.explained, tuple(chosen[:limit]))


def _asked(connection: Connection, query: str, *, typing: bool) -> _Asked:
    words: list[Term] = []
    conditions: list[Condition] = []
    terms, explained = _within_reach(query)
    for term in terms:
        if filters.known(term):
            conditions.append(filters.condition(term, connection))
            explained.append(conditions[-1].say)
            continue
        explained.append(_unknown(term))
        if not term.searchable:
            continue
        plain = term if not term.key or term.key in filters.TEXT_KEYS else _as_text(term)
        if term.negative:
            conditions.append(_without(plain))
        else:
            words.append(plain)
    typing = typing and not query.endswith(" ")
    if words:
        explained.append(_waiting(connection))
    if words and typing and len(words[-1].value) == 1 and not words[-1].beginning:
        explained.append(f"{words[-1].raw}: one letter is searched as a whole word.")
    match = grammar.match(tuple(words), filters.TEXT_KEYS, typing=typing)
    return _Asked(match, tuple(words), tuple(conditions), tuple(say for say in explained if say))


def _within_reach(query: str) -> tuple[tuple[Term, ...], list[str]]:
    """As many terms as SQLite takes in one question, and a sentence where some were left out."""
    terms = grammar.terms(storable(query, MOST_TEXT))
    if len(terms) <= MOST_WORDS and len(query) <= MOST_TEXT:
        return terms, []
    return terms[:MOST_WORDS], [f"Only the first {min(len(terms), MOST_WORDS)} words are searched."]


def _as_text(term: Term) -> Term:
    return Term(term.raw, term.raw.removeprefix("-"), exact=True, negative=term.negative)


def _unknown(term: Term) -> str:
    if not term.searchable:
        return f"{term.raw}: there is no letter or digit in it to search for."
    if term.key and term.key not in filters.TEXT_KEYS:
        return f"{term.raw}: {term.key} is no filter here; it was searched as words."
    return ""


def _without(term: Term) -> Condition:
    sql = "t.id not in (select rowid from document_index where document_index match ?)"
    return Condition(sql, (grammar.match((term,), filters.TEXT_KEYS, typing=False),))


def _waiting(connection: Connection) -> str:
    if not (waiting := indexing.waiting(connection)):
        return ""
    return f"{waiting} tickets are not searchable by words yet: the first fill is still under way."


def _found(connection: Connection, asked: _Asked, limit: int, ranked: bool) -> dict[int, float]:
    """Ids with their score, in the order in which they are to be shown."""
    where = " and ".join(f"({c.sql})" for c in asked.conditions) or "true"
    values = [value for c in asked.conditions for value in c.values]
    if not asked.words:
        sql = f"select t.id, 0.0 from ticket t where {where} order by t.id desc limit ?"
        return {row[0]: row[1] for row in connection.rows(sql, [*values, limit])}
    score = f"-bm25(document_index, {_WEIGHTS})" if ranked else "0.0"
    # CROSS JOIN holds the order of the two: the index first, newest first, each ticket once.
    rows = connection.rows(
        f"select t.id, {score} from document_index cross join ticket t "
        f"on t.id = document_index.rowid where document_index match ? and {where} "
        "order by document_index.rowid desc limit ?",
        [asked.match, *values, max(limit, CANDIDATES) if ranked else limit],
    )
    best = sorted(rows, key=lambda row: -row[1])[:limit]
    return {row[0]: row[1] for row in best}


def _by_number(connection: Connection, asked: _Asked) -> list[SearchHit]:
    """A lone number is most likely a ticket's, and then it comes first."""
    if len(asked.words) != 1 or asked.conditions:
        return []
    number = Term(asked.words[0].raw, asked.words[0].value, "#")
    found = filters.condition(number, connection)
    sql = f"select t.id, t.subject from ticket t where {found.sql}"
    return [SearchHit(row[0], row[1]) for row in connection.rows(sql, found.values)]


def _hits(connection: Connection, asked: _Asked, scores: dict[int, float]) -> list[SearchHit]:
    ids = packed(scores)
    among = "in (select value from json_each(?))"
    named = {
        row["ticket_id"]: row
        for row in connection.rows(
            "select w.ticket_id, t.subject as own, w.subject, w.requester, w.organization, w.tags "
            f"from words w join ticket t on t.id = w.ticket_id where w.ticket_id {among}",
            [ids],
        )
    }
    snippets = _snippets(connection, asked, scores) if asked.words and scores else {}
    return [
        SearchHit(
            id=id_,
            subject=named[id_]["own"],
            snippet=snippets.get(id_, ""),
            score=score,
            where=_where(named[id_], asked.words),
        )
        for id_, score in scores.items()
    ]


def _snippets(connection: Connection, asked: _Asked, scores: dict[int, float]) -> dict[int, str]:
    # One walk over the matches: asked by single ids, a beginning is looked up anew for each.
    rows = connection.rows(
        f"select rowid, snippet(document_index, -1, '', '', '…', {_SNIPPET_WORDS}) "
        "from document_index where document_index match ? and rowid between ? and ? "
        "and +rowid in (select value from json_each(?))",
        [asked.match, min(scores), max(scores), packed(scores)],
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
