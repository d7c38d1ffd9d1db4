"""Draws only the cells that change: Textual's compositor, asked for less and sooner.

After a move of the cursor two lines of one pane are dirty. Textual then asks every widget beside,
around and beneath that pane for all of its lines and throws most of them away, which was measured
to cost more than the two lines themselves; it writes a dirty cell together with everything to its
left in the pane; and it sends the news through three queues and a frame timer. Textual marks what
is used here as its own, so tests count the lines that a key asks for and the cells that are
written; the screen stays right without this file, only slower.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Self, TypeVar

from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor, ReflowResult
from textual.geometry import Region, Size
from textual.map_geometry import MapGeometry
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from heroterm.tui.lasting import Lasting

T = TypeVar("T")
_FEW = 12
"""Cells of a row. Where most of what is written is no wider, looks are left out."""
_LOOK = re.compile(
    r"(?:\x1b\[0m(?P<moved>(?:\x1b\[\d+;\d+H)?)(?=\x1b\[[\d;]+m))?(?P<look>\x1b\[[\d;]+m)"
)
"""A look that is put on, and whether that comes right after another was laid down."""


class NearUpdate(ChopsUpdate):
    """An update that writes the dirty cells of each line, and no cell before or after them."""

    def render_segments(self, console: Console) -> str:
        """The bytes for the terminal: where to go, and what stands there."""
        written: list[str] = []
        for y, x1, x2 in self.spans:
            at = -1
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                first, last = max(x, x1), min(end, x2)
                if strip is None or first >= last:
                    continue
                if first != at:
                    written.append(f"\x1b[{y + 1};{first + 1}H")
                written.append(strip.crop(first - x, last - x).render(console))
                at = last
        narrow = sum(last - first <= _FEW for _, first, last in self.spans)
        drawn = "".join(written)
        return _thrifty(drawn) if 2 * narrow > len(self.spans) else drawn


def _thrifty(written: str) -> str:
    """The same without looks that are laid down and put on again at once: a minute changes one cell
    in each row, mostly of one colour, and its look takes ten times the bytes of what it says. Where
    whole rows change there is little to leave out, and looking for it is a part of the key.
    """
    worn = ""

    def once(match: re.Match[str]) -> str:
        nonlocal worn
        moved, look = match.group("moved", "look")
        if moved is not None and look == worn:
            return moved
        worn = look
        return match[0]

    return _LOOK.sub(once, written)


class NearCompositor(Compositor):
    """Asks only widgets that can be seen in the region to draw, and only the lines in its rows."""

    def __init__(self) -> None:
        super().__init__()
        self._laid = self._full_map

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay everything out; what has gone, come or grown since the last time is dirty.

        After a scroll Textual makes its map anew for the first who asks where a widget stands. Is
        that one about to go, the layout finds a map without it, and it stays on the screen.
        """
        asked, self._full_map = self._full_map, self._laid
        result = super().reflow(parent, size)
        if asked is not self._laid:
            self._dirty_regions.update(_shown(self._full_map.items() ^ asked.items()))
        self._laid = self._full_map
        return result

    def update_widgets(self, widgets: set[Widget]) -> None:
        """Take in what is dirty of these widgets, but for what stands behind another one. Textual
        writes that one instead: a queue beneath an open box would cost its rows each minute.
        """
        for widget in widgets:
            known, self._dirty_regions = self._dirty_regions, set()
            super().update_widgets({widget})
            self._dirty_regions = known | self._in_sight(widget, self._dirty_regions)

    def _in_sight(self, widget: Widget, dirty: set[Region]) -> set[Region]:
        """Those regions of a widget that no single one before it hides. What stands inside of it
        hides nothing: who draws a screen anew wants all of it.
        """
        for before, (region, clip) in self.visible_widgets.items():
            if before is widget or not dirty:
                break
            shown = region.intersection(clip)
            hidden = {each for each in dirty if shown.contains_region(each)}
            if hidden and widget not in before.ancestors:
                dirty = dirty - hidden
        return dirty

    def render_partial_update(self) -> ChopsUpdate | None:
        """What is dirty, to be written cell by cell; None where nothing is."""
        if self._dirty_regions and (alone := self._alone(self._dirty_regions)) is not None:
            self._dirty_regions.clear()
            return alone
        update = super().render_partial_update()
        return update and NearUpdate(update.chops, update.spans, update.chop_ends)

    def _alone(self, dirty: Collection[Region]) -> NearUpdate | None:
        """What is dirty, where it all stands in one widget with nothing before it; else None.

        Textual cuts each line at the edges of all widgets and puts it together again, which takes
        longer than to draw the lines of a pane.
        """
        near = Region.from_union(dirty).intersection(self.size.region)
        for widget, (region, clip) in self.visible_widgets.items():
            if not near.overlaps(shown := region.intersection(clip)):
                continue
            if not shown.contains_region(near):
                return None
            rows = Region(shown.x, near.y, shown.width, near.height)
            strips = widget.render_lines(rows.translate(-region.offset))
            chops: list[dict[int, Strip | None]] = [{}] * near.y
            chops += [{rows.x: strip} for strip in strips]
            spans = list(self._regions_to_spans(dirty))
            return NearUpdate(chops, spans, [[rows.right]] * len(chops))
        return None

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Each widget's region, the part of it that is drawn, and its lines; the front first."""
        near = crop or self.size.region
        top, bottom, rows = near.y, near.bottom, Region(0, near.y, self.size.width, near.height)
        for widget, (region, clip) in self.visible_widgets.items():
            # Most widgets stand on other lines: two numbers tell, before any region is made.
            if region.y >= bottom or region.y + region.height <= top:
                continue
            drawn = region.intersection(clip.intersection(rows))
            if near.overlaps(drawn):
                yield region, drawn, widget.render_lines(drawn.translate(-region.offset))
            if drawn.contains_region(near):
                return


