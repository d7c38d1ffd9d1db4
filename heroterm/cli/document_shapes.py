"""The shapes of what `--json` prints: read from help/documents.toml, shown, and held by a test."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import heroterm
from heroterm.cli.table import aligned
from heroterm.errors import UsageError

FILE = Path(heroterm.__file__).parent / "help" / "documents.toml"
PLAIN = frozenset({"text", "number", "yes/no", "moment", "any", "object"})
"""Kinds of value besides the shapes of the file; `?` behind one: or null; `[]`: a list of them."""
_HEAD = (
    "Every verb with --json prints exactly one document on standard output, ASCII, with",
    '"schema": 1. New keys may come; when a key changes its meaning or goes, schema rises.',
    "A failure is a document, too: see `heroterm help json error`. Moments are ISO-8601 UTC.",
    "`?`: or null. `[]`: a list. `(maybe)`: the key is there only where it says something.",
)


@cache
def shapes() -> Mapping[str, Any]:
    """Every shape and document by its name: key → "kind" or "kind: what it means"."""
    told: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: _whole(told, name) for name in told}


def _whole(told: Mapping[str, Any], name: str) -> dict[str, str]:
    """A shape with the keys of the one that it takes in."""
    own = dict(told[name])
    other = own.pop("+", None)
    return {**(_whole(told, other) if other else {}), **own}


def page(word: str) -> Iterator[str]:
    """The page of one verb or shape, or of all. Raises UsageError for a word that names none."""
    told = shapes()
    if not word:
        yield from _HEAD
    names = [word] if word else list(told)
    for name in names:
        if name not in told:
            near = difflib.get_close_matches(name, told, 1)
            hint = f"Did you mean {near[0]!a}?" if near else "`heroterm help json` shows all."
            raise UsageError(f"No document is called {name!a}.", hint)
        yield ""
        yield name
        rows = [(f"  {key}", *_parts(said)) for key, said in told[name].items()]
        yield from aligned(rows, most=76)


def _parts(said: str) -> tuple[str, str]:
    kind, _, meaning = said.partition(": ")
    return kind, meaning


def mistakes(value: Any, kind: str, where: str) -> Iterator[str]:
    """How a value differs from its documented kind, as sentences."""
    if kind.endswith("[]"):
        if not isinstance(value, list):
            yield f"{where} is no list"
            return
        for number, each in enumerate(value):
            yield from mistakes(each, kind[:-2], f"{where}[{number}]")
    elif kind.endswith("?"):
        if value is not None:
            yield from mistakes(value, kind[:-1], where)
    elif kind in PLAIN:
        if not _fits(value, kind):
            yield f"{where} is {value!r}, not {kind}"
    else:
        yield from of_shape(value, kind, where)


def of_shape(value: Any, name: str, where: str) -> Iterator[str]:
    """How an object differs from a shape of the file, in both directions."""
    if not isinstance(value, dict):
        yield f"{where} is no object"
        return
    known = shapes()[name]
    for key, said in known.items():
        kind = said.partition(": ")[0]
        if key in value:
            yield from mistakes(value[key], kind.removesuffix(" (maybe)"), f"{where}.{key}")
        elif not kind.endswith("(maybe)"):
            yield f"{where}.{key} is documented and missing"
    for key in value.keys() - known.keys():
        yield f"{where}.{key} is not documented"


def _fits(value: Any, kind: str) -> bool:
    match kind:
        case "text":
            return isinstance(value, str)
        case "moment":
            return isinstance(value, str) and value.endswith("Z") and value[4:5] == "-"
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "yes/no":
            return isinstance(value, bool)
        case "object":
            return isinstance(value, dict)
    return True
