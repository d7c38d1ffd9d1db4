"""What a pane draws again, and what it leaves alone: the price of a key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual._compositor import CompositorUpdate
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from heroterm.tui.compositor import NearCompositor
from heroterm.tui.lines import LinePane
from heroterm.tui.panes.status import Line

CSS = """
Screen { layout: horizontal; }
Numbers { width: 20; border: round $primary; }
Numbers > .line--cursor { background: $accent; }
Beside, Line { width: 20; }
"""


class Numbers(LinePane):
    """A hundred numbered lines that remember how often they were made."""

    word = "line"

    def __init__(self) -> None:
        super().__init__(id="numbers")
        self.made: list[int] = []

    def on_mount(self) -> None:
        self.cursor = 0
        self.relay(100)

    def line(self, y: int, width: int) -> Content:
        self.made.append(y)
        return Content.styled(f"{self.word} {y}", "$text-accent")


class Pointed(Numbers):
    """Lines that say in words which one has the cursor."""

    def line(self, y: int, width: int) -> Content:
        return Content(f"-{y}")

    def under_cursor(self, line: Content) -> Content:
        return Content(">") + line[1:]


class Beside(Static):
    """A neighbour that notes for which of its lines it was asked."""

    asked: list[Region]

    def render_lines(self, crop: Region) -> list[Strip]:
        self.asked.append(crop)
        return super().render_lines(crop)


class Near(Screen[None]):
    def __init__(self) -> None:
        super().__init__()
        self._compositor = NearCompositor()

    def compose(self) -> ComposeResult:
        beside = Beside("beside")
        beside.asked = []
        yield Numbers()
        yield beside
        yield Line(Content("12:00  online"), id="said")


class Desk(App[None]):
    CSS = CSS

    def get_default_screen(self) -> Screen[None]:
        return Near()


@contextmanager
def counting(pane: Numbers) -> Iterator[list[int]]:
    """Numbers of the pane's lines that are made in here."""
    pane.made.clear()
    yield pane.made


def shown(pane: Numbers) -> list[tuple[str, str]]:
    """Words and colours of each of the pane's rows, as they would reach the terminal."""
    rows = pane.render_lines(pane.outer_size.region)
    cells = [[s for s in row if s.text.strip("│ ")] for row in rows[1:-1]]
    return [(row[0].text.strip(), str(row[0].style)) for row in cells]


async def opened(pilot: Pilot[None]) -> tuple[Numbers, Beside]:
    await pilot.pause()
    pane = pilot.app.screen.query_one(Numbers)
    pane.focus()
    await pilot.pause()
    return pane, pilot.app.screen.query_one(Beside)


@pytest.mark.anyio
async def test_a_step_of_the_cursor_makes_no_line_anew_and_asks_no_neighbour() -> None:
    async with Desk().run_test(size=(40, 12)) as pilot:
        pane, beside = await opened(pilot)
        beside.asked.clear()
        with counting(pane) as made:
            pane.cursor = 3
            await pilot.pause()
        assert made == []
        assert beside.asked == []
        assert [row[0] for row in shown(pane)] == [f"line {n}" for n in range(10)]
        lit = {colour for _, colour in shown(pane)[:3]}
        assert shown(pane)[3][1] not in lit and len(lit) == 1


@pytest.mark.anyio
async def test_a_line_that_says_it_has_the_cursor_says_so_at_once() -> None:
    class Alone(App[None]):
        def compose(self) -> ComposeResult:
            yield Pointed()

    async with Alone().run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        pane = pilot.app.query_one(Pointed)
        pane.focus()
        for at in (1, 2, 3, 2):
            pane.cursor = at
            await pilot.pause()
            rows = [
                "".join(s.text for s in row).strip("│ ")
                for row in pane.render_lines(Region(0, 0, 40, 8))
            ]
            assert [row for row in rows if row.startswith(">")] == [f">{at}"]


@pytest.mark.anyio
async def test_scrolling_by_one_makes_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Desk().run_test(size=(40, 12)) as pilot:
        pane, _ = await opened(pilot)
        pane.cursor = 9
        await pilot.pause()
        framed: list[int] = []

        def rows(self: StylesCache, widget: Widget, crop: Region) -> list[Strip]:
            if widget is pane:
                framed.extend(crop.line_range)
            return usual(self, widget, crop)

        usual = StylesCache.render_widget
        monkeypatch.setattr(StylesCache, "render_widget", rows)
        with counting(pane) as made:
            pane.cursor = 10
            await pilot.pause()
        assert made == [10]
        assert set(framed) <= {10, 11}, "the new line, and the frame below it"
        assert [row[0] for row in shown(pane)] == [f"line {n}" for n in range(1, 11)]


