"""A line to type in, beside what its letters change."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import reactive
from textual.widgets import Input

from heroterm.tui.compositor import draw_now


class LineField(Input):
    """Textual's own lays the whole screen out anew with every letter, as its text is longer then;
    a field of a given size moves nothing by that. Nor does its cursor blink: a still screen costs
    nothing over SSH.
    """

    virtual_size = reactive(Size(0, 0), layout=False)

    def on_mount(self) -> None:
        """Nothing moves while nobody types."""
        self.cursor_blink = False

    def watch_selection(self) -> None:
        """The letter stands there first; what it finds comes after."""
        if self.is_mounted:
            draw_now(self)
