"""The search grammar: `key:value`, comparisons, quotes, minus, free words (api.md §5).

The same key twice means "or", different keys mean "and".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TERM = re.compile(
    r"""(?P<minus>-?)(?:(?P<key>[a-z_]+(?:_\d+)?)(?P<op>>=|<=|:|>|<))?"""
    r"""(?:"(?P<quoted>[^"]*)"|(?P<word>[^\s"]+))""",
    re.IGNORECASE,
)
KEYS = frozenset(
    "type status assignee group requester organization tags priority created updated solved via "
    "subject comment description order_by sort due_date ticket_type external_id".split()
)


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a query; `key` is "" for free words; `op` is one of ":", "<", ">", "<=", ">="."""

    key: str
    op: str
    value: str
    negated: bool = False


def parse(text: str) -> list[Term]:
    """The terms of a query; what looks like an unknown key is taken as a word."""
    return [_term(match) for match in TERM.finditer(text)]


def _term(match: re.Match[str]) -> Term:
    quoted, word = match.group("quoted"), match.group("word")
    value = quoted if quoted is not None else word
    key = (match.group("key") or "").lower()
    if key and key not in KEYS and not key.startswith("custom_field_"):
        return Term("", ":", f"{match.group('key')}{match.group('op')}{value}")
    return Term(key, match.group("op") or ":", value, bool(match.group("minus")))


def grouped(terms: list[Term]) -> list[list[Term]]:
    """Terms by key: one of each group must hold. Words and negations stand alone."""
    groups: dict[str, list[Term]] = {}
    for index, term in enumerate(terms):
        alone = not term.key or term.negated or term.op != ":"
        groups.setdefault(f"{term.key} {index}" if alone else term.key, []).append(term)
    return list(groups.values())
