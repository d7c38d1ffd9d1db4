"""Says exactly what is wrong with a configuration: file, line, key, the nearest known key.

The one module that names pydantic here, which costs more to load than the whole quick reading.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError, create_model

from heroterm.config.values import VIEWS, WORDS, Config, TeamView, defaults, wrong_values
from heroterm.config.views import VIEW_KEYS, Wrong, wrong_views
from heroterm.domain.toml_places import Place, Places
from heroterm.errors import ConfigError

_KINDS = {"zendesk": "a number", "own_groups": "true or false"}
"""What a key of a `[[view]]` table takes, where it is no text."""
Where = tuple[int | str, ...]
"""Names and numbers that lead to an entry, as pydantic tells them."""
_SECRET_KEYS = ("token", "password", "secret", "api_token", "api_key", "access_token")


def complain(values: Mapping[str, Any], text: str, path: Path) -> Config:
    """The configuration as pydantic understands it, or ConfigError for the first thing wrong."""
    found = every(values, text, path)
    if found:
        raise found[0]
    return TypeAdapter(Config).validate_python(values)


def every(values: Mapping[str, Any], text: str, path: Path) -> list[ConfigError]:
    """Everything wrong: names, types, and then the values of all that is of its type."""
    strict = create_model("File", __config__=ConfigDict(extra="forbid", frozen=True), **_sections())
    wrong: list[Any] = []
    try:
        strict.model_validate(values)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_context=False, include_input=False)
    told = [each["loc"] for each in wrong]
    config = TypeAdapter(Config).validate_python(_without(values, told))
    tables = {where[1] for where in told if where[0] == VIEWS and len(where) > 1}
    return [
        *(_of_pydantic(each["loc"], each["type"], text, path) for each in wrong),
        *(_of_wrong(view, text, path) for view in wrong_views(config.view, but=tables)),
        *(_unusable((section, key), do, text, path) for section, key, do in wrong_values(config)),
    ]


def _without(values: Mapping[str, Any], wrong: Sequence[Where]) -> dict[str, Any]:
    """The values but for entries that are told to be wrong; a table keeps its number."""
    left: dict[str, Any] = deepcopy(dict(values))
    for where in wrong:
        depth = 3 if where[0] == VIEWS else 2
        around: Any = left
        last: Any = where[:depth][-1]
        for part in where[: depth - 1][: len(where) - 1]:
            around = around[part]
        if isinstance(around, list):
            around[last] = {}
        else:
            around.pop(last, None)
    return left


def _of_wrong(view: Wrong, text: str, path: Path) -> ConfigError:
    place = Places(text).value(VIEWS, view.at, view.key)
    dotted = f"{VIEWS}.{view.key}"
    return ConfigError(f"{dotted}: {view.say}.", view.remedy, **_at(path, place), key=dotted)


def _of_pydantic(where: Where, kind: str, text: str, path: Path) -> ConfigError:
    if where[0] == VIEWS:
        return _of_view(where[1:], kind, text, path)
    return _complaint(where, kind, text, path)


def _unusable(where: Where, remedy: str, text: str, path: Path) -> ConfigError:
    """`where` goes as far as the value that is wrong: into a list by its number."""
    dotted = ".".join(str(part) for part in where[:2])
    at = _at(path, Places(text).value(*where))
    return ConfigError(f"{dotted} cannot be used.", remedy, **at, key=dotted)


def _at(path: Path, place: Place | None) -> dict[str, Any]:
    """What an error says of a place."""
    line, column = (place.line, place.column) if place is not None else (0, 0)
    return {"file": str(path), "line": line, "column": column}


def _sections() -> dict[str, Any]:
    """One model field a section, each forbidding what it does not know."""
    from typing import get_type_hints

    made: dict[str, Any] = {}
    closed = ConfigDict(extra="forbid", strict=True, frozen=True)
    row: dict[str, Any] = {
        key: (kind, getattr(TeamView(), key)) for key, kind in get_type_hints(TeamView).items()
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


def _complaint(where: Where, kind: str, text: str, path: Path) -> ConfigError:
    section, key = str(where[0]), str(where[1]) if len(where) > 1 else ""
    dotted = ".".join(filter(None, (section, key)))
    if kind != "extra_forbidden":
        return _unusable(where, f"Use {_wanted(section, key)}.", text, path)
    if key in _SECRET_KEYS or section in _SECRET_KEYS:
        say = f"{dotted} is a secret, and secrets do not belong in this file."
        remedy = "Remove the line and run `heroterm connect --token-stdin`."
    else:
        known = list(defaults()[section]) if key else [*defaults(), VIEWS]
        say, remedy = f"{dotted} is not known.", nearest(key or section, known)
    return ConfigError(say, remedy, **_at(path, Places(text).key(*where)), key=dotted)


def _of_view(where: Where, kind: str, text: str, path: Path) -> ConfigError:
    """A complaint about the `[[view]]` tables: `where` is which of them, from 0, and its key."""
    at, key = (where[0] if where else 0), "".join(map(str, where[1:2]))
    places = Places(text)
    place = places.value(VIEWS, at, *([key] if key else []))
    dotted = ".".join(filter(None, (VIEWS, key)))
    if not key:
        say, remedy = (
            f"{dotted} cannot be used.",
            'Write each queue as a table: [[view]], name = "…".',
        )
    elif kind == "extra_forbidden":
        say, remedy = f"{dotted} is not known.", nearest(key, list(VIEW_KEYS))
        place = places.key(VIEWS, at, key)
    else:
        wanted = _KINDS.get(key, "a text in quotes")
        say, remedy = f"{dotted} cannot be used.", f"Use {wanted}."
    return ConfigError(say, remedy, **_at(path, place), key=dotted)


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

    Of several tables of one name, as in `[[view]]`, the one `nth` from 0. 0: neither is there.
    """
    places = Places(text)
    found = places.key(section, nth, key) if section == VIEWS else places.key(section, key)
    return found.line if found is not None else 0
