"""What is dirty in one widget is drawn from that widget alone: the same cells, found sooner."""

from __future__ import annotations

from random import Random

import pytest
from textual._compositor import ChopsUpdate, Compositor
from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.screen import Screen
from textual.widgets import Static

from heroterm.tui.compositor import NearCompositor
from heroterm.tui.lines import LinePane

ACROSS, DOWN = 60, 16
CSS = """
Screen { layers: below above; layout: horizontal; }
Wide { width: 30; border: round $primary; }
#over { layer: above; offset: 12 5; width: 14; height: 4; border: solid $accent; }
#beside { width: 1fr; }
"""
Cells = dict[tuple[int, int], tuple[str, str]]


class Wide(LinePane):
    """Lines whose letters take one cell or two."""

    def on_mount(self) -> None:
        self.relay(40)

    def line(self, y: int, width: int) -> Content:
        return Content.styled("名前 name " * 3 + str(y), "$text-accent" if y % 2 else "bold")


class Near(Screen[None]):
    def __init__(self) -> None:
        super().__init__()
        self._compositor = NearCompositor()

    def compose(self) -> ComposeResult:
        yield Wide()
        yield Static("beside\n" * DOWN, id="beside")
        yield Static("over it", id="over")


class Desk(App[None]):
    CSS = CSS

    def get_default_screen(self) -> Screen[None]:
        return Near()


def cells(update: ChopsUpdate) -> Cells:
    """What an update writes, cell by cell; the second cell of a wide letter is empty."""
    written: Cells = {}
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            begin, stop = max(first, x), min(last, end)
            if strip is None or begin >= stop:
                continue
            at = begin
            for segment in strip.crop(begin - x, stop - x):
                for letter in segment.text:
                    written[y, at] = letter, str(segment.style)
                    at += 2 if letter in "名前" else 1
    return written


def regions(random: Random) -> set[Region]:
    """One to three places of the terminal."""
    made = set()
    for _ in range(random.randint(1, 3)):
        x, y = random.randrange(ACROSS), random.randrange(DOWN)
        size = random.randint(1, ACROSS - x), random.randint(1, min(3, DOWN - y))
        made.add(Region(x, y, *size))
    return made


@pytest.mark.anyio
async def test_it_writes_the_cells_that_textual_would_and_leaves_the_rest_to_it() -> None:
    random, alone, left = Random(5), 0, 0
    async with Desk().run_test(size=(ACROSS, DOWN)) as pilot:
        await pilot.pause()
        compositor = pilot.app.screen._compositor
        assert isinstance(compositor, NearCompositor)
        for _ in range(400):
            dirty = regions(random)
            found = compositor._alone(dirty)
            left += found is None
            if found is not None:
                compositor._dirty_regions = dirty
                textual = Compositor.render_partial_update(compositor)
                assert textual is not None
                assert cells(found) == cells(textual), dirty
                alone += 1
    assert alone > 50, "never drawn so"
    assert left > 50, "never left to Textual"


@pytest.mark.anyio
async def test_a_box_leaves_no_picture_of_itself_where_a_hidden_pane_changed_meanwhile() -> None:
    app = Desk()
    async with app.run_test(size=(ACROSS, DOWN)) as pilot:
        over, beside = (app.screen.query_one(f"#{each}", Static) for each in ("over", "beside"))
        beside.display = False
        await pilot.pause()
        app.screen._compositor.update_widgets({beside})
        drawn: list[tuple[int, int, int]] = []
        app._display = lambda _, update: drawn.extend(getattr(update, "spans", ()))  # type: ignore[assignment, method-assign]
        over.display = False
        await pilot.pause()
        assert {y for y, first, last in drawn if first <= 12 and last >= 26} >= set(range(5, 9))


@pytest.mark.anyio
async def test_what_changes_behind_a_box_is_not_drawn_before_the_box_is_gone() -> None:
    app = Desk()
    async with app.run_test(size=(ACROSS, DOWN)) as pilot:
        await pilot.pause()
        pane, compositor = app.screen.query_one(Wide), app.screen._compositor
        compositor._dirty_regions.clear()
        behind, beside = Region(13, 6, 5, 1), Region(13, 9, 5, 1)
        pane.refresh(behind.translate(-pane.content_region.offset))
        pane.refresh(beside.translate(-pane.content_region.offset))
        compositor.update_widgets({pane})
        assert compositor._dirty_regions == {beside}
        over = app.screen.query_one("#over", Static)
        over.refresh()
        compositor.update_widgets({over, pane})
        assert compositor._dirty_regions == {beside, over.region}, "a box hides itself"
        app.screen.refresh(behind)
        compositor.update_widgets({app.screen})
        assert behind in compositor._dirty_regions, "who draws a screen anew wants all of it"
