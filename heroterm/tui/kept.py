"""What lines of a pane looked like when they were drawn last: scrolling by one makes one anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from typing import Any

from rich.cells import cell_len
from textual._styles_cache import StylesCache
from textual.content import Content
from textual.css.styles import StylesBase
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


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
    ready: dict[str, Strip] = field(default_factory=dict)
    """The same as it goes to the terminal."""


def changed(before: Content, after: Content, width: int) -> tuple[int, int]:
    """From which of a line's cells to which it looks otherwise, the end not included."""
    if max(before.cell_length, after.cell_length) > width:
        return 0, width  # cut off: where, is for whoever draws it
    both = zip_longest(_cells(before), _cells(after), fillvalue=(" ", (), 0))
    differ = [x for x, (was, now) in enumerate(both) if was != now]
    return (differ[0], differ[-1] + 1) if differ else (0, 0)


def _cells(line: Content) -> list[tuple[str, tuple[object, ...], int]]:
    """Each cell's letter with its accents, how it looks, and which cell of the letter it is."""
    looks: list[tuple[object, ...]] = [()] * len(line.plain)
    for span in line.spans:
        for at in range(max(0, span.start), min(len(looks), span.end)):
            looks[at] += (span.style,)
    letters: list[tuple[str, tuple[object, ...]]] = []
    for letter, look in zip(line.plain, looks, strict=True):
        if letters and not cell_len(letter):
            letters[-1] = (letters[-1][0] + letter, look)
        else:
            letters.append((letter, look))
    return [(text, look, n) for text, look in letters for n in range(cell_len(text[0]))]


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of rising numbers without a gap."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        first, *more = (number for _, number in run)
        yield first, more[-1] if more else first


class KeptRows(StylesCache):
    """Rows of a pane by what they show instead of by where they stand: they survive scrolling.

    `place` gives for a line of the pane's inside what is kept of it, and its dress there; None
    before it was ever drawn. Who hands it out also lets go of it. `head` makes the line right above
    the inside, so many cells wide, where the pane has padding for one.
    """

    def __init__(
        self,
        place: Callable[[int], tuple[Drawn, str] | None],
        head: Callable[[int], Strip | None],
    ) -> None:
        super().__init__()
        self._place, self._head = place, head
        self._top = 0

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """Rows that went out before go out as they are.

        Textual looks up colours, frame, title and opacity for any of them: most of a key's price.
        """
        self._top = widget.styles.gutter.top
        width = widget.outer_size.width
        if width != self._width:
            self._forget(crop)
        if crop.column_span != (0, width):
            return super().render_widget(widget, crop)
        rows = {y: self._ready(y) for y in crop.line_range}
        for first, last in runs([y for y, row in rows.items() if row is None]):
            part = Region(crop.x, first, crop.width, last - first + 1)
            # Textual keeps rows by where they stand, which says nothing of a line with its place.
            self._dirty_lines.update(y for y in part.line_range if self._place(y - self._top))
            for y, row in zip(part.line_range, super().render_widget(widget, part), strict=True):
                rows[y] = row
                if (place := self._place(y - self._top)) is not None:
                    place[0].ready[place[1]] = row
        return [row for row in rows.values() if row is not None]

    def _forget(self, crop: Region) -> None:
        """Rows of another width are of no use."""
        for y in crop.line_range:
            if (place := self._place(y - self._top)) is not None:
                place[0].rows.clear()
                place[0].ready.clear()

    def _ready(self, y: int) -> Strip | None:
        """A row as it went out before."""
        place = self._place(y - self._top)
        return place[0].ready.get(place[1]) if place else None

    def render_line(
        self, styles: StylesBase, y: int, size: Size, content_size: Size, *rest: Any
    ) -> Strip:
        """The row as it was made before, else as Textual makes it now."""
        inside = y - self._top
        if inside == -1 and styles.padding.top and (head := self._head(size.width)) is not None:
            return head
        if not 0 <= inside < content_size.height:
            return super().render_line(styles, y, size, content_size, *rest)
        place = self._place(inside)
        if place is not None and (kept := place[0].rows.get(place[1])) is not None:
            return kept
        made = super().render_line(styles, y, size, content_size, *rest)
        if (place := self._place(inside)) is not None:
            place[0].rows[place[1]] = made
        return made
