"""What lines of a pane looked like when they were drawn last: scrolling by one makes one anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from textual._styles_cache import StylesCache
from textual.content import Content
from textual.css.styles import StylesBase
from textual.geometry import Size
from textual.strip import Strip


@dataclass(slots=True)
class Drawn:
    """A line as it was drawn last, and how it looked with and without the cursor."""

    content: Content
    dress: str = ""
    """The component class that it wore last; empty without the cursor."""
    strips: dict[str, Strip] = field(default_factory=dict)
    """The line's cells by what it wears."""
    rows: dict[str, Strip] = field(default_factory=dict)
    """The same with the pane's frame."""


class KeptRows(StylesCache):
    """Rows of a pane by what they show instead of by where they stand: they survive scrolling.

    `place` gives for a line of the pane's inside the place where its row is kept, and its name
    there; None before it was ever drawn. Who hands out the place also empties it.
    """

    def __init__(self, place: Callable[[int], tuple[dict[str, Strip], str] | None]) -> None:
        super().__init__()
        self._place = place

    def render_line(
        self, styles: StylesBase, y: int, size: Size, content_size: Size, *rest: Any
    ) -> Strip:
        """The row as it was made before, else as Textual makes it now."""
        inside = y - styles.gutter.top
        if not 0 <= inside < content_size.height:
            return super().render_line(styles, y, size, content_size, *rest)
        place = self._place(inside)
        if place is not None and (kept := place[0].get(place[1])) is not None:
            return kept
        made = super().render_line(styles, y, size, content_size, *rest)
        if (place := self._place(inside)) is not None:
            place[0][place[1]] = made
        return made