def _shown(changed: Iterable[tuple[Widget, MapGeometry]]) -> Iterable[Region]:
    return filter(None, (place.clip.intersection(place.region) for _, place in changed))


class NearScreen(Lasting, Screen[T]):
    """A screen that is drawn so, also while another stands before it."""

    def __init__(
        self, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name, id, classes)
        self._compositor = NearCompositor()

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw the screen again, or some regions of it, and with them whatever else is dirty.

        Textual draws a screen that is to be drawn again instead of the widgets that are dirty:
        where only regions of it are, those widgets wait for their next change to be seen.
        """
        if not regions or not repaint or layout or recompose or not self._is_mounted:
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        self._set_dirty(*regions)
        self._dirty_widgets.add(self)
        self.check_idle()
        return self

    def _compositor_refresh(self) -> None:
        """Behind another screen, what is dirty is drawn by that one. Textual's own keeps it as
        dirty besides, so that what was drawn once is drawn again with all that changes later.
        """
        if self is self.app.screen or self not in self.app._background_screens:
            super()._compositor_refresh()
        elif self._compositor._dirty_regions:
            self.app.screen.refresh(*self._compositor._dirty_regions)
            self._compositor._dirty_regions.clear()
            self._dirty_widgets.clear()


def draw_now(widget: Widget) -> None:
    """Draw what is dirty of a widget at once, unless more keys wait: then once for all of them.

    Whatever else is dirty stays so, and is drawn by the frame that comes after it. A widget that
    has no place yet is left to the layout: asked for it sooner, the compositor makes its map anew,
    and the layout then finds nothing that has grown, and tells nobody of a size.
    """
    screen = widget.screen
    if widget not in screen._compositor.visible_widgets:
        return
    if screen.is_current and not screen.app.message_queue_size:
        others = screen._dirty_widgets - {widget}
        screen._compositor.update_widgets({widget})
        screen._compositor_refresh()
        screen._dirty_widgets.update(others)
