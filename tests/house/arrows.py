"""Who may import whom, and which room alone names which library."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping

from tests.house.source import PACKAGE, Source

MAY: Mapping[str, frozenset[str]] = {
    "": frozenset(),
    "errors": frozenset(),
    "domain": frozenset(),
    "zendesk": frozenset({"domain", "errors", ""}),
    "rotation": frozenset({"domain", "errors", ""}),
    "mirror": frozenset({"domain", "errors"}),
    "journal": frozenset({"domain", "errors"}),
    "sync": frozenset({"domain", "mirror", "journal", "errors"}),
    "tui": frozenset({"domain", "mirror", "journal", "sync", "errors"}),
    "sandbox": frozenset(),
    "config": frozenset({"domain", "errors"}),
    "rulebook": frozenset({"domain", "errors"}),
    "pictures": frozenset({"errors"}),
    "paths": frozenset({"errors"}),
    "secrets": frozenset({"errors"}),
    "keyring_door": frozenset(),
    "log": frozenset({""}),
    "__main__": frozenset({"cli"}),
}
"""Rooms and root modules, and what each may import of ours; `cli` is absent, it may know all.

"" is the root itself: its version, which goes out with a request or into a log.
"""

ALONE: Mapping[str, frozenset[str]] = {
    "textual": frozenset({"tui"}),
    "rich": frozenset({"tui"}),
    "pyperclip": frozenset({"tui"}),
    "PIL": frozenset({"pictures"}),
    "plotille": frozenset({"tui"}),
    "httpx": frozenset({"zendesk", "rotation"}),
    "icalendar": frozenset({"rotation"}),
    "recurring_ical_events": frozenset({"rotation"}),
    "justhtml": frozenset({"zendesk"}),
    "msgspec": frozenset({"zendesk"}),
    "pydantic": frozenset({"zendesk", "config"}),
    "sqlite_utils": frozenset({"mirror", "journal"}),
    "sqlite3": frozenset({"mirror", "journal"}),
    "werkzeug": frozenset({"sandbox"}),
    "keyring": frozenset({"keyring_door"}),
    "platformdirs": frozenset({"paths"}),
    "pyarrow": frozenset({"cli"}),
    "click": frozenset({"cli"}),
    # One colour: asynchrony exists on the screen alone.
    "asyncio": frozenset({"tui"}),
}

OUTSIDE = frozenset(
    "os io pathlib shutil tempfile glob socket ssl select http urllib.request sqlite3 subprocess "
    "time random uuid secrets logging threading multiprocessing asyncio tomllib json.tool".split()
)
"""Modules of the standard library that a pure room has no use for."""


def imports(source: Source, known: frozenset[str] = frozenset()) -> Iterator[tuple[str, int]]:
    """Every import of a module with its line, wherever it stands; relative ones made absolute.

    `from a import b` is `a.b` where that is a module of ours (`known`), else `a`.
    """
    for plain in source.nodes(ast.Import):
        yield from ((alias.name, plain.lineno) for alias in plain.names)
    for node in source.nodes(ast.ImportFrom):
        origin = _origin(source, node)
        for alias in node.names:
            deeper = f"{origin}.{alias.name}"
            yield (deeper if deeper in known else origin), node.lineno


def _origin(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = source.name.split(".")
    here = parts if source.is_package else parts[:-1]
    up = here[: len(here) - (node.level - 1)]
    return ".".join([*up, *([node.module] if node.module else [])])


def _wrong(source: Source, name: str) -> str:
    top, _, rest = name.partition(".")
    room = source.room
    if top == PACKAGE:
        other = rest.split(".")[0]
        if other == room or room == "cli" or other in MAY.get(room, frozenset()):
            return ""
        return f"imports {name}, which {room or 'the root'} may not know"
    if room == "domain" and (name in OUTSIDE or top in OUTSIDE):
        return f"names {name}: this room is pure"
    if top in ALONE:
        owners = ALONE[top]
        return "" if room in owners else f"names {top}, which is for {' and '.join(sorted(owners))}"
    return "" if top in sys.stdlib_module_names else f"names {top}, which no room has taken on"


def against(sources: Iterable[Source]) -> list[str]:
    """Each import that the table forbids, as `file:line what`."""
    sources = tuple(sources)
    known = frozenset(s.name for s in sources)
    found = []
    for source in sources:
        if source.room not in MAY and source.room != "cli":
            found.append(f"{source.where}: {source.room} is no room of this house")
        for name, line in sorted(set(imports(source, known)), key=lambda pair: pair[1]):
            if why := _wrong(source, name):
                found.append(f"{source.where}:{line} {why}")
    return found


def cycles(sources: Iterable[Source]) -> list[str]:
    """Modules that import one another in a ring, as `a -> b -> a`; each ring once."""
    sources = tuple(sources)
    known = frozenset(s.name for s in sources)
    graph = {s.name: sorted({n for n, _ in imports(s, known) if n in known}) for s in sources}
    done: set[str] = set()
    rings: list[str] = []

    def walk(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            rings.append(" -> ".join([*trail[trail.index(name) :], name]))
            return
        if name in done:
            return
        for other in graph[name]:
            walk(other, (*trail, name))
        done.add(name)

    for name in graph:
        walk(name, ())
    return rings
