"""Reads the file at two speeds: tomllib and exact types, and pydantic at any doubt."""

from __future__ import annotations

import tomllib
from codecs import BOM_UTF8
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from heroterm.config.values import VIEWS, WORDS, Config, wrong_values
from heroterm.config.views import fitting
from heroterm.errors import ConfigError

SIZE_LIMIT = 1 << 20
"""Bytes; a longer file is no configuration."""


def load(path: Path) -> Config:
    """The configuration of a file; defaults where there is none. Raises ConfigError."""
    text = _text(path)
    return Config() if text is None else parsed(text, path)


def parsed(text: str, path: Path) -> Config:
    """The configuration that a text says; `path` is named in what is wrong. Raises ConfigError."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        from heroterm.domain.toml_words import in_words, place_in  # seldom needed

        line, column = place_in(error) or (len(text.splitlines()), 0)
        say = f"This is not valid TOML: {in_words(error)}."
        raise ConfigError(say, _UNTOUCHED, file=str(path), line=line, column=column) from None
    except (ValueError, RecursionError):  # a number of a thousand digits, a thousand brackets
        say, remedy = "This TOML is beyond reading.", "Write shorter numbers, fewer brackets."
        raise ConfigError(say, remedy, file=str(path), line=1) from None
    config = _quick(values)
    if config is None:
        from heroterm.config.complaints import complain  # brings pydantic in

        config = complain(values, text, path)
    return config


def mistakes(path: Path, first: ConfigError) -> list[ConfigError]:
    """Everything wrong with a file of which `first` was said, as far as it can be told at once."""
    from heroterm.config.complaints import every  # brings pydantic in

    try:
        text = _text(path) or ""
        return every(tomllib.loads(text), text, path) or [first]
    except (ConfigError, ValueError):
        return [first]


_UNTOUCHED = "Mend that line; the file was left as it was."


def _text(path: Path) -> str | None:
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise ConfigError(
                f"This file is larger than {SIZE_LIMIT >> 20} MB, so it was not read.",
                "Move it away; `heroterm connect` writes a fresh one.",
                file=str(path),
            )
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(
            f"This file cannot be read ({error.strerror}).",
            "Mend its owner or mode, or choose another home with --home DIR.",
            file=str(path),
        ) from None
    return _decoded(data, path)


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].removeprefix(BOM_UTF8).decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise ConfigError(
            "This line is not UTF-8 text.", _UNTOUCHED, file=str(path), line=line, column=column
        ) from None


def _quick(values: dict[str, Any]) -> Config | None:
    """The configuration when every entry is known and of its type; None at any doubt."""
    sections: dict[str, Any] = {}
    known = _kinds(Config)
    for name, table in values.items():
        if name == VIEWS:
            sections[name] = fitting(table, _fits)
            if sections[name] is None:
                return None
            continue
        if name not in known or type(table) is not dict:
            return None
        kinds = _kinds(known[name])
        if any(key not in kinds or not _fits(kinds[key], table[key]) for key in table):
            return None
        made = {key: _made(kinds[key], v) for key, v in table.items()}
        sections[name] = known[name](**made)
    config = Config(**sections)
    return None if any(wrong_values(config)) else config


@cache
def _kinds(section: type) -> dict[str, Any]:
    """The kind of each entry; Python compiles their names anew each time that it is asked."""
    return get_type_hints(section)


def _made(kind: Any, value: Any) -> Any:
    if kind == WORDS:
        return tuple(value)
    return float(value) if kind is float else value


def _fits(kind: Any, value: object) -> bool:
    """Exactly of the type, so that `true` is no number; a whole number serves as seconds."""
    if kind == WORDS:
        return type(value) is list and all(type(word) is str for word in value)
    return type(value) in ((int, float) if kind is float else get_args(kind) or (kind,))
