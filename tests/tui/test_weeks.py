"""The curves of the stats."""

import pytest

from heroterm.tui.doing.weeks import _plot

DOTS = (
    (0, 0, 1), (0, 1, 2), (0, 2, 4), (0, 3, 64), (1, 0, 8), (1, 1, 16), (1, 2, 32), (1, 3, 128),
)  # fmt: skip
"""Where in a Braille sign the dot of each bit lies: right, down."""


@pytest.mark.parametrize("width", [66, 104])
@pytest.mark.parametrize(
    "series", [[29, 28, 24, 21, 22, 24, 28, 34, 34, 29], [1] * 14, [0, 0, 3], [5, 0, 0, 0, 120]]
)
def test_the_highest_and_the_last_day_are_drawn_too(series: list[int], width: int) -> None:
    rows = [line.plain for line in _plot("open", series, width)][1:-1]
    dots = {
        (2 * x + right, 4 * y + down)
        for y, row in enumerate(rows)
        for x, cell in enumerate(row.partition("| ")[2])
        for right, down, bit in DOTS
        if cell >= "\u2800" and ord(cell) & bit
    }
    assert min(y for x, y in dots if x > 1) == 0, "the highest day lies above the picture"
    last = max(x for x, _ in dots)
    assert {x for x, _ in dots} >= set(range(last + 1)) and last == 2 * (width - 15) - 1
    curve = {x: min(y for at, y in dots if at == x) for x in range(2, last + 1)}
    bottom = 4 * len(rows) - 1
    if min(series) > 0:
        assert max(curve.values()) < bottom, "the curve breaks"
