"""A text to type in, of which a letter draws the lines that it changes and no other.

Textual draws the whole field for each letter, as the cursor moves by it: thirteen times the bytes
over a slow line, and most of the key's price.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence

from rich.text import Text
from textual.document._document_navigator import DocumentNavigator
from textual.geometry import Region
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location, Selection

from heroterm.tui.compositor import draw_now
from heroterm.tui.field import Field
from heroterm.tui.pieces import Look, pieces
from heroterm.tui.scrolled import Scrolled
from heroterm.tui.wrapped import Wrapped


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

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document = Wrapped.over(self.wrapped_document)
        self.navigator = DocumentNavigator(self.wrapped_document)

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

    def render_line(self, y: int) -> Strip:
        """A row of the text; with what only Textual's own knows to draw, that draws it."""
        row, sections = y + int(self.scroll_offset.y), self.wrapped_document._offset_to_line_info
        if row >= len(sections) or not (self._plain and self.selection.is_empty):
            return super().render_line(y)
        line, section = sections[row]
        text = self.document[line]
        if not text.isprintable() or not (text or self.text):
            return super().render_line(y)
        return self._row_of(text, line, section)

    @property
    def _plain(self) -> bool:
        """Whether there is nothing in the field but its own words, as they wrap."""
        odd = self.show_line_numbers or self._highlights or self.suggestion
        return self.soft_wrap and self._has_cursor and not odd

    def _row_of(self, text: str, line: int, section: int) -> Strip:
        """One row of a line of the text: the one that comes after so many others of it."""
        ends = 0, *self.wrapped_document.get_offsets(line), len(text) + 1
        begin, end = ends[section : section + 2]
        theme, (row, column) = self._theme, self.selection.end
        plain = worn = theme.base_style or self.rich_style
        looks = list(self.looks(line, text))
        if line == row and self.highlight_cursor_line and theme.cursor_line_style is not None:
            looks.append((0, end, theme.cursor_line_style))
            worn += theme.cursor_line_style
        if line == row and self._draw_cursor and theme.cursor_style is not None:
            looks.append((column, column + 1, theme.cursor_style))
        cells = pieces(
            f"{text} "[begin:end], plain, [(a - begin, b - begin, c) for a, b, c in looks]
        )
        return Strip(cells).extend_cell_length(self.scrollable_content_region.width, worn)

    def looks(self, line: int, text: str) -> Sequence[Look]:
        """What some words of a line wear."""
        return ()

    def get_line(self, line_index: int) -> Text:
        """A line with what some words of it wear, for the rows that Textual draws."""
        line = super().get_line(line_index)
        for begin, end, look in self.looks(line_index, line.plain):
            line.stylize(look, begin, end)
        return line

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

    def put(self, sign: str) -> bool:
        """Put a sign in the place of what is selected."""
        if not self.read_only:
            self.replace(sign, *self.selection, maintain_selection_offset=False)
        return True

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
        line, column = place
        wrapped = self.wrapped_document
        return wrapped._line_index_to_offsets[line][bisect(wrapped.get_offsets(line), column)]
