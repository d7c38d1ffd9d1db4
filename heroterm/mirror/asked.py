"""A search line as conditions on a ticket `t` and words for the index, and what it explains."""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.domain.query import MOST_TEXT, MOST_WORDS, Term, terms, trouble
from heroterm.domain.text import storable
from heroterm.mirror import filters, grammar, indexing
from heroterm.mirror.connection import Connection
from heroterm.mirror.filters import Condition


@dataclass(frozen=True, slots=True)
class Asked:
    """A line, understood."""

    match: str
    """The words as FTS5 wants them; "" without any."""
    words: tuple[Term, ...]
    conditions: tuple[Condition, ...]
    explained: tuple[str, ...]


def read(connection: Connection, query: str, *, typing: bool) -> Asked:
    """What a line asks for; `typing` lets its last word be the beginning of one."""
    words: list[Term] = []
    conditions: list[Condition] = []
    within, explained = _within_reach(query)
    for term in within:
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
    return Asked(match, tuple(words), tuple(conditions), tuple(say for say in explained if say))


def _within_reach(query: str) -> tuple[tuple[Term, ...], list[str]]:
    """As many terms as SQLite takes in one question, and a sentence where some were left out."""
    found = terms(storable(query, MOST_TEXT))
    if len(found) <= MOST_WORDS and len(query) <= MOST_TEXT:
        return found, []
    return found[:MOST_WORDS], [f"Only the first {min(len(found), MOST_WORDS)} words are searched."]


def _as_text(term: Term) -> Term:
    return Term(term.raw, term.raw.removeprefix("-"), exact=True, negative=term.negative)


def _unknown(term: Term) -> str:
    if say := trouble(term):
        return say
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


def conditions(connection: Connection, query: str) -> tuple[tuple[Condition, ...], tuple[str, ...]]:
    """A whole line as conditions, its words included, and what of it was not understood.

    For a queue, which is walked in its own order and asks nothing of the index but whether a
    ticket has the words.
    """
    asked = read(connection, query, typing=False)
    if not asked.words:
        return asked.conditions, asked.explained
    sql = "t.id in (select rowid from document_index where document_index match ?)"
    return (*asked.conditions, Condition(sql, (asked.match,))), asked.explained
