"""Places where Textual reads a plain string as markup, and what may be put there.

Ticket text in such a place ends the program (`[/foo]`), loses words (`[ERROR]`) or runs actions
(`[@click=…]`). So each gets a literal, or what a door made: `Content(…)`, a name imported from
`heroterm.tui.text`, a call or a name that ends in `content`. `shown(…)`, which gives a cleaned
str, passes where `markup=False` stands beside it. Anything else is a finding, and wrapping it in
`Content(…)` is the remedy.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.house.source import FunctionNode, Source, dotted

TEXT_ROOM = "heroterm.tui.text"
STR_DOOR = "shown"

# Sink → the arguments that are parsed: (position or None, keyword).
SINKS: Mapping[str, tuple[tuple[int | None, str], ...]] = {
    "Static": ((0, "content"),),
    "Label": ((0, "content"),),
    "Button": ((0, "label"),),
    "Checkbox": ((0, "label"),),
    "RadioButton": ((0, "label"),),
    "Option": ((0, "prompt"),),
    "Selection": ((0, "prompt"),),
    "Tab": ((0, "label"),),
    "TabPane": ((0, "title"),),
    "Collapsible": ((None, "title"),),
    "Tooltip": ((0, "content"),),
    "TextArea": ((None, "placeholder"),),
    "Hit": ((1, "match_display"), (4, "help")),
    "DiscoveryHit": ((0, "display"), (3, "help")),
    "notify": ((0, "message"),),
    "with_tooltip": ((0, "tooltip"),),
    "from_markup": ((0, "markup"),),
}
ATTRIBUTES = frozenset({"border_title", "border_subtitle", "tooltip"})
QUERIES = frozenset({"query_one", "query_exactly_one", "query_one_optional"})
PARSING_BASES = frozenset({"Static", "Label", "Button", "Checkbox", "Option", "TabPane"})


@dataclass
class Names:
    """What the names of a module or function stand for, as far as the rule has to know.

    `namesakes` are imported under a sink's name and are something else, as the text area's
    Selection; `typed` are parameters that are Content by their annotation.
    """

    doors: set[str] = field(default_factory=set)
    namesakes: set[str] = field(default_factory=set)
    values: dict[str, list[ast.expr]] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)

    def inside(self, node: FunctionNode) -> Names:
        """These names and those of a function: its assignments and `Content` parameters."""
        inner = Names(self.doors, self.namesakes, dict(self.values), set(self.typed))
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        for argument in arguments:
            inner.values.pop(argument.arg, None)
            if argument.annotation is not None and _is_content(argument.annotation):
                inner.typed.add(argument.arg)
        own = list(_assigned(ast.walk(node)))
        for name, _ in own:
            inner.values[name] = []
        for name, value in own:
            inner.values[name].append(value)
        return inner


def _is_content(annotation: ast.expr) -> bool:
    kinds = {part.strip(" \"'") for part in ast.unparse(annotation).split("|")} - {"None"}
    return bool(kinds) and kinds <= {"Content", "Text"}


def _assigned(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node.value
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            yield dotted(node.target), node.value


def _module_names(source: Source) -> Names:
    names = Names()
    for node in source.nodes(ast.ImportFrom):
        module = node.module or ""
        if module == TEXT_ROOM.rpartition(".")[0] or (node.level and not module):
            names.doors |= {a.asname or a.name for a in node.names if a.name == "text"}
        if module == TEXT_ROOM or (node.level and module == "text"):
            names.doors |= {a.asname or a.name for a in node.names}
        if not module.startswith("textual.") or module.endswith(".text_area"):
            names.namesakes |= {a.asname or a.name for a in node.names}
    for name, value in _assigned(source.tree.body):
        names.values.setdefault(name, []).append(value)
    return names


def _is_made(node: ast.expr, names: Names) -> bool:
    """Whether an expression is surely Content and not a str: its methods give Content again."""
    if isinstance(node, ast.Call):
        return _made_by_door(node, names, plain=False)
    if not isinstance(node, ast.Name):
        return False
    values = names.values.get(node.id, [])
    rest = Names(names.doors, names.namesakes, {**names.values, node.id: []}, names.typed)
    return node.id in names.typed or (bool(values) and all(_is_made(v, rest) for v in values))


def _made_by_door(call: ast.Call, names: Names, *, plain: bool) -> bool:
    if isinstance(call.func, ast.Attribute) and _is_made(call.func.value, names):
        return True
    path = dotted(call.func) or getattr(call.func, "attr", "")
    first, last = path.split(".")[0], path.split(".")[-1]
    if last == "from_text":
        return any(
            k.arg == "markup" and isinstance(k.value, ast.Constant) and k.value.value is False
            for k in call.keywords
        )
    if last == "from_markup":
        return first == "Content"
    if last == STR_DOOR:
        return plain
    return first in {"Content", "Text"} or first in names.doors or last.endswith("content")


def safe(node: ast.expr, names: Names, *, plain: bool = False) -> bool:
    """Whether an expression can hold no markup but ours; `plain`: `markup=False` stands beside."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.JoinedStr):
        parts = [v.value if isinstance(v, ast.FormattedValue) else v for v in node.values]
        return all(safe(part, names, plain=plain) for part in parts)
    if isinstance(node, ast.IfExp):
        return all(safe(part, names, plain=plain) for part in (node.body, node.orelse))
    if isinstance(node, ast.BoolOp):
        return all(safe(part, names, plain=plain) for part in node.values)
    if isinstance(node, ast.BinOp):
        return all(safe(part, names, plain=plain) for part in (node.left, node.right))
    if isinstance(node, ast.Call):
        return _made_by_door(node, names, plain=plain)
    if isinstance(node, ast.Name) and node.id in names.values:
        return _known(node.id, names, plain=plain)
    if isinstance(node, ast.Name | ast.Attribute):
        name = dotted(node)
        return name in names.typed or name in names.doors or name.endswith("content")
    return False


