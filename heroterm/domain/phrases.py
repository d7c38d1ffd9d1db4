"""Phrases in what people write: whole words, whatever the case, outside code and links."""

from __future__ import annotations

import re

from heroterm.domain.quotes import own_words

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_LATIN_ENDS = 0x250
"""First letter behind the Latin ones; those with marks of Vietnamese stand further on."""


def prose(body: str) -> str:
    """What its author says in sentences: without quotes, the form's lines, code and links."""
    return _LINK.sub(" ", _CODE.sub(" ", own_words(body)))


def has(text: str, phrases: tuple[str, ...]) -> str | None:
    """The first of the phrases, all in lower case, that stands in the text as whole words."""
    folded = " ".join(text.casefold().replace("’", "'").split())
    for phrase in phrases:
        if phrase in folded and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", folded):
            return phrase
    return None


def latin(text: str) -> bool:
    """Whether it is mostly written in Latin letters; of other scripts no phrases are known."""
    letters = [c for c in text if c.isalpha()]
    written = sum(ord(c) < _LATIN_ENDS or "Ḁ" <= c <= "ỿ" for c in letters)
    return 2 * written >= len(letters)
