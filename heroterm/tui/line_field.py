"""A line to type in, beside what its letters change."""

from __future__ import annotations

from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Input

from heroterm.tui.compositor import draw_now
from heroterm.tui.field import Field


class LineField(Input, Field):
    """Textual's own lays the whole screen out anew with every letter, as its text is longer then;
    a field of a given size moves nothing by that. Nor does its cursor blink: a still screen costs
    nothing over SSH.
    """

    virtual_size = reactive(Size(0, 0), layout=False)

    def on_mount(self) -> None:
        """Nothing moves while nobody types."""
        self.cursor_blink = False

    def watch_selection(self) -> None:
        """The letter stands there first; what it finds comes after."""
        if self.is_mounted:
            draw_now(self)

    def render_line(self, y: int) -> Strip:
        """The text with its cursor. Textual's own makes a rich text for each letter and lays it
        out, which costs more than the rest of the drawing; here it is cut in at most five.
        """
        if y or self.password or self._suggestion or not self.value or not self.value.isprintable():
            return super().render_line(y)
        plain, width = self.rich_style, self.scrollable_content_region.width + 1
        cells = self._pieces() if self.has_focus else [Segment(self.value)]
        left = int(self.scroll_offset.x)
        line = Strip(cells).crop(left, left + width).extend_cell_length(width)
        return line.apply_style(plain)

    def _pieces(self) -> list[Segment]:
        """The text cut where its look changes: at the ends of what is selected, at the cursor."""
        cursor, (first, last) = self.cursor_position, sorted(self.selection)
        text = self.value + " " if self.cursor_at_end else self.value
        chosen = self.get_component_rich_style("input--selection")
        under = self.get_component_rich_style("input--cursor") if self._cursor_visible else None
        cuts = sorted({0, first, last, cursor, cursor + 1, len(text)})
        pieces = []
        for begin, end in pairwise(cut for cut in cuts if cut <= len(text)):
            looks = [chosen] if first <= begin < last else []
            looks += [under] if under is not None and begin == cursor else []
            pieces.append(Segment(text[begin:end], Style.combine(looks) if looks else None))
        return pieces