def _known(name: str, names: Names, *, plain: bool) -> bool:
    """Every value that a name was given is safe; a name that feeds on itself adds nothing."""
    values = names.values[name]
    rest = Names(names.doors, names.namesakes, {**names.values, name: []}, names.typed)
    return all(safe(value, rest, plain=plain) for value in values)


def _sink_name(call: ast.Call, parsing_class: bool) -> str:
    if parsing_class and isinstance(call.func, ast.Attribute):
        owner = call.func.value
        if call.func.attr == "__init__" and isinstance(owner, ast.Call):
            return "Static" if dotted(owner.func) == "super" else ""
        if call.func.attr == "update" and dotted(owner) == "self":
            return "Static"
    if isinstance(call.func, ast.Attribute) and call.func.attr == "update":
        asked = call.func.value
        if isinstance(asked, ast.Call) and getattr(asked.func, "attr", "") in QUERIES:
            return "Static"
    return dotted(call.func).split(".")[-1] or getattr(call.func, "attr", "")


def _parsed(call: ast.Call, sink: str) -> Iterator[ast.expr]:
    for position, keyword in SINKS.get(sink, ()):
        if position is not None and position < len(call.args):
            yield call.args[position]
        yield from (k.value for k in call.keywords if k.arg == keyword)
    yield from (k.value for k in call.keywords if k.arg == "tooltip")


def _check(node: ast.AST, names: Names, parsing_class: bool) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Call):
        sink = _sink_name(node, parsing_class)
        sink = "" if sink in names.namesakes else sink
        flags = [k.value for k in node.keywords if k.arg == "markup"]
        plain = any(isinstance(f, ast.Constant) and f.value is False for f in flags)
        if flags and not plain and sink in SINKS:
            yield node.lineno, f"{sink}(markup=…) is for False alone"
        for value in _parsed(node, sink):
            literal_only = sink == "from_markup" and not isinstance(value, ast.Constant)
            if literal_only or not safe(value, names, plain=plain):
                yield node.lineno, f"{sink} gets {ast.unparse(value)[:60]}"
    elif isinstance(node, ast.Assign):
        titles = {t.attr for t in node.targets if isinstance(t, ast.Attribute)} & ATTRIBUTES
        if titles and not safe(node.value, names):
            yield node.lineno, f"{min(titles)} gets {ast.unparse(node.value)[:60]}"


def _walk(node: ast.AST, names: Names, parsing: bool) -> Iterator[tuple[int, str]]:
    for child in ast.iter_child_nodes(node):
        inner, parses = names, parsing
        if isinstance(child, FunctionNode):
            inner = names.inside(child)
        elif isinstance(child, ast.ClassDef):
            parses = bool({dotted(b).split(".")[-1] for b in child.bases} & PARSING_BASES)
        yield from _check(child, inner, parses)
        yield from _walk(child, inner, parses)


def leaks(source: Source) -> list[str]:
    """Each place where something that may hold a stranger's markup meets a parser of markup."""
    names = _module_names(source)
    return [f"{source.where}:{line} {say}" for line, say in _walk(source.tree, names, False)]
