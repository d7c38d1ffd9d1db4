"""Tables that a team edits, read with exact complaints.

A rule file becomes nested tables elsewhere; here each entry is asked for by name and type. Every
entry must be asked for: what nobody knows is a typing mistake, and is said with the nearest name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

_T = TypeVar("_T")
_MOST = 100_000
"""Of whatever is counted: days, hours, tiers. As many days are three centuries."""


class BadEntry(ValueError):
    """An entry is missing, unknown or of the wrong kind. `key` is its dotted path."""

    def __init__(self, key: str, say: str, remedy: str) -> None:
        super().__init__(f"{key}: {say} {remedy}")
        self.key, self.say, self.remedy = key, say, remedy


class Table:
    """One table of a file; `path` is where it stands ("handbook.rule[2]"), for complaints."""

    __slots__ = ("_asked", "_values", "path")

    def __init__(self, values: Mapping[str, object], path: str = "") -> None:
        self._values = values
        self._asked: set[str] = set()
        self.path = path

    def has(self, key: str) -> bool:
        """Whether the entry is there; it then counts as known."""
        self._asked.add(key)
        return key in self._values

    def is_list(self, key: str) -> bool:
        """Whether the entry is a list, where one table or several may stand."""
        return isinstance(self._values.get(key), list)

    def names(self) -> tuple[str, ...]:
        """Every entry of the table, in the order of the file; all of them then count as known."""
        self._asked.update(self._values)
        return tuple(self._values)

    def text(
        self, key: str, default: str | None = None, *, among: tuple[str, ...] | None = None
    ) -> str:
        """A text that is not empty; `among` lists the only words allowed: where it is empty, none
        is. None allows every word.
        """
        known = [f'"{word}"' for word in among or ()]
        wanted = f"one of {', '.join(known)}" if known else "a text in quotes"
        value = self._get(key, str, wanted, default)
        if not value and value != default:
            raise self.bad(key, "is empty.", "Write a text, or remove the line.")
        if among is not None and value and value not in among:
            some = f"Use one of: {', '.join(among)}."
            none = "Nothing can stand here: remove it."
            raise self.bad(key, f'"{value}" is not known.', some if among else none)
        return value

    def number(self, key: str, default: int | None = None, *, least: int = 0) -> int:
        """A whole number of at least `least`, and no larger than any calendar can bear."""
        value = self._get(key, int, "a whole number", default)
        if isinstance(value, bool) or not least <= value <= _MOST:
            remedy = f"Use a whole number of at least {least}, at most {_MOST}."
            raise self.bad(key, "is not usable.", remedy)
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """`true` or `false`."""
        return self._get(key, bool, "true or false", default)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when the entry is missing."""
        values = self._get(key, list, 'a list such as ["one", "two"]', [])
        for value in values:
            if not isinstance(value, str) or not value:
                raise self.bad(key, f"holds {value!r}.", 'Use a list such as ["one", "two"].')
        return tuple(values)

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers above zero; empty when the entry is missing."""
        values = self._get(key, list, "a list such as [1, 2]", [])
        for value in values:
            if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST:
                raise self.bad(key, f"holds {value!r}.", "Use a list such as [1, 2].")
        return tuple(values)

    def pattern(self, key: str, default: str | None = None) -> re.Pattern[str]:
        """A regular expression, case ignored."""
        source = self.text(key, default)
        try:
            return re.compile(source, re.IGNORECASE | re.MULTILINE)
        except (re.error, OverflowError, RecursionError) as error:
            raise self.bad(key, f"is no regular expression: {error}.", "Mend it.") from None

    def table(self, key: str, *, needed: bool = True) -> Table:
        """A table inside this one; empty when it is missing and not needed."""
        inner = self._get(key, dict, f"a table [{self._at(key)}]", None if needed else {})
        return Table(inner, self._at(key))

    def tables(self, key: str) -> tuple[Table, ...]:
        """A list of tables (`[[…]]`); empty when the entry is missing."""
        rows = self._get(key, list, f"a list of tables [[{self._at(key)}]]", [])
        for row in rows:
            if not isinstance(row, dict):
                raise self.bad(key, "is not a list of tables.", f"Write [[{self._at(key)}]].")
        return tuple(Table(row, f"{self._at(key)}[{at}]") for at, row in enumerate(rows))

    def done(self) -> None:
        """Raise BadEntry when an entry was never asked for."""
        for key in self._values:
            if key not in self._asked:
                raise self.bad(key, "is not known here.", nearest(key, self._asked))

    def bad(self, key: str, say: str, remedy: str) -> BadEntry:
        """A complaint about one entry of this table."""
        return BadEntry(self._at(key), say, remedy)

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _get(self, key: str, kind: type[_T], wanted: str, default: _T | None) -> _T:
        self._asked.add(key)
        value = self._values.get(key, default)
        if value is None:
            raise self.bad(key, "is missing.", f"Add it: {wanted}.")
        if not isinstance(value, kind):
            raise self.bad(key, "is of the wrong kind.", f"Use {wanted}.")
        return value


def read(values: Mapping[str, object], reader: Callable[[Table], _T]) -> _T:
    """What `reader` makes of a whole file; BadEntry also for entries that it did not ask for."""
    table = Table(values)
    made = reader(table)
    table.done()
    return made


def nearest(key: str, known: Collection[str]) -> str:
    """A remedy for a name that is not known: the one that was meant, else all that are."""
    import difflib  # only where there is something to complain about

    near = difflib.get_close_matches(key, known, 1)
    return f'Did you mean "{near[0]}"?' if near else f"Known are: {', '.join(sorted(known))}."
