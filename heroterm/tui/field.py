"""A field to type in, without what Textual does again for each letter and need not.

It asks for each row which borders, outline, hatch, tint and opacity the widget has, and works out
by new regions how far to scroll to a cursor that can be seen: a fifth of a letter's price.
"""

from __future__ import annotations

from inspect import iscoroutinefunction
from typing import Any

from rich.segment import Segment
from textual.actions import parse
from textual.events import Key
from textual.geometry import Offset, Region, Spacing
from textual.strip import Strip

from heroterm.tui.dressed import Dressed

_EDITS = "delete", "cursor", "home", "end", "select", "cut", "paste", "undo", "redo"
"""How the names of Textual's actions begin that change its text or move in it."""


class Field(Dressed):
    """Draws its rows itself while it has no frame, and stays where it is while that is right."""

    def takes(self, key: Key) -> bool:
        """Do what a key does to the text; False where it may mean something else."""
        return self._puts(key) or self._edits(key)

    def _puts(self, key: Key) -> bool:
        return key.character is not None and key.is_printable and self.put(key.character)

    def put(self, sign: str) -> bool:
        """Put a sign in the place of what is selected; False where it may mean something else."""
        return False

    def _edits(self, key: Key) -> bool:
        """Erase or move in the text, where the key is bound to that; False where it is not."""
        node, bindings = self.screen._binding_chain[0]  # under the hero's own keys
        bound = bindings.key_to_bindings.get(key.key) if node is self else None
        whose, name, words = parse(bound[0].action) if bound else ("", "", ())
        act = getattr(self, f"action_{name}", None) if name.startswith(_EDITS) else None
        if whose or act is None or iscoroutinefunction(act):
            return False
        act(*words)
        return True

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows of the field: its text and the room beside it."""
        if not self.framed:
            return self._rows(crop)
        return super().render_lines(crop)

    def _rows(self, crop: Region) -> list[Strip]:
        above, right, _, left = self.styles.padding
        width, height = self.content_region.size
        look, background = self.inner_style, self.background_colors[1]
        before, after = Segment(" " * left, look), Segment(" " * right, look)
        filters = self.get_line_filters()
        rows = []
        for y in range(crop.y - above, crop.bottom - above):
            if 0 <= y < height:
                line = self.render_line(y).adjust_cell_length(width, look)
            else:
                line = Strip.blank(width, look)
            row = Strip([*[before] * (left > 0), *line, *[after] * (right > 0)])
            for line_filter in filters:
                row = row.apply_filter(line_filter, background)
            rows.append(row.crop(*crop.column_span))
        return rows

    def scroll_to_region(
        self,
        region: Region,
        *,
        spacing: Spacing | None = None,
        top: bool = False,
        center: bool = False,
        **more: Any,
    ) -> Offset:
        """Scroll until a part of the text can be seen; how far that was."""
        left, above = self.scroll_offset
        width, height = self.scrollable_content_region.size
        x, y, across, down = region
        room = spacing or Spacing()
        seen_across = left + room.left <= x and x + across <= left + width - room.right
        seen_down = above + room.top <= y and y + down <= above + height - room.bottom
        if seen_across and seen_down and not (top or center or more.get("on_complete")):
            return Offset()
        return super().scroll_to_region(region, spacing=spacing, top=top, center=center, **more)
