"""A text that is typed wraps as Textual wraps it, letter by letter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument

from heroterm.tui.wrapped import Wrapped

SIGNS = "aaab  \t\n中é🙂-"
EDITS = st.lists(
    st.tuples(st.integers(0, 90), st.integers(0, 6), st.text(SIGNS, max_size=9)), max_size=12
)


@given(st.text(SIGNS, max_size=80), st.integers(0, 12), EDITS)
def test_after_every_edit_each_place_stands_where_textual_has_it(
    text: str, width: int, edits: list[tuple[int, int, str]]
) -> None:
    document = Document(text)
    wrapped = Wrapped.over(WrappedDocument(document, width))
    for begin, erased, words in edits:
        start, end = sorted(_place(document, at) for at in (begin, begin + erased))
        result = document.replace_range(start, end, words)
        wrapped.wrap_range(start, end, result.end_location)
        usual = WrappedDocument(document, width)
        assert wrapped._wrap_offsets == usual._wrap_offsets
        assert wrapped._line_index_to_offsets == usual._line_index_to_offsets
        assert wrapped._offset_to_line_info == usual._offset_to_line_info
        for at in range(len(document.text) + 1):
            place = _place(document, at)
            assert wrapped.location_to_offset(place) == usual.location_to_offset(place)
            offset = usual.location_to_offset(place)
            assert wrapped.offset_to_location(offset) == usual.offset_to_location(offset)


def _place(document: Document, at: int) -> tuple[int, int]:
    before = document.text[:at].split("\n")
    return len(before) - 1, len(before[-1])
