"""The project's own Python, read and parsed once: what the house rules look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = "heroterm"

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
Node = TypeVar("Node", bound=ast.AST)


@dataclass(frozen=True)
class Source:
    """One module: `name` is dotted (a package's `__init__` has the package's name)."""

    name: str
    where: str
    text: str
    tree: ast.Module
    is_package: bool = False

    @property
    def room(self) -> str:
        """The room or root module that it belongs to; the root package itself is ''."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else ""

    @property
    def lines(self) -> int:
        """Lines of text."""
        return self.text.count("\n")

    @cached_property
    def _by_kind(self) -> dict[type[ast.AST], list[ast.AST]]:
        """All its nodes: walked through once, for each rule asks for a few kinds of them."""
        found: dict[type[ast.AST], list[ast.AST]] = {}
        for node in ast.walk(self.tree):
            found.setdefault(type(node), []).append(node)
        return found

    def nodes(self, kind: type[Node]) -> Iterator[Node]:
        """Every node of this kind, wherever it stands."""
        for node in self._by_kind.get(kind, ()):
            assert isinstance(node, kind)
            yield node

    def functions(self) -> Iterator[FunctionNode]:
        """Every function and method, nested ones included."""
        yield from self.nodes(ast.FunctionDef)
        yield from self.nodes(ast.AsyncFunctionDef)


def parse(text: str, name: str = "heroterm.tui.sample", *, is_package: bool = False) -> Source:
    """A module from a text: the small bad examples by which each rule proves itself."""
    where = name.replace(".", "/") + ".py"
    return Source(name, where, text, ast.parse(text), is_package)


def _read(folder: str) -> Iterator[Source]:
    for path in sorted((PROJECT / folder).rglob("*.py")):
        parts = list(path.relative_to(PROJECT).with_suffix("").parts)
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        text = path.read_text(encoding="utf-8")
        where = path.relative_to(PROJECT).as_posix()
        yield Source(name, where, text, ast.parse(text, where), is_package)


@cache
def package() -> tuple[Source, ...]:
    """Every module of heroterm."""
    return tuple(_read(PACKAGE))


@cache
def suite() -> tuple[Source, ...]:
    """Every module of the tests."""
    return tuple(_read("tests"))


def length(node: FunctionNode) -> int:
    """Lines of a function from `def` to its last, its docstring not counted."""
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is None or len(node.body) == 1:
        return whole
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1)


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a chain of names; '' for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        front = dotted(node.value)
        return f"{front}.{node.attr}" if front else ""
    return ""


def nothing_in(found: list[str]) -> None:
    """Fail with every finding, one a line: a cut list would hide what to mend."""
    assert not found, f"{len(found)} to mend:\n" + "\n".join(sorted(set(found)))
