"""What a regular expression cannot do without, so that most texts need not be searched at all."""

from __future__ import annotations

import re

_ENDS_A_RUN = "^$."
_MAY_BE_ABSENT = "*?"
_TIMES = re.compile(r"\{(?:\d+(?:,\d*)?|,\d*)\}")
"""How often: any other brace is a plain character."""
_SPELT_OUT = "xuUN0123456789"
"""Behind a backslash: the characters that follow are no text of their own."""


def needed(pattern: re.Pattern[str]) -> str:
    """The longest run of plain characters, in lower case, that stands in all that a pattern finds.

    Holds for ASCII text alone: elsewhere one letter may stand for another. Empty where nothing is
    sure: what stands in brackets or parentheses, or beside a top-level `|`, is not looked into.
    """
    source = pattern.pattern
    if pattern.flags & re.VERBOSE:
        return ""
    plain, at = [""], 0
    while at < len(source):
        character = source[at]
        if character == "|":
            return ""
        if character in _MAY_BE_ABSENT:
            plain[-1] = plain[-1][:-1]
        if times := _TIMES.match(source, at):
            plain[-1] = plain[-1][:-1]
            at = times.end()
        elif character in "([":
            at = _behind_group(source, at) if character == "(" else _behind_class(source, at)
        else:
            escaped = character == "\\"
            literal = source[at + escaped : at + escaped + 1]
            if escaped and literal in _SPELT_OUT:
                return ""
            at += 1 + escaped
            if _plain(literal, escaped=escaped):
                plain[-1] += literal.lower()
                continue
        plain.append("")
    return max(plain, key=len)


def _plain(character: str, *, escaped: bool) -> bool:
    """Whether a character of a pattern stands for itself, in either case."""
    if escaped:
        return character.isascii() and not character.isalnum()
    return character.isascii() and character not in (*_ENDS_A_RUN, *_MAY_BE_ABSENT, "+", ")")


def _behind_class(source: str, at: int) -> int:
    """The place behind `[…]`, in which a `]` that stands first is one of the characters."""
    at += 2 if source[at + 1 : at + 2] == "^" else 1
    at += source[at : at + 1] == "]"
    while at < len(source) and source[at] != "]":
        at += 2 if source[at] == "\\" else 1
    return at + 1


def _behind_group(source: str, at: int) -> int:
    """The place behind `(…)` with all that is nested in it."""
    depth = 0
    while at < len(source):
        match source[at]:
            case "[":
                at = _behind_class(source, at)
                continue
            case "\\":
                at += 1
            case "(":
                depth += 1
            case ")":
                depth -= 1
        at += 1
        if not depth:
            break
    return at
