"""A search line as conditions on a ticket `t` and words for the index, and what it explains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from heroterm.domain.query import MOST_TEXT, MOST_WORDS, Term, grouped, terms, trouble
from heroterm.domain.text import storable
from heroterm.mirror import filters, grammar, indexing
from heroterm.mirror.connection import Connection
from heroterm.mirror.filters import Condition

_TAGS = {"tag": "tags", "tags": "tags"}
"""Keys whose value the index knows, too; the condition on the ticket says what it means exactly."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A line, understood."""

    match: str
    """The words as FTS5 wants them; "" without any."""
    narrowed: str
    """What the index can find the tickets by: the words, those left out, the tags asked for."""
    words: tuple[Term, ...]
    without: tuple[str, ...]
    """Words that a ticket must not have, each as FTS5 wants it, where `narrowed` cannot say so."""
    conditions: tuple[Condition, ...]
    explained: tuple[str, ...]

    @property
    def by_words_alone(self) -> bool:
        """Whether the index is asked for the words and for nothing besides."""
        return bool(self.words) and self.narrowed == f"({self.match})"


def read(connection: Connection, query: str, *, typing: bool) -> Asked:
    """What a line asks for; `typing` lets its last word be the beginning of one."""
    words: list[Term] = []
    absent: list[Term] = []
    tags: list[Term] = []
    conditions: list[Condition] = []
    within, explained = _within_reach(query)
    for group in grouped([term for term in within if filters.known(term)]):
        conditions.append(filters.any_of(group, connection))
        explained.append(conditions[-1].say)
        if all(_in_index(term) for term in group):
            tags += group
    for term in within:
        if filters.known(term):
            continue
        explained.append(_unknown(term))
        if not term.searchable:
            continue
        plain = term if not term.key or term.key in filters.TEXT_KEYS else _as_text(term)
        (absent if term.negative else words).append(plain)
    typing = typing and not query.endswith(" ")
    waiting = _waiting(connection) if words or tags else ""
    if words:
        explained.append(waiting)
    if words and typing and len(words[-1].value) == 1 and not words[-1].beginning:
        explained.append(f"{words[-1].raw}: one letter is searched as a whole word.")
    match = _match(words, typing=typing)
    # While some tickets are not in the index, it must not be asked where the tags are.
    narrowed = " AND ".join(part for part in (match, "" if waiting else _match(tags)) if part)
    without = tuple(_match([term]) for term in absent)
    if words:
        narrowed = "".join((f"({narrowed})", *(f" NOT ({each})" for each in without)))
        without = ()
    said = tuple(say for say in explained if say)
    return Asked(match, narrowed, tuple(words), without, tuple(conditions), said)


def _in_index(term: Term) -> bool:
    """Whether the index can find tickets with such a tag."""
    wanted = term.searchable and not term.negative and term.value.lower() != "none"
    return term.key in _TAGS and wanted


def _match(terms: Sequence[Term], *, typing: bool = False) -> str:
    return grammar.match(tuple(terms), {**filters.TEXT_KEYS, **_TAGS}, typing=typing)


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


def _waiting(connection: Connection) -> str:
    if not (waiting := indexing.waiting(connection)):
        return ""
    return f"{waiting} tickets are not searchable by words yet: the first fill is still under way."


def conditions(
    connection: Connection, query: str, worded: Callable[[str], int]
) -> tuple[tuple[Condition, ...], tuple[str, ...]]:
    """A whole line as conditions, its words included, and what of it was not understood.

    For a queue, which is walked in its own order: `worded` gives the number under which
    `temp.worded` holds its tickets that have the words.
    """
    asked = read(connection, query, typing=False)
    with_words = [asked.narrowed] if asked.words else []
    among = "(select ticket_id from temp.worded where number = ?)"
    made = (
        *asked.conditions,
        *(Condition(f"t.id in {among}", (worded(match),)) for match in with_words),
        *(Condition(f"t.id not in {among}", (worded(match),)) for match in asked.without),
    )
    return made, asked.explained
