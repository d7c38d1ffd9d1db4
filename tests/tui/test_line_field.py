"""A line to type in: drawn by heroterm's own few pieces, cell for cell as Textual would draw it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from rich.style import Style
from textual._wait import wait_for_idle
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input

from heroterm.tui.compositor import NearScreen
from heroterm.tui.dressed import Dressed
from heroterm.tui.line_field import LineField

MOVES = ("cursor_left", "cursor_right", "home", "end")
EDITS = ("delete_left", "delete_right", "delete_left_word", "delete_left_all")
TYPED = (
    "漢字",
    "status:open",
    "e\u0301te\u0301",
    "👩‍🚀 now",
    "a word and one more, too long for it",
)


class Sheet(NearScreen[None]):
    CSS = "LineField { width: 24; padding: 0 1; }"

    def compose(self) -> ComposeResult:
        yield LineField(placeholder="a hint", compact=True)


class Paper(App[None]):
    def get_default_screen(self) -> Screen[None]:
        return Sheet()


def cells(line: Strip) -> list[tuple[str, Style | None]]:
    """Every sign with its look, however the line was cut in pieces."""
    return [(sign, piece.style) for piece in line for sign in piece.text]


async def something_happens(field: LineField, chance: random.Random) -> None:
    """A move, a selection, a letter, something taken away, or the focus comes or goes."""
    which = chance.randrange(10)
    if which < 4:
        getattr(field, f"action_{chance.choice(MOVES)}")(select=chance.random() < 0.5)
    elif which < 6:
        getattr(field, f"action_{chance.choice(EDITS)}")()
    elif which < 9:
        field.insert_text_at_cursor(chance.choice(TYPED))
    else:
        field.screen.set_focus(None if field.has_focus else field)
        await wait_for_idle(0)


@pytest.mark.anyio
async def test_a_line_is_drawn_as_textual_draws_it() -> None:
    chance, drawn = random.Random(5), set()
    async with Paper().run_test(size=(40, 6)) as pilot:
        field = pilot.app.screen.query_one(LineField)
        for _ in range(300):
            await something_happens(field, chance)
            mine, theirs = field.render_line(0), Input.render_line(field, 0)
            assert cells(mine) == cells(theirs), (field.value, field.selection)
            assert mine.cell_length == theirs.cell_length
            drawn.add((field.has_focus, field.selection.is_empty, field.scroll_offset.x > 0))
    assert len(drawn) >= 6, "with and without the focus, a selection, a beginning out of sight"


@pytest.mark.anyio
async def test_what_stands_there_changes_colour_with_its_surroundings() -> None:
    async with Paper().run_test(size=(40, 6)) as pilot:
        app, field = pilot.app, pilot.app.screen.query_one(LineField)
        field.value = "abc"
        field.styles.background = "transparent"
        await pilot.pause()
        changes: Sequence[Callable[[], None]] = (
            lambda: setattr(app, "theme", "textual-light"),
            lambda: setattr(app.screen.styles, "background", "red"),
            lambda: setattr(app.screen.styles, "opacity", 0.5),
            lambda: setattr(field.styles, "color", "blue"),
        )
        for change in changes:
            before = field.rich_style, field.background_colors, cells(field.render_line(0))
            change()
            await pilot.pause()
            after = field.rich_style, field.background_colors, cells(field.render_line(0))
            assert after != before
            assert after[0] == super(Dressed, field).rich_style
            assert after[1] == super(Dressed, field).background_colors
