"""How wide the columns are and how high the lower row is, by size class: pure, and remembered.

Shares are of 24ths of the width; `lower` is a number of lines. Narrow terminals show one place at
a time, so there is nothing to share; `-large` is a wide terminal that is high, too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

_STEP, _LEAST, _WHOLE = 2, 4, 24
_LOWER = range(5, 31)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Columns as shares, and the height of the lower row (0: the layout has none of its own)."""

    columns: tuple[int, ...]
    lower: int = 0

    def grown(self, column: int, step: int) -> Arrangement:
        """With one column wider by so many steps, its widest neighbour narrower; as it is at an
        end.
        """
        others = [n for n in range(len(self.columns)) if n != column]
        other = max(others, key=lambda n: self.columns[n] * step)
        shares = list(self.columns)
        shares[column] += step * _STEP
        shares[other] -= step * _STEP
        return replace(self, columns=tuple(shares)) if min(shares) >= _LEAST else self

    def dragged(self, column: int, share: float) -> Arrangement:
        """With the right edge of a column at a share (0 to 1) of the width, or near it."""
        before = sum(self.columns[:column])
        both = self.columns[column] + self.columns[column + 1]
        wide = round(share * _WHOLE) - before
        wide = max(_LEAST, min(both - _LEAST, wide))
        shares = list(self.columns)
        shares[column], shares[column + 1] = wide, both - wide
        return replace(self, columns=tuple(shares))

    def lowered_to(self, lines: int) -> Arrangement:
        """With a lower row of so many lines, as far as it goes."""
        return replace(self, lower=max(_LOWER[0], min(_LOWER[-1], lines)))

    def raised(self, step: int) -> Arrangement:
        """With a higher or lower row below; as it is at an end."""
        lower = self.lower + step * _STEP
        return replace(self, lower=lower) if lower in _LOWER else self

    def to_text(self) -> str:
        """For the journal's memory."""
        return json.dumps([list(self.columns), self.lower])


USUAL = {
    "-medium": Arrangement((12, 12), 11),
    "-wide": Arrangement((8, 10, 6)),
    "-large": Arrangement((8, 10, 6), 14),
}
"""By size class, as the layout comes."""
_LOWER_PANES = {
    "-medium": ("side", "replies", "playbook"),
    "-large": ("replies", "week", "outbox"),
}
_COLUMN_OF = {"queue": 0, "thread": 1, "side": 2, "replies": 2, "playbook": 2}


def column_of(pane: str, size_class: str) -> int | None:
    """The column of a pane; None for one of the lower row, which grows upwards instead."""
    if pane in _LOWER_PANES.get(size_class, ()):
        return None
    return _COLUMN_OF.get(pane)


def remembered(text: str | None, size_class: str) -> Arrangement:
    """As `to_text` wrote it, or the usual one where that makes no sense (any more)."""
    usual = USUAL[size_class]
    try:
        columns, lower = json.loads(text or "")
        kept = Arrangement(tuple(int(n) for n in columns), int(lower))
    except (ValueError, TypeError):
        return usual
    fits = len(kept.columns) == len(usual.columns) and sum(kept.columns) == _WHOLE
    sane = fits and min(kept.columns) >= _LEAST and (kept.lower in _LOWER or not usual.lower)
    return kept if sane else usual
