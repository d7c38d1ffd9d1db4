"""Columns that stay in their places where a terminal turns right-to-left text round by itself.

Such a terminal lays every line of its grid out by Unicode's rules: between a Hebrew title and an
Arabic organization blanks belong to both, so that the columns change places. Marks without width
(FSI, PDI, LRM) keep nothing apart here: a grid has no cell for them, they stick to the cell before,
and pile up in it when only the cells behind are written again. So the blank beside such text
becomes one with a cell of its own and the direction of Latin letters: the empty braille pattern.
Words inside of it are still turned by the terminal, as their readers want; nothing else moves.
"""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

APART = "\u2800"
"""Blank, one cell wide, and of strong direction from left to right."""
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


_GAP = re.compile("(?<! ) (?= )")
"""The first of several blanks: a column ends there."""


class Apart(LineFilter):
    """Bounds every right-to-left text of a line; without one the line is left as it is."""

    wanted = False
    """Whether the terminal reorders lines; elsewhere there is nothing to keep in its place."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same cells, with a bound in the blank before and after such text."""
        found = [
            n
            for n, (text, _, control) in enumerate(segments)
            if not control and not text.isascii() and _RIGHT_TO_LEFT.search(text)
        ]
        if not found:
            return segments
        texts = [segment.text for segment in segments]
        for n in found:
            texts[n] = _bounded(texts[n])
        for n in found:
            if n and not texts[n].startswith(APART) and texts[n - 1].endswith(" "):
                texts[n - 1] = texts[n - 1][:-1] + APART
            if n + 1 < len(texts) and not texts[n].endswith(APART) and texts[n + 1][:1] == " ":
                texts[n + 1] = APART + texts[n + 1][1:]
        return [
            segment if segment.control else Segment(text, segment.style)
            for segment, text in zip(segments, texts, strict=True)
        ]


def _bounded(text: str) -> str:
    """Blanks at its ends and in its gaps bound what stands between them."""
    inner = text.strip(" ")
    before, after = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    if before:
        before = before[:-1] + APART
    if after:
        after = APART + after[1:]
    return before + _GAP.sub(APART, inner) + after
