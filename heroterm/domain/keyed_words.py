"""Sentences that name keys: `{command.id}` in one stands for whatever keys a hero has for it.

What is put into such a sentence goes through `literal`, so that a ticket which is called
`{desk.next}` is that and no key. Everything else is put beside the sentence once it is filled.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_BRACE = "{{}"
"""Stands for a brace that begins no id."""
_FOUND = re.compile(r"\{(?:\{\}|([a-z]+\.[a-z0-9_]+)\})")


def literal(data: object) -> str:
    """Data as a part of a sentence that is filled later: none of it is taken for an id."""
    return str(data).replace("{", _BRACE)


def filled(words: str, key: Callable[[str], str | None]) -> str:
    """The sentence with the keys in their places; an id that `key` does not know (None) stays.

    Every place is looked at once: what was filled in is never filled again.
    """

    def put(found: re.Match[str]) -> str:
        if found[1] is None:
            return "{"
        named = key(found[1])
        return named if named is not None else found[0]

    return _FOUND.sub(put, words) if "{" in words else words
