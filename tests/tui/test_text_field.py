"""A text to type in: drawn where it changes, and always as if it were drawn whole."""

from __future__ import annotations

import random

import pyte
import pytest
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import TextArea

from heroterm.tui.compositor import NearScreen
from heroterm.tui.in_order import InOrder
from heroterm.tui.panes.words import Words
from heroterm.tui.text_field import TextField
from tests.tui.test_drawing import writing

SIZE = (30, 10)
WORDS = "Hey 漢字, thanks $1<for what they told> us. We look into it and write again by Friday."
MOVES = ("left", "right", "up", "down", "home", "end", "pageup", "pagedown")
KEYS = (
    *MOVES, *(f"shift+{move}" for move in MOVES[:6]), "enter", "backspace", "delete", "ctrl+z",
    "ctrl+y", "ctrl+k", "ctrl+u", "ctrl+w", "a", "b", "space", "x", "left_parenthesis",
    "dollar_sign", "1", "less_than_sign", "greater_than_sign",
)  # fmt: skip


class Sheet(NearScreen[None]):
    CSS = "TextField { width: 24; height: 8; border: round $primary; padding: 0 1; }"

    def __init__(self, kind: type[TextField]) -> None:
        super().__init__()
        self._kind = kind

    def compose(self) -> ComposeResult:
        yield self._kind("One.\nTwo.", soft_wrap=True, show_line_numbers=False, compact=True)


class Paper(InOrder[None]):
    def __init__(self, kind: type[TextField] = TextField) -> None:
        super().__init__()
        self._kind = kind

    def get_default_screen(self) -> Screen[None]:
        return Sheet(self._kind)


class Glass:
    """A terminal that shows what was written to it."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(*SIZE)
        self._stream = pyte.Stream(self._screen)

    def shows(self, pilot: Pilot[None], written: list[str]) -> list[str]:
        """Rows of cells with their colours once all of it has come."""
        self._stream.feed("".join(written))
        written.clear()
        rows = (self._screen.buffer[y] for y in range(SIZE[1]))
        return ["".join(f"{row[x].data}{row[x].bg[:2]}{row[x].reverse:d}" for x in range(SIZE[0]))
                for row in rows]  # fmt: skip


async def opened(pilot: Pilot[None]) -> TextField:
    await pilot.pause()
    field = pilot.app.screen.query_one(TextField)
    field.cursor_blink = False
    field.focus()
    await pilot.pause()
    return field


async def fumbles(
    pilot: Pilot[None], field: TextField, chance: random.Random, *, inserts: float
) -> None:
    """Press any key, or, so often, put any of the words in."""
    if chance.random() < inserts:
        begin = chance.randrange(len(WORDS))
        field.insert(WORDS[begin : begin + chance.randrange(60)])
    else:
        await pilot.press(chance.choice(KEYS))


@pytest.mark.anyio
@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.long) for n in range(1, 9))]
)
@pytest.mark.parametrize("kind", [TextField, Words])
async def test_after_any_keys_the_terminal_shows_what_a_whole_picture_would(
    kind: type[TextField], seed: int
) -> None:
    chance = random.Random(seed)
    async with Paper(kind).run_test(size=SIZE) as pilot:
        field = await opened(pilot)
        near, whole = Glass(), Glass()
        with writing(pilot.app, colours=True) as written:
            field.refresh()
            await pilot.pause()
            near.shows(pilot, written)
            for step in range(40):
                await fumbles(pilot, field, chance, inserts=0.15)
                await pilot.pause()
                seen = near.shows(pilot, written)
                pilot.app.screen.refresh()
                field.refresh()
                await pilot.pause()
                assert seen == whole.shows(pilot, written), f"step {step}"


def signs(row: Strip) -> list[tuple[str, Style | None]]:
    """Each sign of a row with its look."""
    return [(sign, cell.style) for cell in row for sign in cell.text]


@pytest.mark.anyio
@pytest.mark.parametrize(("kind", "marked"), [(TextField, True), (Words, False)])
async def test_a_row_looks_as_textual_draws_it(kind: type[TextField], marked: bool) -> None:
    chance = random.Random(7)
    drawn = 0
    async with Paper(kind).run_test(size=SIZE) as pilot:
        field = await opened(pilot)
        field.highlight_cursor_line = marked
        for _ in range(40):
            await fumbles(pilot, field, chance, inserts=0.3)
            for y in range(field.content_size.height):
                row = field.render_line(y)
                assert signs(row) == signs(TextArea._render_line(field, y)), field.text
                drawn += len(list(row)) > 1
    assert drawn > 30


@pytest.mark.anyio
async def test_the_sign_that_makes_a_blank_shows_all_of_it() -> None:
    async with Paper(Words).run_test(size=SIZE) as pilot:
        field = await opened(pilot)
        glass = Glass()
        with writing(pilot.app, colours=True) as written:
            field.load_text("We write $1<on the day on which it is mended and it goes on")
            field.move_cursor(field.document.end)
            await pilot.pause()
            glass.shows(pilot, written)
            await pilot.press("greater_than_sign")
            await pilot.pause()
            rows = glass.shows(pilot, written)
    assert sum("1" in row[3::4] for row in rows) >= 3


@pytest.mark.anyio
async def test_keys_that_come_at_once_are_typed_in_their_order() -> None:
    async with Paper(Words).run_test(size=SIZE) as pilot:
        field = await opened(pilot)
        field.load_text("")
        for key in "a b enter c x backspace y d enter enter e left f end : g ctrl+w h i".split():
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        assert field.text == "ab\ncyd\n\nfe:hi"


@pytest.mark.anyio
async def test_a_letter_writes_one_line_and_a_new_line_those_below_it() -> None:
    async with Paper().run_test(size=SIZE) as pilot:
        await opened(pilot)
        with writing(pilot.app) as written:
            await pilot.press("x")
            await pilot.pause()
            assert "xOne." in "".join(written) and "Two." not in "".join(written)
            written.clear()
            await pilot.press("enter")
            await pilot.pause()
            assert "Two." in "".join(written)


@pytest.mark.anyio
async def test_other_colours_are_worn_by_the_next_picture() -> None:
    async with Paper().run_test(size=SIZE) as pilot:
        field = await opened(pilot)
        worn = []
        for theme in ("textual-dark", "textual-light", "textual-dark"):
            pilot.app.theme = theme
            await pilot.pause()
            row = field.render_lines(field.outer_size.region)[4]
            grounds = {cell.style.bgcolor for cell in row if cell.style and cell.text.isspace()}
            assert field.rich_style.bgcolor in grounds
            worn.append(grounds)
        assert worn[0] == worn[2] != worn[1]
