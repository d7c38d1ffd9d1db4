"""TOML for a person who edits it: what is wrong with a file, and a value as it is written."""

from __future__ import annotations

import json
import re

_KNOWN = (
    (r"Cannot declare \('(.+)',?\) twice", r"[\1] stands here a second time: put both together"),
    (r"Cannot overwrite a value", "this name has a value already, further up"),
    (r"Invalid value", "a value is missing here, or it is a text without quotes"),
    (r"Illegal character .*|Unterminated string", "the quotes of this text are not closed"),
    (r"Expected '\]' at the end of a table.*", "the ] behind the name of the section is missing"),
    (r"Expected '=' after a key.*", "a = is missing"),
    (r"Unclosed array", "the ] behind the last value of the list is missing"),
    (r"Expected newline or end of document.*", "something is left over behind the value"),
    (r"Invalid (?:statement|initial character.*)", "this is no line of TOML"),
)
_PLACE = re.compile(r"(.*?)( \(at .*\))?", re.DOTALL)
_AT = re.compile(r"at line (\d+), column (\d+)")


def in_words(error: ValueError) -> str:
    """Tomllib's complaint, said plainly where it is a usual one; line and column stay behind it as
    tomllib tells them: `(at line 3, column 7)`.
    """
    found = _PLACE.fullmatch(str(error))
    said, place = (found[1], found[2] or "") if found else (str(error), "")
    for pattern, words in _KNOWN:
        if match := re.fullmatch(pattern, said, re.DOTALL):
            # A section within another: ('a', 'b') is [a.b].
            return match.expand(words).replace("', '", ".") + place
    return said + place


def place_in(error: ValueError) -> tuple[int, int] | None:
    """Line and column, both from 1, of which tomllib complains; None where that is the end of the
    text.
    """
    at = _AT.search(str(error))
    return (int(at[1]), int(at[2])) if at is not None else None


def as_written(value: object) -> str:
    """A value as a file has it: `true`, `"auto"`, `["a"]`; a value that is none is `not set`.

    A JSON text is a TOML text, but for DEL, which TOML wants escaped.
    """
    if value is None:
        return "not set"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
