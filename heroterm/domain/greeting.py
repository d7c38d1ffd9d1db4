"""The greeting of an answer: whom it names, and whether that is somebody who reads it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from heroterm.domain.quotes import own_words

_TITLES = frozenset(("dr", "mr", "mrs", "ms", "prof", "herr", "frau", "again"))
_JOINTS = frozenset(("and", "&", "und", "et", "y", "e", "og", "och", "en"))
_BLANKS = ("<<", "{{", "$")
"""What is still to be filled in is no name."""
_SENTENCE = re.compile(r"(?:it|sorry|thank|thanks|that|the|there|this|we|you)\b", re.IGNORECASE)
"""How a sentence behind `Hey,` begins, which names nobody; `I` does so without a comma, too."""
_MOST_WORDS = 6
"""A greeting of more words is a sentence, of which the first one is the name."""
_SHORT = 3
"""Letters of the shortest name that may stand for a longer one: Kim for Kimberly."""
_SIGNED_LINES, _SIGNED_WORDS = 3, 4


@dataclass(frozen=True, slots=True)
class Greeted:
    """An answer's first words, taken apart."""

    word: str = ""
    """The greeting itself, in lower case; "" where the answer has none."""
    names: tuple[str, ...] = ()
    """The words that may be names, as they were written."""


def greeted(body: str, words: Iterable[str]) -> Greeted:
    """The greeting with which an answer begins, if it is one of the words."""
    first = body.strip().partition("\n")[0]
    known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    found = re.match(rf"(?P<word>{known})(?!\w)(?P<gap>[\s,]*)(?P<rest>.*)", first, re.IGNORECASE)
    if found is None:
        return Greeted()
    rest = found["rest"]
    parted_off = "," in found["gap"] and (rest[:1].islower() or _SENTENCE.match(rest))
    if parted_off or re.match(r"I\b", rest):
        return Greeted(found["word"].casefold())  # "Hey, sorry for the trouble" names nobody
    head = re.split(r"[,!:;?–—(]| - |\.(?:\s|$)", _untitled(rest), maxsplit=1)[0]
    said = [word for word in head.split() if word.casefold() not in _JOINTS]
    said = [word for word in said if not word.startswith(_BLANKS)]
    said = said[:1] if len(head.split()) > _MOST_WORDS else said
    return Greeted(found["word"].casefold(), tuple(said))


def _untitled(text: str) -> str:
    """The text behind `Dr.` and the like."""
    while (first := text.partition(" "))[0].rstrip(".,").casefold() in _TITLES and first[2]:
        text = first[2].lstrip()
    return text


def is_known(name: str, readers: Iterable[str], last_words: str = "") -> bool:
    """Whether a greeted name belongs to one of the readers, or to whoever signed `last_words`."""
    said = _plain(name)
    parts = {part for reader in readers for part in _parts(reader)} | set(_signed(last_words))
    return bool(said) and any(_same(said, part) for part in parts)


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _SHORT and long.startswith(short))


def _parts(name: str) -> list[str]:
    whole = [_plain(part) for part in re.split(r"[\s,]+", name)]
    return [*whole, *(half for part in whole for half in part.split("-"))]


def _signed(words: str) -> list[str]:
    """Words of the short lines with which a message ends."""
    lines = [line for line in own_words(words).split("\n") if line.strip()][-_SIGNED_LINES:]
    short = [line for line in lines if len(line.split()) <= _SIGNED_WORDS]
    return [_plain(word) for line in short for word in re.findall(r"[^\W\d_]+", line)]


def _plain(name: str) -> str:
    """A name as it is compared: without case, accents and the shapes of an apostrophe."""
    spread = unicodedata.normalize("NFD", name.replace("’", "'").casefold().strip(".'\"*_"))
    return "".join(c for c in spread if not unicodedata.combining(c))
