"""Tickets that look like another one: by the rare words that they share (features J5)."""

from __future__ import annotations

import re
from collections import Counter

from heroterm.domain.quotes import own_words
from heroterm.mirror.reader import Mirror
from heroterm.mirror.search import SearchHit, search

_WORD = re.compile(r"[^\W\d_]{4,24}")
_MOST_WORDS = 12
_PER_WORD = 30
_LEAST_SHARED = 2


def alike(mirror: Mirror, words: str, *, but: int, limit: int = 5) -> list[SearchHit]:
    """Tickets that share at least two of a text's longer words, those with the most first.

    A word that is found everywhere counts for less. Raises StoreError.
    """
    counted: Counter[int] = Counter()
    hits: dict[int, SearchHit] = {}
    for word in _telling(words):
        found = search(mirror, word, _PER_WORD, ranked=False, typing=False).hits
        for hit in found:
            if hit.id != but:
                counted[hit.id] += 100 + 900 // max(1, len(found))
                hits.setdefault(hit.id, hit)
    best = sorted(counted, key=lambda id_: (-counted[id_], -id_))
    return [hits[id_] for id_ in best if counted[id_] >= _LEAST_SHARED * 100][:limit]


def _telling(text: str) -> list[str]:
    """The longest words of what somebody wrote, each once."""
    found = dict.fromkeys(word.casefold() for word in _WORD.findall(own_words(text)))
    return sorted(found, key=lambda word: -len(word))[:_MOST_WORDS]
