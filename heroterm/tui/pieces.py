"""A row of text in as few pieces as it has looks: what a field draws for each letter typed into it.

Textual and Rich make a rich text of it, lay that out and cut it again, which costs more than all
else that is done for the letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style

Look = tuple[int, int, Style]
"""From which sign of the text, to which, and what these wear over all else."""


def pieces(text: str, plain: Style, looks: Sequence[Look]) -> list[Segment]:
    """The text in its plain look with others over it, the last of them on top."""
    if not looks:
        return [Segment(text, plain)]
    size = len(text)
    ends = {0, size, *(max(0, min(at, size)) for look in looks for at in look[:2])}
    cuts = pairwise(sorted(ends))
    return [Segment(text[begin:end], _worn(plain, looks, begin)) for begin, end in cuts]


def _worn(plain: Style, looks: Sequence[Look], at: int) -> Style:
    for begin, end, look in looks:
        if begin <= at < end:
            plain += look
    return plain
