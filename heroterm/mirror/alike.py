"""Tickets that look like another one: the best by BM25 among those that share its rare words.

Words that stand in many tickets tell nothing and cost the most, so only those are asked for that
stand in few (features J5); whatever the mirror's size, a few thousand places are ranked at most.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from heroterm.domain.quotes import own_words
from heroterm.domain.view import OUT_OF_QUEUE
from heroterm.mirror.connection import Connection
from heroterm.mirror.encoding import packed
from heroterm.mirror.reader import Mirror

_WORD = re.compile(r"[^\W_]{4,40}")
_LETTERS = 4_000
"""Letters of a text that are looked at: what it is about stands in front."""
_LOOKED_UP, _ASKED = 120, 8
_LEAST, _MOST = 2, 500
"""Tickets in which a word must and may stand: one has it alone, or it says nothing."""
_SHARE, _FEW = 20, 10
"""In a small mirror a word may stand in one of so many tickets, or in so few."""
_VERY_RARE, _LONG = 5, 7
_SPARE = 4
"""So many times the wanted number are ranked, because some share one word alone."""
_VOCABULARY = (
    "create virtual table if not exists temp.vocabulary "
    "using fts5vocab('main', 'document_index', 'row')"
)
_WEIGHTS = "8.0, 0.0, 0.0, 0.0, 1.0"


@dataclass(frozen=True, slots=True)
class Alike:
    """A ticket that shares words with another one."""

    id: int
    subject: str
    shared: tuple[str, ...]
    """The words, folded, the rarest first."""


def alike(
    mirror: Mirror, words: str, *, but: int, limit: int = 5, solved: bool = False
) -> list[Alike]:
    """Tickets like a text, the most alike first; never the ticket `but`. Raises StoreError.

    `solved`: only those that no queue shows any more. Nothing is found while the first fill runs.
    """
    connection = mirror.connection
    rare = _rare(connection, _telling(words))
    if not rare:
        return []
    any_of = " OR ".join(f'"{word}"' for word in rare)
    over = f"and t.section = {OUT_OF_QUEUE} and not t.missing" if solved else ""
    found = connection.rows(
        "select t.id, t.subject "
        "from document_index cross join ticket t on t.id = document_index.rowid "
        f"where document_index match ? and t.id <> ? {over} "
        f"order by bm25(document_index, {_WEIGHTS}) limit ?",
        [f"{{subject comments}} : ({any_of})", but, limit * _SPARE],
    )
    shared = _shared(connection, [row[0] for row in found], rare)
    made = [Alike(row[0], row[1], shared.get(row[0], ())) for row in found]
    return [each for each in made if _enough(each.shared, rare)][:limit]


def _telling(text: str) -> list[str]:
    """The words of what somebody wrote as the index has them, each once."""
    plain = unicodedata.normalize("NFD", own_words(text)[:_LETTERS].casefold())
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
    return list(dict.fromkeys(_WORD.findall(plain)))[:_LOOKED_UP]


def _rare(connection: Connection, words: Sequence[str]) -> dict[str, int]:
    """The words that stand in few tickets, the rarest first, with in how many."""
    connection.run(_VOCABULARY)
    tickets = connection.number("select count(*) from ticket")
    most = min(_MOST, max(_FEW, tickets // _SHARE))
    rows = connection.rows(
        "select w.value, v.doc from json_each(?) w cross join temp.vocabulary v "
        "on v.term = w.value where v.doc between ? and ? order by v.doc, w.key limit ?",
        [packed(words), _LEAST, most, _ASKED],
    )
    return {str(row[0]): int(row[1]) for row in rows}


def _shared(
    connection: Connection, ids: Sequence[int], rare: dict[str, int]
) -> dict[int, tuple[str, ...]]:
    """Which of the words each ticket has."""
    found: dict[int, tuple[str, ...]] = {}
    sql = (
        "select rowid from document_index where document_index match ? "
        "and rowid in (select value from json_each(?))"
    )
    for word in rare:
        for row in connection.rows(sql, [f'{{subject comments}} : "{word}"', packed(ids)]):
            found[row[0]] = (*found.get(row[0], ()), word)
    return found


def _enough(shared: Sequence[str], rare: dict[str, int]) -> bool:
    """Two words, or a long one that hardly stands anywhere else: an error's name, a function's."""
    telling = (word for word in shared if rare[word] <= _VERY_RARE and len(word) >= _LONG)
    return len(shared) > 1 or any(telling)
