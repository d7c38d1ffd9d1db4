"""Aligned plain text: columns measured in terminal cells, every text through the one door."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from heroterm.domain.text import shown

_CUT = "…"


def cells(text: str) -> int:
    """Terminal cells that a text takes: two for wide characters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(_width(c) for c in text)


def _width(c: str) -> int:
    if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def clip(text: str, most: int) -> str:
    """The text within `most` cells; a cut one ends in `…`."""
    if cells(text) <= most:
        return text
    kept, used = [], 0
    for c in text:
        used += _width(c)
        if used > most - 1:
            break
        kept.append(c)
    return "".join(kept) + _CUT


def aligned(rows: Sequence[Sequence[object]], *, most: int = 60) -> Iterator[str]:
    """The rows with their columns under one another; None is shown as `-`, a cell on one line."""
    texts = [["-" if v is None else _cell(v, most) for v in row] for row in rows]
    widths = [max(map(cells, column), default=0) for column in zip(*texts, strict=True)]
    for row in texts:
        padded = (v + " " * (w - cells(v)) for v, w in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _cell(value: object, most: int) -> str:
    return clip(shown(str(value), single_line=True), most)
