"""A field without a frame: its rows are their text and the room beside it, and nothing more.

Textual asks for each row which borders, outline, title, hatch, tint and opacity the widget has: an
eighth of a letter's price. Here that is asked when a style changes; a field that has any of them
is drawn by Textual.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from heroterm.tui.dressed import Dressed


class Frameless(Dressed):
    """Draws its rows itself while it has no frame."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows of the field."""
        if not self.framed:
            return self._rows(crop)
        return super().render_lines(crop)

    def _rows(self, crop: Region) -> list[Strip]:
        above, right, _, left = self.styles.padding
        width, height = self.content_region.size
        look, background = self.inner_style, self.background_colors[1]
        before, after = Segment(" " * left, look), Segment(" " * right, look)
        rows = []
        for y in range(crop.y - above, crop.bottom - above):
            if 0 <= y < height:
                line = self.render_line(y).adjust_cell_length(width, look)
            else:
                line = Strip.blank(width, look)
            row = Strip([*[before] * (left > 0), *line, *[after] * (right > 0)])
            for line_filter in self.get_line_filters():
                row = row.apply_filter(line_filter, background)
            rows.append(row.crop(*crop.column_span))
        return rows
