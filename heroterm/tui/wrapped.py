"""How a text that is typed wraps, worked out from the word that changed.

Textual wraps the whole line again for each letter, and cuts it into its rows twice to learn where
the cursor stands. A paragraph of a reply is one line: after some 300 signs that was measured to be
a quarter of the letter's price.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from textual._cells import cell_len
from textual._wrap import compute_wrap_offsets
from textual.document._document import Location
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Offset


class Wrapped(WrappedDocument):
    """Textual's own, asked for less: Tabs, and edits of more than one row, are its work."""

    @classmethod
    def over(cls, usual: WrappedDocument) -> Wrapped:
        """The same text, as it is wrapped already."""
        made = cls.__new__(cls)
        made.__dict__.update(usual.__dict__)
        return made

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap again what an edit changed; called when it is in the text."""
        line, column = start
        if line == old_end[0] == new_end[0] and self._width:
            offsets = self._from_word(line, column)
            if offsets is not None and len(offsets) == len(self._wrap_offsets[line]):
                self._wrap_offsets[line] = offsets
                return  # no row has come or gone, and no Tab
        super().wrap_range(start, old_end, new_end)

    def _from_word(self, line: int, column: int) -> list[int] | None:
        """Where the rows of a line begin but its first. What stands before the word that changed
        keeps its row; the word itself may go up or come down.
        """
        text = self.document.lines[line]
        if "\t" in text or any(self._tab_width_cache[line]):
            return None
        before = text[:column].rstrip()
        word = len(before) - len(before.split()[-1]) if before else 0
        offsets = self._wrap_offsets[line]
        kept = offsets[: bisect_left(offsets, word)]
        begin = kept[-1] if kept else 0
        later = compute_wrap_offsets(text[begin:], self._width, self._tab_width)
        return [*kept, *(begin + offset for offset in later)]

    def location_to_offset(self, location: Location) -> Offset:
        """The cell of a place, counted from the first of the text."""
        line, column = location
        if not 0 <= line < len(self._wrap_offsets) or "\t" in self.document[line]:
            return super().location_to_offset(location)
        offsets = self._wrap_offsets[line]
        row = bisect_right(offsets, column)
        text = self.document[line][offsets[row - 1] if row else 0 : column]
        return Offset(cell_len(text), self._line_index_to_offsets[line][row])
