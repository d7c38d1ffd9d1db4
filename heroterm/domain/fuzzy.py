"""How well typed letters match words: in their order, wherever they stand, better where together.

The scores are those of Textual's own matcher, which tries every way in which the letters could
stand: measured, a quarter of a second for `status so` over the palette, and for letters that a
stranger's subject repeats no end at all. Here each letter is looked at once for each place and
each number of pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

_WORD = re.compile(r"\w+")
_IN_ONE, _THE_SAME = 1.5, 2.0
"""What more it is worth that the letters stand together, and that they are all there is."""
Ends = dict[int, list[int]]
"""By the place of the last letter and the number of pieces: how many letters begin a word."""


def begins(words: str) -> Set[int]:
    """Where a word begins."""
    return {found.start() for found in _WORD.finditer(words)}


def score(query: str, words: str, begins: Set[int]) -> float:
    """From 0 for no match; both in lower case. `begins`: of the words, which stay the same while
    the query grows.
    """
    if not query or not _in_order(query, words):
        return 0.0
    if (at := words.find(query)) >= 0:
        together = len(query) + len(begins & {*range(at, at + len(query))})
        return together * 2 * (_THE_SAME if query == words else _IN_ONE)
    ends = _ends(query, words, begins)
    each = (
        _worth(len(query), pieces, beginning)
        for beginnings in ends.values()
        for pieces, beginning in enumerate(beginnings, 1)
        if beginning >= 0
    )
    return max(each, default=0.0)


def _in_order(query: str, words: str) -> bool:
    """Whether the letters stand there at all, which most words end at once."""
    at = -1
    return all((at := words.find(letter, at + 1)) >= 0 for letter in query)


def _worth(letters: int, pieces: int, beginning: int) -> float:
    together = (letters - (pieces - 1)) / letters
    return (letters + beginning) * (1 + together * together)


def _ends(query: str, words: str, begins: Set[int]) -> Ends:
    """Where the last letter can stand, of letters that stand there in order."""
    ends: Ends = {-2: []}
    first = 0
    for letter in query:
        first = words.find(letter, first)
        places = [at for at in range(first, len(words)) if words[at] == letter]
        ends = _next(ends, places, begins)
        first += 1
    return ends


def _next(ends: Ends, places: Iterable[int], begins: Set[int]) -> Ends:
    """The same with one letter more, at any of the places."""
    made: Ends = {}
    before: list[int] = []
    """The best of all ends that lie further back, by pieces."""
    waiting = sorted(ends)
    for at in places:
        while waiting and waiting[0] < at - 1:
            before = _better(before, ends[waiting.pop(0)])
        begin = int(at in begins)
        # A piece of its own, or the next letter of the one that ends right before.
        apart = [-1, *before] if -2 not in ends else [0]
        beside = ends.get(at - 1, [])
        made[at] = [most + begin if most >= 0 else -1 for most in _better(apart, beside)]
    return made


def _better(one: list[int], other: list[int]) -> list[int]:
    long, short = (one, other) if len(one) >= len(other) else (other, one)
    return [max(a, b) for a, b in zip(long, short, strict=False)] + long[len(short) :]
