"""Where an entry of a TOML file stands: readers of TOML do not keep positions."""

from __future__ import annotations

import re


def line_of(text: str, key: str) -> int:
    """Line (1-based) on which an entry such as `presets.plan.rule[2].tier` stands; 0 unknown.

    Without the entry itself, the line of its table; TOML readers do not keep positions, so the
    headings are counted.
    """
    *path, last = re.sub(r"\[(\d+)\]", r".\1", key).split(".")
    counts: dict[str, int] = {}
    current: list[str] = []
    best = 1 if not path else 0
    for number, line in enumerate(text.split("\n"), 1):
        heading = re.match(r"\s*\[(\[?)([\w.\"-]+)\]", line)
        if heading:
            current = _numbered(heading[2].replace('"', ""), bool(heading[1]), counts)
            if current == path or current == [*path, last]:
                best = number
        elif current == path and re.match(rf"\s*\"?{re.escape(last)}\"?\s*[.=]", line):
            return number
    return best


def _numbered(name: str, many: bool, counts: dict[str, int]) -> list[str]:
    """A heading's path with the index of each list of tables, counting as the lines go by."""
    if many:
        counts[name] = counts.get(name, -1) + 1
        for inner in [one for one in counts if one.startswith(f"{name}.")]:
            del counts[inner]
    found: list[str] = []
    prefix = ""
    for part in name.split("."):
        prefix = f"{prefix}.{part}" if prefix else part
        found.append(part)
        if prefix in counts:
            found.append(str(counts[prefix]))
    return found
