"""JSON of the journal, read with doubt: a row that was changed from outside must not pass for ours.

Everything here raises ValueError for what this program cannot have written.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, TypeVar

from heroterm.domain.text import storable
from heroterm.journal.connection import Torn

Made = TypeVar("Made")
_LARGEST = 2**63


def parsed(text: str) -> Any:
    """A column's JSON."""
    try:
        return json.loads(words(text))
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def words(value: object) -> str:
    """Text, as a database and a terminal take it."""
    if not isinstance(value, str) or isinstance(value, Torn):
        raise ValueError("no text")
    return storable(value, len(value))


def number(value: object) -> int:
    """A whole number that a database takes."""
    if not isinstance(value, int) or isinstance(value, bool) or not -_LARGEST <= value < _LARGEST:
        raise ValueError("no number")
    return value


def texts(value: object) -> tuple[str, ...]:
    """A list of text."""
    return tuple(words(each) for each in listed(value))


def listed(value: object) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        raise ValueError("no list")
    return value


def named(value: object) -> dict[str, Any]:
    """Values by their names."""
    if not isinstance(value, dict):
        raise ValueError("no names")
    return value


def made(kind: type[Made], value: object) -> Made:
    """A dataclass whose fields are text and whole numbers, each perhaps None, of its values."""
    given = dict(named(value))
    known = {field.name: str(field.type) for field in fields(kind)}  # type: ignore[arg-type]
    if not given.keys() <= known.keys():
        raise ValueError("unknown names")
    for name, each in given.items():
        kinds = known[name].split(" | ")
        if each is not None or "None" not in kinds:
            given[name] = number(each) if "int" in kinds else words(each)
    try:
        return kind(**given)
    except TypeError as error:
        raise ValueError("names are missing") from error
