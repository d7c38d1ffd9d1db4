"""A field without a frame draws its rows itself, and scrolls, as Textual would."""

from __future__ import annotations

from random import Random

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.filter import Monochrome
from textual.geometry import Region, Spacing
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from heroterm.tui.compositor import NearScreen
from heroterm.tui.field import Field
from heroterm.tui.line_field import LineField
from heroterm.tui.text_field import TextField

TEXT = "one 漢字 line\nand another that is too long for the field\n\nand\nfour\nmore\nof\nthem\n"
FRAMES = (
    "border: round red",
    "outline: solid red",
    "tint: red 30%",
    "opacity: 50%",
    "hatch: cross red",
)


class Sheet(NearScreen[None]):
    def compose(self) -> ComposeResult:
        yield LineField("a few words", compact=True)
        yield TextField(TEXT)


class Paper(App[None]):
    CSS = """
    LineField { width: 24; padding: 0 1; }
    TextField, TextField:focus {
        width: 30; height: 6; padding: 1 2 0 1; border: none;
    }
    """

    def get_default_screen(self) -> Screen[None]:
        return Sheet()


def cells(rows: list[Strip]) -> list[list[tuple[str, Style | None]]]:
    """Every sign of each row with its look, however the row was cut in pieces."""
    return [[(sign, piece.style) for piece in row for sign in piece.text] for row in rows]


def part(field: Field, chance: Random) -> Region:
    """Some rows and columns of a field."""
    width, height = field.outer_size
    x, y = chance.choice((0, 0, 3)), chance.randrange(height)
    return Region(x, y, width - x, chance.randint(1, height - y))


@pytest.mark.anyio
@pytest.mark.parametrize("kind", [LineField, TextField])
@pytest.mark.parametrize("monochrome", [False, True])
async def test_its_rows_are_those_that_textual_draws(kind: type[Field], monochrome: bool) -> None:
    chance = Random(7)
    async with Paper().run_test(size=(40, 12)) as pilot:
        field = pilot.app.screen.query_one(kind)
        if monochrome:
            pilot.app._filters.append(Monochrome())
        for _ in range(20):
            pilot.app.screen.set_focus(field if chance.random() < 0.5 else None)
            field.scroll_to(y=chance.randrange(4), animate=False)
            await pilot.pause()
            crop = part(field, chance)
            mine = field.render_lines(crop)
            field._styles_cache.clear()
            theirs = field._styles_cache.render_widget(field, crop)
            assert not field.framed
            assert cells(mine) == cells(theirs)
            assert [row.cell_length for row in mine] == [row.cell_length for row in theirs]


@pytest.mark.anyio
@pytest.mark.parametrize("rule", FRAMES)
async def test_one_that_gets_a_frame_is_drawn_by_textual(rule: str) -> None:
    async with Paper().run_test(size=(40, 12)) as pilot:
        field = pilot.app.screen.query_one(TextField)
        assert not field.framed
        field.set_styles(f"{rule};")
        await pilot.pause()
        assert field.framed


@pytest.mark.anyio
async def test_it_scrolls_as_far_as_textual_would() -> None:
    chance, moved = Random(3), 0
    async with Paper().run_test(size=(40, 12)) as pilot:
        field = pilot.app.screen.query_one(TextField)
        for _ in range(300):
            region = Region(chance.randrange(30), chance.randrange(9), chance.randint(1, 3), 1)
            room = chance.choice([None, Spacing(right=2), Spacing(1, 1, 1, 1)])
            start, found = chance.randrange(5), []
            for way in (type(field).scroll_to_region, Widget.scroll_to_region):
                field.scroll_to(y=start, animate=False, force=True)
                by = way(field, region, spacing=room, animate=False, force=True, immediate=True)
                found.append((by, field.scroll_offset))
            assert found[0] == found[1], (region, room, start)
            moved += bool(found[0][0])
    assert 50 < moved < 250, "some are in sight, some are not"
