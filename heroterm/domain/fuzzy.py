"""How well typed letters match words: in their order, wherever they stand, better where together.

The scores are those of Textual's own matcher, which tries every way in which the letters could
stand: measured, a quarter of a second for `status so` over the palette, and for letters that a
stranger's subject repeats no end at all. Here each letter is looked at once for each place and
each number of pieces, and a letter more goes on from where those before it could stand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Set

_WORD = re.compile(r"\w+")
_IN_ONE, _THE_SAME = 1.5, 2.0
"""What more it is worth that the letters stand together, and that they are all there is."""
Ends = dict[int, list[int]]
"""By the place of the last letter and the number of pieces: how many letters begin a word."""
Known = dict[str, tuple[int, Ends]]
"""Of some words, by letters that were looked for in them: where to look for one more, and the ends.
"""
_NOTHING_YET: tuple[int, Ends] = 0, {-2: []}
_NO_MORE: tuple[int, list[int]] = sys.maxsize, []


def begins(words: str) -> Set[int]:
    """Where a word begins."""
    return {found.start() for found in _WORD.finditer(words)}


def score(query: str, words: str, begins: Set[int], known: Known) -> float:
    """From 0 for no match; both in lower case. `begins` and `known` are those of the words, which
    stay the same while the query grows; what is found out is added to `known`.
    """
    if not query or not _in_order(query, words):
        return 0.0
    if (at := words.find(query)) >= 0:
        together = len(query) + len(begins & {*range(at, at + len(query))})
        return together * 2 * (_THE_SAME if query == words else _IN_ONE)
    ends = _ends(query, words, begins, known)
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


def _ends(query: str, words: str, begins: Set[int], known: Known) -> Ends:
    """Where the last letter can stand, of letters that stand there in order."""
    typed = len(query)
    while typed and query[:typed] not in known:
        typed -= 1
    first, ends = known.get(query[:typed], _NOTHING_YET)
    for at in range(typed, len(query)):
        letter = query[at]
        first = words.find(letter, first)
        ends, first = _next(ends, _places(letter, words, first), begins), first + 1
        known[query[: at + 1]] = first, ends
    return ends


def _places(letter: str, words: str, first: int) -> Iterable[int]:
    """Where a letter stands, from there on."""
    while first >= 0:
        yield first
        first = words.find(letter, first + 1)


def _next(ends: Ends, places: Iterable[int], begins: Set[int]) -> Ends:
    """The same with one letter more, at any of the places; both go from left to right."""
    made: Ends = {}
    before: list[int] = []
    """The best of all ends that lie further back, by pieces."""
    waiting = iter(ends.items())
    end, most = next(waiting)
    fresh = end == -2
    for at in places:
        while end < at - 1:
            before = _better(before, most) if before else most
            end, most = next(waiting, _NO_MORE)
        # A piece of its own, or the next letter of the one that ends right before.
        best = [0] if fresh else [-1, *before]
        if end == at - 1:
            best = _better(best, most)
        made[at] = [each + 1 if each >= 0 else -1 for each in best] if at in begins else best
    return made


def _better(one: list[int], other: list[int]) -> list[int]:
    long, short = (one, other) if len(one) >= len(other) else (other, one)
    return [max(a, b) for a, b in zip(long, short, strict=False)] + long[len(short) :]
