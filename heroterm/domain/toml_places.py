"""Where the entries of a TOML text stand, by line and column: readers of TOML keep no positions.

The text has been read already and is known to be in order, so that every rule of TOML that only
refuses something is left out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Names and, in lists and `[[tables]]`, numbers from 0: `("view", 1, "name")`."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_PLAIN = re.compile(r"[^,\]}#\n]*")
_ESCAPED = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_SIGNS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}
_QUOTED = (
    re.compile(r'"{3}(?:[^\\]|\\.)*?"{3,5}', re.DOTALL),
    re.compile(r"'{3}.*?'{3,5}", re.DOTALL),
    re.compile(r'"(?:[^"\\]|\\.)*"'),
    re.compile(r"'[^']*'"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column in characters, both from 1."""

    line: int
    column: int


class Places:
    """Every key and value of a text that tomllib has read."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._keys: dict[Path, int] = {}
        self._values: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._ends: dict[Path, int] = {}
        """Where the heading of a table or the last of its entries ends."""
        self._read()

    def key(self, *path: str | int) -> Place | None:
        """Where the name of an entry stands, or that of its table; of the nearest around it."""
        return self._place(path, self._keys)

    def value(self, *path: str | int) -> Place | None:
        """Where the value of an entry begins; a table's is its name."""
        return self._place(path, {**self._keys, **self._values})

    def lines(self, *path: str | int) -> tuple[int, int] | None:
        """First and last line of a table with a heading of its own: that, and all its entries; what
        stands behind the last of them is not the table's. None where it has no heading.
        """
        if path not in self._ends:
            return None
        first, last = (self._text.count("\n", 0, at) for at in (self._keys[path], self._ends[path]))
        return first + 1, last + 1

    def _place(self, path: Path, found: dict[Path, int]) -> Place | None:
        at = next((found[path[:n]] for n in range(len(path), 0, -1) if path[:n] in found), None)
        if at is None:
            return None
        line = self._text.count("\n", 0, at) + 1
        return Place(line, at - self._text.rfind("\n", 0, at))

    # Reading

    def _read(self) -> None:
        table: Path = ()
        while self._skip(_GAP) < len(self._text):
            if self._text[self._at] == "[":
                table = self._heading()
            else:
                self._pair(table)
                self._ends[table] = self._at

    def _heading(self) -> Path:
        many = self._text.startswith("[[", self._at)
        self._at += 1 + many
        path: Path = ()
        names = list(self._names())
        for n, (name, at) in enumerate(names, 1):
            path = (*path, name)
            self._keys.setdefault(path, at)
            if many and n == len(names):
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
                self._keys.setdefault(path, at)
        self._at += 1 + many
        self._ends[path] = self._at
        return path

    def _pair(self, table: Path) -> None:
        path = table
        for name, at in self._names():
            path = (*path, name)
            self._keys.setdefault(path, at)
        self._at += 1  # the =
        self._skip(_GAP)
        self._value(path)

    def _names(self) -> Iterator[tuple[str, int]]:
        """The parts of a dotted key; what stands behind it is next."""
        while True:
            self._skip(_GAP)
            at = self._at
            yield self._name(), at
            self._skip(_GAP)
            if self._text[self._at : self._at + 1] != ".":
                return
            self._at += 1

    def _name(self) -> str:
        at = self._at
        if (bare := _BARE.match(self._text, at)) is not None:
            self._at = bare.end()
            return bare[0]
        self._quoted()
        said = self._text[at : self._at]
        return _unquoted(said)

    def _value(self, path: Path) -> None:
        self._values[path] = self._at
        match self._text[self._at]:
            case '"' | "'":
                self._quoted()
            case "[":
                self._list(path)
            case "{":
                self._inline(path)
            case _:
                self._skip(_PLAIN)

    def _list(self, path: Path) -> None:
        self._at += 1
        n = 0
        while self._text[self._skip(_GAP)] != "]":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._value((*path, n))
            n += 1
        self._at += 1

    def _inline(self, path: Path) -> None:
        self._at += 1
        while self._text[self._skip(_GAP)] != "}":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._pair(path)
        self._at += 1

    def _quoted(self) -> None:
        found = next(found for kind in _QUOTED if (found := kind.match(self._text, self._at)))
        self._at = found.end()

    def _skip(self, what: re.Pattern[str]) -> int:
        found = what.match(self._text, self._at)
        self._at = found.end() if found is not None else self._at
        return self._at


def _unquoted(said: str) -> str:
    """A quoted name as it is read."""
    return said[1:-1] if said[0] == "'" else _ESCAPED.sub(_escaped, said[1:-1])


def _escaped(found: re.Match[str]) -> str:
    sign = found[1]
    return chr(int(sign[1:], 16)) if sign[0] in "uU" else _SIGNS.get(sign, sign)
