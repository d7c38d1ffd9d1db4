"""Says exactly what is wrong with a configuration: file, line, key, the nearest known key.

The one module that names pydantic here, which costs more to load than the whole quick reading.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError, create_model

from heroterm.config.values import VIEWS, WORDS, Config, TeamView, defaults, wrong_value
from heroterm.config.views import VIEW_KEYS, wrong_view
from heroterm.errors import ConfigError

_SECRET_KEYS = ("token", "password", "secret", "api_token", "api_key", "access_token")


def complain(values: Mapping[str, Any], text: str, path: Path) -> Config:
    """The configuration as pydantic understands it, or ConfigError for the first thing wrong."""
    found = every(values, text, path)
    if found:
        raise found[0]
    return TypeAdapter(Config).validate_python(values)


def every(values: Mapping[str, Any], text: str, path: Path) -> list[ConfigError]:
    """Everything wrong that can be told at once: names and types, else the first value."""
    strict = create_model("File", __config__=ConfigDict(extra="forbid", frozen=True), **_sections())
    try:
        strict.model_validate(values)
        config = TypeAdapter(Config).validate_python(values)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        return [_of_pydantic(each["loc"], each["type"], text, path) for each in found]
    if (view := wrong_view(config.view)) is not None:
        return [
            ConfigError(
                f"{VIEWS}.{view.key}: {view.say}.",
                view.remedy,
                file=str(path),
                line=line_of(text, VIEWS, view.key, nth=view.at),
                key=f"{VIEWS}.{view.key}",
            )
        ]
    wrong = wrong_value(config)
    return [_unusable((wrong[0], wrong[1]), wrong[2], text, path)] if wrong is not None else []


def _of_pydantic(where: tuple[int | str, ...], kind: str, text: str, path: Path) -> ConfigError:
    words = tuple(str(part) for part in where)
    if words[0] == VIEWS:
        return _of_view(words[1:], kind, text, path)
    return _complaint(words[:2], kind, text, path)


def _unusable(where: tuple[str, ...], remedy: str, text: str, path: Path) -> ConfigError:
    section, key, dotted = where[0], where[1] if len(where) > 1 else "", ".".join(where)
    line = line_of(text, section, key)
    return ConfigError(f"{dotted} cannot be used.", remedy, file=str(path), line=line, key=dotted)


def _sections() -> dict[str, Any]:
    """One model field a section, each forbidding what it does not know."""
    from typing import get_type_hints

    made: dict[str, Any] = {}
    closed = ConfigDict(extra="forbid", strict=True, frozen=True)
    row: dict[str, Any] = {
        key: (kind, None if key == "zendesk" else "")
        for key, kind in get_type_hints(TeamView).items()
    }
    made[VIEWS] = (list[create_model(VIEWS, __config__=closed, **row)], [])  # type: ignore[misc]
    for name, kind in get_type_hints(Config).items():
        if name == VIEWS:
            continue
        hints = get_type_hints(kind)
        usual = defaults()[name]
        inner: dict[str, Any] = {
            # Strict about texts, but TOML knows lists alone.
            key: (list[str] if hints[key] == WORDS else hints[key], usual[key])
            for key in usual
        }
        model = create_model(name, __config__=closed, **inner)
        made[name] = (model, model())
    return made


def _complaint(where: tuple[str, ...], kind: str, text: str, path: Path) -> ConfigError:
    section, key = where[0], where[1] if len(where) > 1 else ""
    dotted = ".".join(where)
    line = line_of(text, section, key)
    if kind != "extra_forbidden":
        return _unusable(where, f"Use {_wanted(section, key)}.", text, path)
    if key in _SECRET_KEYS or section in _SECRET_KEYS:
        say = f"{dotted} is a secret, and secrets do not belong in this file."
        remedy = "Remove the line and run `heroterm connect --token-stdin`."
    else:
        known = list(defaults()[section]) if key else [*defaults(), VIEWS]
        say, remedy = f"{dotted} is not known.", nearest(key or section, known)
    return ConfigError(say, remedy, file=str(path), line=line, key=dotted)


def _of_view(where: tuple[str, ...], kind: str, text: str, path: Path) -> ConfigError:
    """A complaint about the `[[view]]` tables: `where` is which of them, from 0, and its key."""
    at, key = (int(where[0]) if where and where[0].isdigit() else 0), "".join(where[1:2])
    line = line_of(text, VIEWS, key, nth=at)
    dotted = ".".join(filter(None, (VIEWS, key)))
    if not key:
        say, remedy = (
            f"{dotted} cannot be used.",
            'Write each queue as a table: [[view]], name = "…".',
        )
    elif kind == "extra_forbidden":
        say, remedy = f"{dotted} is not known.", nearest(key, list(VIEW_KEYS))
    else:
        wanted = "a number" if key == "zendesk" else "a text in quotes"
        say, remedy = f"{dotted} cannot be used.", f"Use {wanted}."
    return ConfigError(say, remedy, file=str(path), line=line, key=dotted)


def nearest(word: str, known: list[str]) -> str:
    """A remedy that names the known word most like this one, else all of them."""
    near = difflib.get_close_matches(word, known, 1)
    return f'Did you mean "{near[0]}"?' if near else f"Known are: {', '.join(known)}."


def _wanted(section: str, key: str) -> str:
    if not key:
        return f"a section [{section}]"
    usual = defaults()[section][key]
    if isinstance(usual, tuple):
        return 'a list of texts, as ["program", "word"]'
    if isinstance(usual, bool):
        return "true or false"
    if isinstance(usual, str):
        return "a text in quotes"
    return "a whole number" if isinstance(usual, int) else "a number"


def line_of(text: str, section: str, key: str, *, nth: int = 0) -> int:
    """The line, from 1, on which an entry stands; that of its section where the key is not found.

    Of several tables of one name, as in `[[view]]`, the one `nth` from 0.

    0 when neither is found, as for a dotted or inline table written in an unusual way.
    """
    now, at_section, seen = "", 0, -1
    for number, line in enumerate(text.splitlines(), 1):
        head = re.match(r"\s*\[?\[\s*([\w.\"-]+)\s*\]", line)
        if head:
            now = head[1].strip('"')
            seen += now == section
            at_section = number if now == section and seen == nth else at_section
        entry = re.match(r"\s*([\w.\"-]+)\s*=", line)
        name = entry[1].strip('"') if entry else ""
        if name and (now, name) == (section, key) and seen == nth:
            return number
        if not now and name in (section, f"{section}.{key}"):
            return number
    return at_section