@pytest.mark.anyio
async def test_what_changed_is_drawn_and_another_theme_recolours_every_line() -> None:
    async with Desk().run_test(size=(40, 12)) as pilot:
        pane, _ = await opened(pilot)
        pane.word = "other"
        pane.redraw()
        await pilot.pause()
        assert {row[0].split()[0] for row in shown(pane)} == {"other"}
        dark = shown(pane)
        pilot.app.theme = "textual-light"
        await pilot.pause()
        await pilot.pause()
        light = shown(pane)
        assert [row[0] for row in light] == [row[0] for row in dark]
        assert all(after[1] != before[1] for before, after in zip(dark, light, strict=True))


@pytest.mark.anyio
async def test_a_list_that_is_offered_anew_shows_its_cursor_on_top() -> None:
    async with Desk().run_test(size=(40, 12)) as pilot:
        pane, _ = await opened(pilot)
        top = shown(pane)[0][1]
        pane.cursor = 4
        await pilot.pause()
        pane.set_reactive(Numbers.cursor, 0)
        pane.relay(100)
        await pilot.pause()
        rows = pilot.app.screen._compositor.render_strips()[1:6]
        lit = [n for n, row in enumerate(rows) if any(_on(s.style, top) for s in row)]
        assert lit == [0]


def _on(style: object, colours: str) -> bool:
    return str(style) == colours


@contextmanager
def writing(app: App[None], *, colours: bool = False) -> Iterator[list[str]]:
    """What is written to the terminal in here, with or without colours."""
    written: list[str] = []

    def displayed(_: object, update: object) -> None:
        if isinstance(update, CompositorUpdate):
            said = update.render_segments(app.console)
            written.append(said if colours else re.sub("\x1b\\[[0-9;]*m", "", said))

    vars(app)["_display"] = displayed
    yield written
    del vars(app)["_display"]


@pytest.mark.anyio
async def test_of_a_line_that_changed_only_the_changed_cells_are_written() -> None:
    async with Desk().run_test(size=(60, 12)) as pilot:
        pane, _ = await opened(pilot)
        pane.word = "lime"
        with writing(pilot.app) as written:
            pane.redraw()
            await pilot.pause()
        assert "".join(written) == "".join(f"\x1b[{y};4Hm" for y in range(2, 12))


@pytest.mark.anyio
async def test_cells_of_one_look_put_it_on_once() -> None:
    async with Desk().run_test(size=(60, 12)) as pilot:
        pane, _ = await opened(pilot)
        pane.word = "lime"
        with writing(pilot.app, colours=True) as written:
            pane.redraw()
            await pilot.pause()
        looks = re.findall("\x1b\\[[0-9;]*m", "".join(written))
    under_the_cursor, of_the_others, nothing = looks[0], looks[2], "\x1b[0m"
    assert looks == [under_the_cursor, nothing, of_the_others, nothing]


@pytest.mark.anyio
async def test_of_a_sentence_only_what_reads_otherwise_is_written() -> None:
    async with Desk().run_test(size=(60, 12)) as pilot:
        await opened(pilot)
        said = pilot.app.screen.query_one(Line)
        said.say(Content("12:00  online"))
        await pilot.pause()
        with writing(pilot.app) as written:
            said.say(Content("12:01  online"))
            await pilot.pause()
            said.say(Content("12:01  online"))
            await pilot.pause()
        assert "".join(written) == f"\x1b[1;{said.region.x + 5}H1"
        said.say(Content("12:01  off"))
        await pilot.pause()
        assert _row(pilot, 0)[said.region.x :].strip() == "12:01  off"


def _row(pilot: Pilot[None], y: int) -> str:
    return pilot.app.screen._compositor.render_strips()[y].text


@pytest.mark.anyio
async def test_a_key_draws_its_lines_at_once_and_forgets_no_other_pane() -> None:
    async with Desk().run_test(size=(60, 12)) as pilot:
        pane, beside = await opened(pilot)
        beside.update("changed")
        pilot.app.screen._dirty_widgets.add(beside)
        with writing(pilot.app) as written:
            pane.cursor = 3
        assert "line 3" in "".join(written) and "changed" not in "".join(written)
        await pilot.pause()
        assert "changed" in _row(pilot, 0)


@pytest.mark.anyio
async def test_a_row_made_ahead_is_not_shown_before_the_cursor_is_there() -> None:
    async with Desk().run_test(size=(60, 12)) as pilot:
        pane, _ = await opened(pilot)
        top = shown(pane)[0][1]
        for at in (1, 2, 3):
            pane.cursor = at
            await pilot.pause()
            assert [n for n, (_, colour) in enumerate(shown(pane)) if colour == top] == [at]
            pane.refresh()
            await pilot.pause()
            assert [n for n, (_, colour) in enumerate(shown(pane)) if colour == top] == [at]
