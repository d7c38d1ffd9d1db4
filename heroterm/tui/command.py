"""One command: its stable id, its keys, where they act, and the words for it."""

from __future__ import annotations

from collections.abc import Iterator

from heroterm.domain.record import record


@record(frozen=True, slots=True)
class Command:
    """One thing that can be done. `keys` are Textual key names; the first is the one shown."""

    id: str
    title: str
    keys: tuple[str, ...]
    where: str
    help: str = ""
    short: str = ""
    """Two words for the key line; empty keeps it out of there."""

    @property
    def shown_key(self) -> str:
        """The first key as a person writes it."""
        return KEY_WORDS.get(self.keys[0], self.keys[0]) if self.keys else ""


KEY_WORDS = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "number_sign": "#",
    "escape": "esc",
    "backslash": "\\",
    "asterisk": "*",
    "at": "@",
    "exclamation_mark": "!",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "plus": "+",
    "minus": "-",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "comma": ",",
    "full_stop": ".",
    "semicolon": ";",
    "apostrophe": "'",
    "quotation_mark": '"',
    "equals_sign": "=",
    "tilde": "~",
    "percent_sign": "%",
    "ampersand": "&",
    "dollar_sign": "$",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "circumflex_accent": "^",
    "underscore": "_",
    "grave_accent": "`",
    "vertical_line": "|",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}
"""Textual's key names as people write them."""


def rows(where: str, *rows: tuple[str, str, str, str, str]) -> Iterator[Command]:
    """Commands of one place; each row is id, keys, title, words for the key line, help."""
    for id_, keys, title, short, help_ in rows:
        yield Command(id_, title, tuple(keys.split()), where, help_, short)
