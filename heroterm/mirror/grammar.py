"""The search line as terms: words, "exact words", and key:value with Zendesk's operators."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TERM = re.compile(
    r"""(?P<minus>-?)
        (?: (?P<key>[A-Za-z_]+)(?P<operator>:|<=|>=|<|>)(?P<value>"[^"]*"?|\S*)
          | "(?P<exact>[^"]*)"?
          | (?P<word>\S+) )""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"\#\d+")


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a search line."""

    raw: str
    """As it was typed."""
    value: str
    key: str = ""
    """Lower case; "" for words, "#" for a ticket's number."""
    operator: str = ":"
    exact: bool = False
    """Written in quotes: the words must follow each other."""
    negative: bool = False
    """A minus before it: tickets with this are left out."""

    @property
    def searchable(self) -> bool:
        """Whether there is a letter or digit in it; the index knows nothing else."""
        return any(character.isalnum() for character in self.value)

    @property
    def beginning(self) -> bool:
        """Whether it may stand for longer words; one plain letter would stand for half of all."""
        return not self.exact and (len(self.value) > 1 or not self.value.isascii())


def terms(query: str) -> tuple[Term, ...]:
    """The parts of a search line, in order. Never fails: an open quote ends with the line."""
    return tuple(_term(found) for found in _TERM.finditer(query))


def _term(found: re.Match[str]) -> Term:
    raw, negative = found[0], bool(found["minus"])
    if found["key"] is not None:
        value = found["value"].strip('"')
        return Term(raw, value, found["key"].lower(), found["operator"], negative=negative)
    if found["exact"] is not None:
        return Term(raw, found["exact"], exact=True, negative=negative)
    if _NUMBER.fullmatch(found["word"]):
        return Term(raw, found["word"][1:], "#", negative=negative)
    return Term(raw, found["word"], negative=negative)


def match(words: tuple[Term, ...], columns: dict[str, str], *, typing: bool) -> str:
    """Words as an FTS5 expression in which each stands in quotes, so that nothing is syntax.

    `columns` names the indexed column for the keys that search only there. `typing` lets the last
    word be the beginning of one.
    """
    parts = []
    for place, term in enumerate(words):
        quoted = '"' + term.value.replace('"', '""') + '"'
        unfinished = typing and place == len(words) - 1 and term.beginning
        column = columns.get(term.key)
        parts.append(f"{column + ' : ' if column else ''}{quoted}{'*' if unfinished else ''}")
    return " AND ".join(parts)
