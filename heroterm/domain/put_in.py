"""A canned text behind words that stand already: what is left out of it, what parts the two."""

from __future__ import annotations

_ENDS = frozenset(".,;:!?)")
"""Signs that end a word or a sentence."""
_NAME_WORDS = 3
"""Words between a greeting and its comma at the most."""


def joined(before: str, text: str) -> tuple[int, str]:
    """How many letters of a text are left out behind `before`, and what goes between the two."""
    line = before.rpartition("\n")[2]
    hail, _, rest = text.partition(" ")
    name, comma, _ = rest.partition(",")
    greets = comma and len(name.split()) <= _NAME_WORDS
    if greets and line.strip() and line.strip().casefold() == hail.casefold():
        return len(text) - len(rest), "" if line[-1].isspace() else " "
    return greeted_twice(before, text), parted(before, text)


def greeted_twice(before: str, text: str) -> int:
    """How many letters of a text are a greeting (`Hey Kim,`) with which `before` begins, too."""
    greeting, comma, rest = text.partition(",")
    said = before.lstrip().casefold().startswith(f"{greeting},".casefold())
    return len(text) - len(rest.lstrip()) if comma and said and "\n" not in greeting else 0


def parted(before: str, letter: str) -> str:
    """What goes between words on the cursor's line and a letter of several lines: an empty line.
    A phrase of one line goes into the sentence, a blank behind its last word.
    """
    line = before.rpartition("\n")[2]
    if line.strip() and "\n" in letter.strip():
        return "\n\n"
    ended = line[-1:].isalnum() or line[-1:] in _ENDS
    return " " if ended and letter[:1].isalnum() else ""
