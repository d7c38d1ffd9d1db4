"""Sentences that name a shipped key by hand: a hero who moved it would read a wrong one.

A key is named by the id of its command: `{ticket.reply}` in words that `Keymap.told` fills, or
`keymap.key("ticket.reply")`. Keys of boxes that ask (Enter, Esc, y and n, letters of a choice) are
no commands and stay as they are.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from heroterm.tui.commands import BY_ID, KEY_WORDS, PREFIXES
from tests.house.source import PROJECT, Source

_SHOWN = {KEY_WORDS.get(key, key) for command in BY_ID.values() for key in command.keys}
_ONE = "|".join(re.escape(key) for key in sorted(_SHOWN) if len(key) == 1 and key not in "aA-+?:{}")
_TWO = rf"(?:[{''.join(PREFIXES)}] (?:{_ONE}|a))"
_NAMED = r"(?:[Ee]nter|[Ee]sc|[Tt]ab|[Ss]pace|Home|End|Ctrl\+[A-Z]|F\d\d?)"
_DOES = (
    "opens|shows|lists|syncs|recalls|queues|sends|skips|sets|ends|begins|unfolds|folds|marks|"
    "unmarks|goes|picks|puts|starts|leaves|keeps|writes|jumps|answers|takes|chooses|changes|adds|"
    "files|finds|searches|stops|says|asks|makes|copies|holds|restores|saves|signs|notes|"
    "rehearses|zooms|decides|hears|brings|looks|ticks|records|again|or [a-zA-Z] [a-z]+s"
)
_AT = r"(?:^|(?<=[\s(;:,]))"
_PATTERNS = (
    re.compile(
        rf"{_AT}(?:{_TWO}|{_ONE}|[aA](?= (?:ends|shows|attaches) ))(?: there)? (?:{_DOES})\b"
    ),
    re.compile(rf"(?:^|(?<=\s))\((?:{_TWO}|{_ONE})\)"),
    re.compile(rf"\b[Pp]ress(?:es)? (?:{_TWO}|{_ONE}|{_NAMED})(?![\w'])"),
    re.compile(rf"\bthen (?:{_TWO}|{_ONE})(?=[.),;:]|$)"),
    re.compile(rf"`(?:{_TWO}|{_ONE})`"),
    re.compile(rf"\((?:{_TWO}|{_ONE}|{_NAMED}): "),
    re.compile(rf"{_AT}{_NAMED}(?::| (?:{_DOES}|and|then|[a-zA-Z](?=[ .)])))"),
)

TABLES = ("commands", "box_commands", "prefix_commands", "command")
"""Modules that say which keys there are."""
ROOMS = (
    "heroterm/tui/", "heroterm/domain/rules_", "heroterm/domain/playbook_", "heroterm/cli/",
    "heroterm/config/",
)  # fmt: skip
FILES = ("heroterm/domain/advice.py", "heroterm/domain/source.py", "heroterm/domain/fields.py")
"""Whose words come on the screen."""
FIXED = {
    "copying.py": "its Enter takes a line of the box that copies by hand",
    "editing.py": "Ctrl+Z is the text area's own",
    "enclosing.py": "Tab and Enter of a picker",
    "filing.py": "Enter of the box that files",
    "first_run.py": "Enter of a talk line by line",
    "key_probe.py": "q q ends the probe, whatever the keys are",
    "oauth_sign_in.py": "Ctrl+C is the terminal's own",
    "helping.py": "Enter of a picker",
    "box_help.py": "Enter of a picker",
    "peeking.py": "Enter of the box that looks into a ticket",
    "peek.py": "Enter and Esc of the box that looks into a ticket",
    "pick.py": "Enter, Tab and Esc of a picker",
    "running.py": "Enter of a picker",
    "searching.py": "Tab of a picker",
    "setting_up.py": "Enter, Ctrl+C and q of a talk line by line",
    "signing_in.py": "Enter and q of a talk line by line",
    "tallying.py": "Enter of a picker",
    "danger.py": "what is typed before a danger is never a moved key",
    "rules_of_recipients.py": "y of the question",
    "rules_of_status.py": "y of the question",
    "rules_of_words.py": "y of the question",
    "welcome.py": "there is no keymap before there is a home",
    "ways.py": "Esc leaves the field of a box",
}
"""Files with a word that is no command's key, and why."""
TYPED = (
    "plain_besides.py", "plain_shift.py", "plain_words.py", "playbook_queueing.py",
    "playbook_words.py",
)  # fmt: skip
"""Files of talks line by line: what stands there is typed with Enter behind it, and is no key."""
_OF_A_BOX = re.compile(r"^\(?(?:[Ee]nter|[Ee]sc|[Tt]ab|Ctrl\+[CZ]|y|q)\b")


