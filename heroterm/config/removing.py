"""Takes one `[[view]]` table out of the file, every other byte of which stays as it was written."""

from __future__ import annotations

import tomllib
from pathlib import Path

from heroterm.config.rewriting import rewrite
from heroterm.config.values import VIEWS
from heroterm.domain.toml_places import Places
from heroterm.errors import ConfigError


def remove_view(path: Path, name: str) -> None:
    """Take out a queue: its heading, its entries, and one empty line before them. What its owner
    wrote above and below it stays, comments, too.

    Raises ConfigError where the file has no such queue or writes it otherwise than as a table of
    its own, and as `rewrite` does.
    """

    def without(text: str) -> str:
        before = tomllib.loads(text)
        at = _at(before, name, path)
        place = Places(text).lines(VIEWS, at)
        after = text if place is None else _cut(text, *place)
        del before[VIEWS][at]
        if not before[VIEWS]:
            del before[VIEWS]
        if not _says(after, before):
            raise ConfigError(
                f"This file writes {name!a} in a way that it cannot be taken out of.",
                "Take it out with `heroterm config edit`.",
                file=str(path),
            )
        return after

    rewrite(path, without)


def _at(values: dict[str, object], name: str, path: Path) -> int:
    views = values.get(VIEWS)
    for at, view in enumerate(views if isinstance(views, list) else ()):
        if view["name"] == name:
            return at
    raise ConfigError(
        f"This file has no queue {name!a} any more.",
        "It is gone at the next start.",
        file=str(path),
    )


def _cut(text: str, first: int, last: int) -> str:
    """The text without these lines, from 1, and an empty one before them."""
    lines = text.split("\n")
    begin = first - 1
    if begin and not lines[begin - 1].strip():
        begin -= 1
    rest = lines[last:]
    # At the end of a file that ends without a line break the one before the table goes, too.
    return "\n".join([*lines[:begin], *rest]) if rest else "\n".join(lines[:begin])


def _says(text: str, values: dict[str, object]) -> bool:
    """Whether a text still is TOML that says exactly this."""
    try:
        return tomllib.loads(text) == values
    except tomllib.TOMLDecodeError:
        return False
