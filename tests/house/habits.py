"""Habits of the house, each a function from a module to the lines that break it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.source import FunctionNode, Source, dotted, length

MOST_FILE_LINES = 300
MOST_FUNCTION_LINES = 45

BANNED_IN_CLASSES = frozenset({"Manager", "Controller", "Helper", "Service", "Util", "Utils"})
BANNED_IN_FUNCTIONS = frozenset({"manager", "controller", "helper", "util", "utils"})
BANNED_FILES = frozenset("manager controller helper helpers service services util utils".split())
BANNED_FILES |= frozenset({"common", "base", "misc"})

CLOCK = frozenset(
    "datetime.now datetime.utcnow datetime.today date.today time.time time.time_ns "
    "time.monotonic time.monotonic_ns time.perf_counter time.perf_counter_ns time.gmtime "
    "time.localtime uuid.uuid1 uuid.uuid4 os.urandom".split()
)
SLEEP = "time.sleep"
DICE = frozenset({"random", "secrets"})
"""Modules of chance; `random.Random(seed)` alone is let pass: the same seed, the same numbers."""


def _public(name: str) -> bool:
    return not name.startswith("_")


def _at(source: Source, node: ast.AST, say: str) -> str:
    return f"{source.where}:{getattr(node, 'lineno', 1)} {say}"


def _public_things(body: list[ast.stmt], front: str = "") -> Iterator[tuple[str, ast.AST]]:
    for node in body:
        if isinstance(node, FunctionNode) and _public(node.name) and not _exempt(node):
            yield front + node.name, node
        elif isinstance(node, ast.ClassDef) and _public(node.name):
            yield front + node.name, node
            yield from _public_things(node.body, f"{front}{node.name}.")


def _exempt(node: FunctionNode) -> bool:
    """Overloads and setters are told about where the thing itself is."""
    marks = {dotted(d).split(".")[-1] for d in node.decorator_list}
    return bool(marks & {"overload", "setter", "deleter", "override"})


def undocumented(source: Source) -> list[str]:
    """Public modules, classes, functions and methods without a docstring."""
    found = [] if ast.get_docstring(source.tree) else [f"{source.where} has no docstring"]
    for name, node in _public_things(source.tree.body):
        assert isinstance(node, FunctionNode | ast.ClassDef)
        if not ast.get_docstring(node):
            found.append(_at(source, node, f"{name} has no docstring"))
    return found


def untyped(source: Source) -> list[str]:
    """Functions that do not say what they return."""
    say = "does not say what it returns"
    return [_at(source, n, f"{n.name} {say}") for n in source.functions() if n.returns is None]


def oversized(source: Source) -> list[str]:
    """Files and functions beyond the cap."""
    found = []
    if source.lines > MOST_FILE_LINES:
        found.append(f"{source.where} has {source.lines} lines")
    for node in source.functions():
        if (lines := length(node)) > MOST_FUNCTION_LINES:
            found.append(_at(source, node, f"{node.name} has {lines} lines"))
    return found


def blind(source: Source) -> list[str]:
    """`except:`, `except Exception`, `except BaseException`, alone or among others."""
    found = []
    for node in source.nodes(ast.ExceptHandler):
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        names = {dotted(k) if k is not None else "" for k in kinds}
        if names & {"", "Exception", "BaseException"}:
            found.append(_at(source, node, "catches everything"))
    return found


def misnamed(source: Source) -> list[str]:
    """Names that say nothing: Manager, Helper, utils and their kin."""
    stem = source.name.split(".")[-1]
    found = [f"{source.where} is named {stem}"] if stem in BANNED_FILES else []
    for class_ in source.nodes(ast.ClassDef):
        if set(re.findall(r"[A-Z][a-z0-9]*", class_.name)) & BANNED_IN_CLASSES:
            found.append(_at(source, class_, f"class {class_.name}"))
    for node in source.functions():
        if set(node.name.split("_")) & BANNED_IN_FUNCTIONS:
            found.append(_at(source, node, f"def {node.name}"))
    return found


def _whence(source: Source) -> dict[str, str]:
    """What each imported name stands for: `from time import time as t` gives t → time.time."""
    found: dict[str, str] = {}
    for node in source.nodes(ast.Import):
        found |= {a.asname or a.name: a.name for a in node.names}
    for origin in source.nodes(ast.ImportFrom):
        if not origin.level:
            found |= {a.asname or a.name: f"{origin.module}.{a.name}" for a in origin.names}
    return found


def _named(source: Source) -> Iterator[ast.Name | ast.Attribute]:
    yield from source.nodes(ast.Name)
    yield from source.nodes(ast.Attribute)


def _meant(node: ast.AST, whence: dict[str, str]) -> str:
    first, _, rest = dotted(node).partition(".")
    full = whence.get(first, "") + (f".{rest}" if rest else "")
    return full.replace("datetime.datetime.", "datetime.").replace("datetime.date.", "date.")


def _chancy(name: str) -> bool:
    module, _, thing = name.partition(".")
    return module in DICE and bool(thing) and name != "random.Random"


def _unseeded(call: ast.Call, whence: dict[str, str]) -> bool:
    return not call.args and _meant(call.func, whence) == "random.Random"


def impure(source: Source) -> list[str]:
    """Clocks, sleeps and dice that were not handed in; a mere mention counts, called or not."""
    whence = _whence(source)
    found = []
    for node in _named(source):
        name = _meant(node, whence)
        if name in CLOCK or name == SLEEP or _chancy(name):
            found.append(_at(source, node, f"uses {name}"))
    for call in source.nodes(ast.Call):
        if _unseeded(call, whence):
            found.append(_at(source, call, "uses random.Random without a seed"))
    return sorted(set(found))


def shared_state(source: Source) -> list[str]:
    """`global`, ContextVar, and caches that outlive their owner."""
    whence = _whence(source)
    found = [_at(source, node, "has a global") for node in source.nodes(ast.Global)]
    for name in source.nodes(ast.Name):
        if whence.get(name.id) == "contextvars.ContextVar":
            found.append(_at(source, name, "has a ContextVar"))
    return found


def escapes(source: Source) -> list[str]:
    """Markup escaped by hand: it loses text and still crashes (`[ERROR]`, `[/`)."""
    whence = _whence(source)
    wrong = {"rich.markup.escape", "textual.markup.escape"}
    return [
        _at(source, node, "escapes markup; use Content")
        for node in _named(source)
        if _meant(node, whence) in wrong
    ]
