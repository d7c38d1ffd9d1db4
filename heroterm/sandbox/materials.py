"""The written material of a practice shift, read from the TOML files beside this one."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that customers write about; `area` is a key of desk.toml [areas]."""

    area: str
    kind: str
    severity: str
    subject: str
    text: str


@cache
def table(name: str) -> Table:
    """The parsed file `name`.toml of this room. Raises tomllib.TOMLDecodeError."""
    text = files("heroterm.sandbox").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def topics() -> tuple[Topic, ...]:
    """Every topic of topics.toml, in the order of the file."""
    return tuple(Topic(**row) for row in table("topics")["topic"])


def unescape(text: str) -> str:
    """Turn the JSON escapes of hostile.toml into characters, lone surrogates included."""
    return str(json.loads(f'"{text}"'))