def named_by_hand(words: str) -> list[str]:
    """The places in a sentence where a key is named as it is shipped."""
    return [found[0] for pattern in _PATTERNS for found in pattern.finditer(words)]


def keys_by_hand(source: Source) -> list[str]:
    """A line for each sentence of a module that names a shipped key by hand."""
    if not source.where.startswith(ROOMS) and source.where not in FILES:
        return []
    if source.name.rpartition(".")[2] in TABLES:
        return [line for line in _found(source) if "`" in line]
    file = source.where.rpartition("/")[2]
    if file in TYPED:
        return []
    fixed = file in FIXED
    return [
        line
        for line in _found(source)
        if not (fixed and _OF_A_BOX.match(line.partition(" by hand: ")[2]))
    ]


def _found(source: Source) -> Iterator[str]:
    for node, words in _strings(source):
        for found in named_by_hand(words):
            yield f"{source.where}:{node.lineno} names a key by hand: {found}"


def _strings(source: Source) -> Iterator[tuple[ast.Constant, str]]:
    """String literals that are no docstrings."""
    told = {
        id(node.value)
        for node in source.nodes(ast.Expr)  # a string that stands by itself is a docstring
    }
    for node in source.nodes(ast.Constant):
        if isinstance(node.value, str) and id(node) not in told:
            yield node, node.value


_ID = re.compile(r"\{([a-z]+\.[a-z0-9_]+)\}")
_PLACES = {id_.partition(".")[0] for id_ in BY_ID}


def unknown_ids(source: Source) -> list[str]:
    """A line for each `{id}` in a sentence that is no command."""
    if not source.where.startswith(ROOMS) and source.where not in FILES:
        return []
    return [
        f"{source.where}:{node.lineno} names no command: {id_}"
        for node, words in _strings(source)
        for id_ in _ID.findall(words)
        if id_.partition(".")[0] in _PLACES and id_ not in BY_ID
    ]


_FILLS, _SAYS, _NAMES = {"told", "filled"}, {"tell", "ask"}, {"key", "keys", "way"}


def data_in_templates(source: Source) -> list[str]:
    """A line for each sentence that is filled with keys while it holds data, or never filled.

    Data goes beside a filled sentence, or through `literal` into one that is filled later; `tell`
    and `ask` fill nothing.
    """
    if not source.where.startswith(ROOMS) and source.where not in FILES:
        return []
    templates = _templates(source)
    wrong: list[ast.expr] = [node for node in source.nodes(ast.JoinedStr) if _mixed(node)]
    for call in source.nodes(ast.Call):
        name = _name(call)
        if name in _FILLS and call.args and not isinstance(call.args[0], _WHOLE):
            wrong.append(call.args[0])
        if name in _SAYS:
            wrong += [each for arg in call.args for each in _unfilled(arg, templates)]
        if name in _NAMES and (strange := _strange(call)) is not None:
            wrong.append(strange)
    return [f"{source.where}:{node.lineno} {ast.unparse(node)}" for node in wrong]


_WHOLE = (ast.Constant, ast.Name, ast.Attribute, ast.IfExp)
"""A sentence as it was written, whole."""


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _ids(words: str) -> bool:
    return any(id_ in BY_ID for id_ in _ID.findall(words))


def _mixed(sentence: ast.JoinedStr) -> bool:
    """Whether it names an id and holds something that did not go through `literal`."""
    parts = sentence.values
    if not any(isinstance(p, ast.Constant) and _ids(str(p.value)) for p in parts):
        return False
    held = [p.value for p in parts if isinstance(p, ast.FormattedValue)]
    return not all(isinstance(v, ast.Call) and _name(v) == "literal" for v in held)


def _templates(source: Source) -> set[str]:
    """Names of a module whose words name ids."""
    return {
        target.id
        for node in source.nodes(ast.Assign)
        if any(isinstance(each, ast.Constant) and _ids(str(each.value)) for each in ast.walk(node))
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper()
    }


def _unfilled(node: ast.AST, templates: set[str]) -> Iterator[ast.expr]:
    """Words that name ids and are said as they are."""
    if isinstance(node, ast.Call) and _name(node) in _FILLS:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _ids(node.value):
        yield node
    if isinstance(node, ast.Name) and node.id in templates:
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _unfilled(child, templates)


def _strange(call: ast.Call) -> ast.expr | None:
    """An id that is no command."""
    for arg in call.args[:2]:
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str) and "." in arg.value:
            return None if arg.value in BY_ID else arg
    return None


def in_data() -> list[str]:
    """The same for the words of data files that are shown on the desk."""
    return [
        f"{path.name} names a key by hand: {found}"
        for path in sorted((PROJECT / "heroterm/data").glob("*.toml"))
        for words in _words(tomllib.loads(path.read_text(encoding="utf-8")))
        for found in named_by_hand(words)
    ]


def _words(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _words(each)
