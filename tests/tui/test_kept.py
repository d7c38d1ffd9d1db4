"""What is kept of a line that was drawn."""

from __future__ import annotations

from textual.content import Content

from heroterm.tui.kept import changed, runs


def test_changed_cells_are_found_by_cell_and_by_colour() -> None:
    plain = Content("ab 漢 cd")
    assert changed(plain, Content("ab 漢 cd"), 20) == (0, 0)
    assert changed(plain, Content("ab 漢 cX"), 20) == (7, 8)
    assert changed(plain, Content("ab 字 cd"), 20) == (3, 5)
    assert changed(plain, Content("ab xx cd"), 20) == (3, 5)
    assert changed(plain, plain.stylize("bold", 3, 4), 20) == (3, 5)
    assert changed(plain, Content("ab 漢\u0301 cd"), 20) == (3, 5)
    assert changed(plain, Content("ab 漢 cdef"), 20) == (8, 10)
    assert changed(plain, Content("ab 漢 "), 20) == (6, 8)
    assert changed(plain, Content("ab 漢 cX"), 5) == (0, 5)


def test_rows_that_follow_each_other_are_one_run() -> None:
    assert list(runs([])) == []
    assert list(runs([0, 1, 2, 7, 9, 10])) == [(0, 2), (7, 7), (9, 10)]
