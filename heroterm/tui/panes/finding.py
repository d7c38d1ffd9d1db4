"""Words in lines that were wrapped: a hit may begin on one line and end on the next."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int, int]
"""Line, first cell's letter and the letter after the last one."""
MOST_HITS = 2_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand."""

    spans: tuple[Span, ...]

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.spans[0][0]


def pattern(words: str) -> re.Pattern[str] | None:
    """What to look for; case does not matter, and a blank may be the end of a line, or of a quoted
    one with the mark of the next.

    A long word may have been cut at the end of a line, too. None: there is nothing to look for.
    """
    parts = [r"\n?".join(re.escape(letter) for letter in word) for word in words.split()]
    return re.compile(r"\s+(?:>\s*)*".join(parts), re.IGNORECASE) if parts else None


def hits(lines: Sequence[str], indents: Sequence[int], wanted: re.Pattern[str]) -> list[Hit]:
    """Every place in the lines, in order, at most 2,000.

    `indents` say how many letters at the beginning of each line are no part of the words.
    """
    starts, at = [], 0
    for line, indent in zip(lines, indents, strict=True):
        starts.append(at)
        at += len(line) - min(indent, len(line)) + 1
    text = "\n".join(line[indent:] for line, indent in zip(lines, indents, strict=True))
    found = []
    for match in wanted.finditer(text):
        found.append(Hit(tuple(_spans(match.start(), match.end(), starts, lines, indents))))
        if len(found) == MOST_HITS:
            break
    return found


def _spans(
    start: int, end: int, starts: Sequence[int], lines: Sequence[str], indents: Sequence[int]
) -> list[Span]:
    spans = []
    first = bisect_right(starts, start) - 1
    for n in range(first, len(starts)):
        if starts[n] >= end:
            break
        indent = min(indents[n], len(lines[n]))
        left = max(0, start - starts[n]) + indent
        right = min(len(lines[n]), end - starts[n] + indent)
        if left < right:
            spans.append((n, left, right))
    return spans
