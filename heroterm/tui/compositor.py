"""Draws only the lines that change: Textual's compositor, asked for less and sooner.

After a move of the cursor two lines of one pane are dirty. Textual then asks every widget beside,
around and beneath that pane for all of its lines and throws most of them away, which was measured
to cost more than the two lines themselves. It also sends the news through three queues and a frame
timer. Textual marks what is used here as its own, so tests count the lines that a key asks for;
the screen stays right without this file, only slower.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class NearCompositor(Compositor):
    """Asks only widgets that can be seen in the region to draw, and only the lines in its rows."""

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Each widget's region, the part of it that is drawn, and its lines; the front first."""
        near = crop or self.size.region
        rows = Region(0, near.y, self.size.width, near.height)
        for widget, (region, clip) in self.visible_widgets.items():
            drawn = region.intersection(clip.intersection(rows))
            if near.overlaps(drawn):
                yield region, drawn, widget.render_lines(drawn.translate(-region.offset))
            if drawn.contains_region(near):
                return


def draw_now(widget: Widget) -> None:
    """Draw what is dirty of a widget at once, unless more keys wait: then once for all of them."""
    screen = widget.screen
    if screen.is_current and not screen.app.message_queue_size:
        screen._compositor.update_widgets({widget})
        screen._compositor_refresh()
