"""Where an entry of a TOML file stands: readers of TOML do not keep positions."""

from __future__ import annotations

import re


def line_of(text: str, key: str) -> int:
    """Line (1-based) on which an entry such as `presets.plan.rule[2].tier` stands.

    Without a line of its own, that of the nearest table around it; TOML readers do not keep
    positions, so the headings are counted.
    """
    parts = re.sub(r"\[(\d+)\]", r".\1", key).split(".")
    lines = text.split("\n")
    for depth in range(len(parts), 1, -1):
        if found := _line(lines, parts[:depth]):
            return _row(lines, found, parts[depth:])
    return _line(lines, parts[:1]) or 1


def _line(lines: list[str], parts: list[str]) -> int:
    """The line of an entry, else of the heading of its table; 0 where neither stands there."""
    *path, last = parts
    counts: dict[str, int] = {}
    current: list[str] = []
    best = 0
    for number, line in enumerate(lines, 1):
        heading = re.match(r"\s*\[(\[?)\s*([\w.\"-]+)\s*\]", line)
        if heading:
            current = _numbered(heading[2].replace('"', ""), bool(heading[1]), counts)
            if current in (path, parts):
                best = number
        elif current == path and re.match(rf"\s*\"?{re.escape(last)}\"?\s*[.=]", line):
            return number
    return best


def _row(lines: list[str], start: int, inner: list[str]) -> int:
    """The line of a row of a list that was written in one piece: `only_if = [` and a table a line;
    without lines of their own, that of the list.
    """
    if not inner or not inner[0].isdigit():
        return start
    rows: list[int] = []
    for number, line in enumerate(lines[start:], start + 1):
        if not re.match(r"\s*(?:\{|#|$)", line):
            break
        rows += [number] if line.lstrip().startswith("{") else []
    return rows[int(inner[0])] if int(inner[0]) < len(rows) else start


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
