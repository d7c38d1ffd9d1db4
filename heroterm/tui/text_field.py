"""A text to type in, of which a letter draws the lines that it changes and no other.

Textual draws the whole field for each letter, as the cursor moves by it: thirteen times the bytes
over a slow line, and most of the key's price.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.geometry import Region
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location, Selection

from heroterm.tui.compositor import draw_now
from heroterm.tui.field import Field
from heroterm.tui.scrolled import Scrolled


class TextField(TextArea, Scrolled, Field):
    """Plain words: no bracket far away lights up for the one under the cursor."""

    selection: Reactive[Selection] = reactive(
        Selection(), init=False, always_update=True, repaint=False
    )

    _editing = False
    """Whether the cursor moves by what is typed, which is drawn with it."""
    _coloured: tuple[object, ...] = ()
    """The theme and the look for which the colours of its parts were looked up."""

    def on_mount(self) -> None:
        """Lines change by what is typed into them alone."""
        self.match_cursor_bracket = False

    def notify_style_update(self) -> None:
        """Colours may have changed."""
        super().notify_style_update()
        self._coloured = ()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows of the field. Textual's own looks up all its colours again for each of them."""
        dress = (self._theme, self.rich_style)
        if dress != self._coloured:
            self._theme.apply_css(self)
            self._coloured = dress
        return super(TextArea, self).render_lines(crop)

    def watch_selection(self, before: Selection, now: Selection) -> None:
        """The cursor left a line and stands on another; what lies between was or is selected."""
        if not self._editing:
            self._draw_from((*before, *now))

    def edit(self, edit: Edit) -> EditResult:
        """Change the text. Where it grows or shrinks by a row it is drawn whole, as it then has
        another size; else all that follows keeps its place.
        """
        before, self._editing = self.selection, True
        try:
            result = super().edit(edit)
        finally:
            self._editing = False
        places = *before, *self.selection, edit.top, result.end_location
        self._draw_from(places, typed=len({line for line, _ in places}) == 1)
        return result

    def undo(self) -> None:
        """Take back the last edits, wherever they were."""
        super().undo()
        self.refresh()

    def redo(self) -> None:
        """Make them again."""
        super().redo()
        self.refresh()

    def load_text(self, text: str) -> None:
        """Other words altogether."""
        super().load_text(text)
        self.refresh()

    def _draw_from(self, places: Iterable[Location], typed: bool = False) -> None:
        """Draw the lines from the first of these places to the last: a letter stands there at once,
        not with the frame after it. What was typed into one line changes no row far above it; where
        the cursor comes from another line, all of both look otherwise.
        """
        last_line = self.document.line_count - 1
        first, *_, last = sorted((min(line, last_line), column) for line, column in places)
        top = self._first_row(first) if typed else self._row((first[0], 0))
        bottom = self._row((last[0], len(self.document[last[0]])))
        self.refresh_lines(top, bottom - top + 1)
        if self.is_mounted:
            draw_now(self)

    def marks(self, line: str) -> bool:
        """Whether a letter in this line may change how letters far before it look."""
        return False

    def _first_row(self, place: Location) -> int:
        """The first row that may look otherwise by what was typed at a place: its word may have
        gone up to the row before, or have come from there.
        """
        line, column = place
        text = self.document[line]
        begins = self._row((line, 0))
        if self.marks(text):
            return begins
        before = text[:column].rstrip()
        word = len(before) - len(before.split()[-1]) if before else 0
        return max(begins, self._row((line, word)) - 1)

    def _row(self, place: Location) -> int:
        """The row of a place, counted from the first of the text."""
        return self.wrapped_document.location_to_offset(place).y
