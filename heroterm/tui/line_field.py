"""A line to type in, beside what its letters change."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Input

from heroterm.tui.compositor import draw_now
from heroterm.tui.field import Field
from heroterm.tui.pieces import pieces


class LineField(Input, Field):
    """Textual's own lays the whole screen out anew with every letter, as its text is longer then;
    a field of a given size moves nothing by that. Nor does its cursor blink: a still screen costs
    nothing over SSH.
    """

    virtual_size = reactive(Size(0, 0), layout=False)

    def on_mount(self) -> None:
        """Nothing moves while nobody types."""
        self.cursor_blink = False

    def put(self, sign: str) -> bool:
        """Put a sign in the place of what is selected."""
        self.replace(sign, *self.selection)
        return True

    def watch_selection(self) -> None:
        """The letter stands there first; what it finds comes after."""
        if self.is_mounted:
            draw_now(self)

    def render_line(self, y: int) -> Strip:
        """The text with its cursor."""
        if y or self.password or self._suggestion or not self.value or not self.value.isprintable():
            return super().render_line(y)
        plain, width = self.rich_style, self.scrollable_content_region.width + 1
        cursor, (first, last) = self.cursor_position, sorted(self.selection)
        text = f"{self.value} " if self.cursor_at_end else self.value
        looks = []
        if self.has_focus and first < last:
            looks.append((first, last, self.get_component_rich_style("input--selection")))
        if self.has_focus and self._cursor_visible:
            looks.append((cursor, cursor + 1, self.get_component_rich_style("input--cursor")))
        left = int(self.scroll_offset.x)
        line = Strip(pieces(text if self.has_focus else self.value, plain, looks))
        return line.crop(left, left + width).extend_cell_length(width, plain)
