"""What typed letters leave of a list, best first; made for a box that is asked after every letter.

What a letter more can match is among what the letters before it matched, and going back a letter
asks for what was found already: so most letters cost a part of the list, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from heroterm.domain import fuzzy

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Worded(Generic[T]):
    """An item, and in lower case what it is called and what its letters are looked for in."""

    item: T
    name: str
    words: str
    begins: frozenset[int]
    known: fuzzy.Known


class Sieve(Generic[T]):
    """Of items that are called `name` and have a `hint` beside them, in the order given."""

    def __init__(
        self, items: Iterable[T], name: Callable[[T], str], hint: Callable[[T], str]
    ) -> None:
        self._all = [self._worded(item, name(item), hint(item)) for item in items]
        self._passed: dict[str, Sequence[_Worded[T]]] = {}
        """By query: what holds its letters in their order, best first."""

    @staticmethod
    def _worded(item: T, name: str, hint: str) -> _Worded[T]:
        words = f"{name} {hint}".casefold()
        return _Worded(item, name.casefold(), words, frozenset(fuzzy.begins(words)), {})

    def find(self, query: str) -> Sequence[T]:
        """Everything for no letters. Several words may stand in any order: what begins with all of
        them comes first, then what holds them as they were typed, then the rest in the order of
        the list, as tickets match by chance what others are named.
        """
        asked = query.casefold()
        if not asked:
            return [one.item for one in self._all]
        found = self._matching(asked)
        if len(words := asked.split()) > 1:
            has = [one for one in self._all if all(word in one.words for word in words)]
            has.sort(key=lambda one: (not one.name.startswith(asked), asked not in one.name))
            whole = {id(one) for one in has}
            found = [*has, *(one for one in found if id(one) not in whole)]
        return [one.item for one in found]

    def _matching(self, asked: str) -> Sequence[_Worded[T]]:
        passed = self._passed.get(asked)
        if passed is None:
            passed = self._passed[asked] = self._sifted(asked, self._left(asked))
        return passed

    def _left(self, asked: str) -> Sequence[_Worded[T]]:
        """What may match at all: what fewer of the letters left, in the order of the list."""
        for cut in range(len(asked) - 1, 0, -1):
            if (passed := self._passed.get(asked[:cut])) is not None:
                keep = {id(one) for one in passed}
                return [one for one in self._all if id(one) in keep]
        return self._all

    @staticmethod
    def _sifted(asked: str, among: Iterable[_Worded[T]]) -> Sequence[_Worded[T]]:
        """Of what scores alike, that which begins so comes first; a word that stands before a
        colon is a name of its own (`ro: read only`) and comes before all others.
        """
        scored = [(fuzzy.score(asked, one.words, one.begins, one.known), one) for one in among]
        named = f"{asked}:"
        scored.sort(
            key=lambda s: (not s[1].name.startswith(named), -s[0], not s[1].name.startswith(asked))
        )
        return [one for score, one in scored if score > 0]
