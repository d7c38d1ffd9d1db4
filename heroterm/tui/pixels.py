"""Pixels as text: a cell holds two of them, one above the other, by an upper half block."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from textual.content import Content

_UPPER = "▀"


def half_blocks(pixels: bytes, width: int) -> Iterator[Content]:
    """Lines of `width` cells; `pixels` are rows of red, green and blue. An odd last row stands
    over black.
    """
    row = width * 3
    for start in range(0, len(pixels), row * 2):
        above = _colours(pixels[start : start + row])
        below = _colours(pixels[start + row : start + row * 2]) or ["#000000"] * width
        pairs = groupby(zip(above, below, strict=True))
        yield Content.assemble(
            *((_UPPER * len(list(same)), f"{up} on {down}") for (up, down), same in pairs)
        )


def _colours(row: bytes) -> list[str]:
    return [f"#{row[at : at + 3].hex()}" for at in range(0, len(row), 3)]
