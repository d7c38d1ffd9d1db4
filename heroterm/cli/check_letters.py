"""Letters of the team's queues that can never be pressed: the prefix uses them itself."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any


def taken_letters(file: Path, keys: Path) -> list[dict[str, object]]:
    """A finding for each `[[view]]` with such a letter, whatever else is wrong in the file. A key
    that is no letter at all is told of by the configuration itself.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        tables = tomllib.loads(text).get("view", ())
    except (OSError, ValueError):
        return []
    if not isinstance(tables, list):
        return []
    from heroterm.cli import keymap_file  # brings the table of commands in
    from heroterm.cli.queues import LETTER_TAKEN
    from heroterm.domain.toml_places import Places
    from heroterm.domain.view import is_letter
    from heroterm.tui.commands import VIEWS

    taken = keymap_file.load(keys).titles(VIEWS)
    found: list[dict[str, object]] = []
    for at, key in enumerate(map(_key, tables)):
        if is_letter(key) and key in taken:
            place = Places(text).value("view", at, "key")
            found.append(
                {
                    "level": "error",
                    "file": str(file),
                    "line": place.line if place else 0,
                    "column": place.column if place else 0,
                    "key": "view.key",
                    "say": LETTER_TAKEN.format(key, taken[key]),
                    "remedy": "Choose another letter, or leave it out.",
                }
            )
    return found


def _key(table: Any) -> str:
    key = table.get("key") if isinstance(table, dict) else None
    return key if isinstance(key, str) else ""
