"""Boxes over the desk and fields in them: as Textual draws them, and for less."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual._context import visible_screen_stack
from textual.app import App, ComposeResult
from textual.color import Color
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.strip import Strip

from heroterm.tui.compositor import NearScreen
from heroterm.tui.line_field import LineField
from heroterm.tui.lines import LinePane
from heroterm.tui.over import Over

SIZE = (40, 16)


class Beneath(NearScreen[None]):
    """A desk of colours, wide characters and words."""

    CSS = "LinePane { width: 100%; height: 100%; border: round $primary; background: $panel; }"

    def compose(self) -> ComposeResult:
        yield Rows()


class Rows(LinePane):
    """Numbered lines, one with a word of its own, that note which of them are asked for."""

    word = "line"

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Region] = []

    def on_mount(self) -> None:
        self.relay(30)

    def render_lines(self, crop: Region) -> list[Strip]:
        self.asked.append(crop)
        return super().render_lines(crop)

    def line(self, y: int, width: int) -> Content:
        word = self.word if y == 1 else "line"
        return Content.from_markup(f"[$accent on $error]漢字[/] [bold]{word} {y}[/] plain")


class Box(Over[None]):
    CSS = """
    Box, Plainly { align: center middle; background: $background 55%; }
    #box { width: 24; height: 7; } #box Rows { height: 5; }
    """

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield LineField(compact=True)
            yield Rows()


class Plainly(Box):
    """The same box as Textual draws it."""

    def render_lines(self, crop: Region) -> list[Strip]:
        return ModalScreen.render_lines(self, crop)


class Desk(App[None]):
    CSS = Beneath.CSS + Box.CSS

    def get_default_screen(self) -> Screen[None]:
        return Beneath()


def looks(pilot: Pilot[None]) -> list[list[tuple[str, str]]]:
    """Each cell of the screen with its colours."""
    strips = pilot.app.screen._compositor.render_strips()
    cells = [[(c, f"{s.style}") for s in strip for c in s.text] for strip in strips]
    return [row[: SIZE[0]] for row in cells]


async def pictures(*boxes: Box) -> list[list[tuple[str, str]]]:
    async with Desk().run_test(size=SIZE) as pilot:
        for box in boxes:
            await pilot.app.push_screen(box)
        await pilot.pause()
        visible_screen_stack.set(list(pilot.app._background_screens))
        return looks(pilot)


@pytest.mark.anyio
@pytest.mark.parametrize("no_color", [False, True])
async def test_what_is_beneath_looks_as_textual_dims_it(
    no_color: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    assert await pictures(Box()) == await pictures(Plainly())


@pytest.mark.anyio
async def test_a_box_over_a_box_dims_twice() -> None:
    once, twice = await pictures(Box()), await pictures(Box(), Box())
    assert [c for c, _ in once[1]] == [c for c, _ in twice[1]]
    assert once[1] != twice[1]


@pytest.mark.anyio
async def test_a_line_that_changes_beneath_is_drawn_alone_and_another_theme_dims_anew() -> None:
    async with Desk().run_test(size=SIZE) as pilot:
        rows = pilot.app.screen.query_one(Rows)
        await pilot.pause()
        await pilot.app.push_screen(Box())
        rows.redraw()  # the last that came of its standing in front
        await pilot.pause()
        rows.asked.clear()
        rows.word = "lime"
        rows.redraw()
        for _ in range(3):
            await pilot.pause()
        assert "lime 1" in "".join(c for c, _ in looks(pilot)[2])
        assert rows.asked and all(crop.line_span == (2, 3) for crop in rows.asked[:-1])
        dark = looks(pilot)[2]
        pilot.app.theme = "textual-light"
        for _ in range(3):
            await pilot.pause()
        assert looks(pilot)[2] != dark


@pytest.mark.anyio
async def test_a_box_shows_what_changed_in_it_where_the_desk_beneath_changed_too() -> None:
    async with Desk().run_test(size=SIZE) as pilot:
        beneath = pilot.app.screen
        box = Box()
        await pilot.app.push_screen(box)
        await pilot.pause()
        inside, written = box.query_one(Rows), list[str]()
        vars(pilot.app)["_display"] = lambda _, update: written.append(
            update.render_segments(pilot.app.console) if update is not None else ""
        )
        inside.word = "lime"
        inside.redraw()
        box._dirty_widgets.add(inside)  # both come before the same frame
        beneath._compositor._dirty_regions.add(Region(0, 0, 2, 1))
        beneath._compositor_refresh()
        for _ in range(3):
            await pilot.pause()
        del vars(pilot.app)["_display"]
        row = inside.content_region.y + 2
        assert re.search(f"\x1b\\[{row};[0-9]+H[^H]*mm\x1b", "".join(written)), written
        assert "\x1b[1;1H" in "".join(written)


class Counts(Box):
    """Asks for what is in it as soon as it stands, as every box does."""

    def on_mount(self) -> None:
        self.query_one(Rows).relay(3)


@pytest.mark.anyio
@pytest.mark.parametrize("turns", range(3))
async def test_a_box_that_comes_while_the_app_ends_does_not_end_it_with_a_crash(
    turns: int,
) -> None:
    async with Desk().run_test(size=SIZE) as pilot:
        pilot.app.call_later(pilot.app.push_screen, Counts())
        for _ in range(turns):
            await asyncio.sleep(0)


@contextmanager
def counting(screen: Box) -> Iterator[list[None]]:
    """How often the screen is laid out in here."""
    times: list[None] = []
    screen.screen_layout_refresh_signal.subscribe(
        screen, lambda _: times.append(None), immediate=True
    )
    yield times
    screen.screen_layout_refresh_signal.unsubscribe(screen)


@pytest.mark.anyio
async def test_letters_and_what_they_leave_of_a_list_lay_nothing_out() -> None:
    async with Desk().run_test(size=SIZE) as pilot:
        box = Box()
        await pilot.app.push_screen(box)
        await pilot.pause()
        rows, field = box.query_one(Rows), box.query_one(LineField)
        with counting(box) as times:
            for count, letter in enumerate("status", 10):
                await pilot.press(letter)
                rows.relay(count)
                await pilot.pause()
            assert (field.value, rows.virtual_size.height, times) == ("status", 15, [])
            assert rows.show_vertical_scrollbar
            rows.relay(2)  # its bar goes
            await pilot.pause()
        assert (rows.virtual_size.height, len(times)) == (2, 1)
        assert rows.scrollable_content_region.width == rows.content_region.width


@pytest.mark.anyio
async def test_a_long_line_scrolls_in_its_field() -> None:
    async with Desk().run_test(size=SIZE) as pilot:
        await pilot.app.push_screen(Box())
        await pilot.pause()
        field = pilot.app.screen.query_one(LineField)
        await pilot.press(*("0123456789" * 4))
        await pilot.pause()
        assert "".join(c for c, _ in looks(pilot)[field.region.y]).strip("│ ").endswith("789")
        await pilot.press("home")
        await pilot.pause()
        assert field.scroll_x == 0


def test_the_tint_is_not_a_guess() -> None:
    """A look beneath is what Textual's own blending makes of it."""
    assert Color.parse("#ffffff") + Color(0, 0, 0, 0.5) == Color.parse("#ffffff").blend(
        Color(0, 0, 0), 0.5, alpha=1
    )
