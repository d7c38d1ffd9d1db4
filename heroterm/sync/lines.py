"""A frozen record as one line of JSON, and back: how two processes of heroterm talk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields
from typing import Any, TypeVar

Record = TypeVar("Record")


def line_of(record: Any, key: str) -> str:
    """The record as one ASCII line without its newline; `key` carries its name."""
    return json.dumps({key: type(record).__name__, **asdict(record)}, separators=(",", ":"))


def record_of(line: str, key: str, kinds: Mapping[str, type[Record]]) -> Record:
    """The record that a line holds. Raises ValueError for anything else; unknown keys are let be.

    Values are plain JSON; lists become tuples, because records are frozen.
    """
    try:
        told = json.loads(line)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    kind = kinds.get(str(told.get(key, ""))) if isinstance(told, dict) else None
    if kind is None:
        raise ValueError(f"no {key} that is known: {line[:80]!r}")
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        if field.name in told:
            value = told[field.name]
            values[field.name] = tuple(value) if isinstance(value, list) else value
        elif field.default is MISSING:
            raise ValueError(f"{kind.__name__} without {field.name}")
    return kind(**values)
