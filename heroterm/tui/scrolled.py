"""A view that is scrolled by lines, and drawn at once where it was scrolled to."""

from __future__ import annotations

from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from heroterm.tui.compositor import draw_now
from heroterm.tui.lasting import Lasting


class Scrolled(Lasting, ScrollView):
    """Draws its text first; the bar, which takes longer than all of it, with the frame after."""

    virtual_size = reactive(Size(0, 0), layout=False)

    def watch_virtual_size(self, size: Size) -> None:
        """The text has another size. Nothing else moves by that, unless a bar comes or goes, which
        asks for a layout by itself, or the pane is as large as its text: Textual's own lays the
        whole screen out anew each time, which takes longer than to draw the pane.
        """
        if self.styles.auto_dimensions or not self.container_size:
            self.refresh(layout=True)
        else:
            if self.show_vertical_scrollbar:  # also where it goes by that: it is drawn once more
                self.vertical_scrollbar.window_virtual_size = size.height
            self._scroll_update(size)

    def scroll_lines(self, by: int) -> None:
        """Scroll by so many lines; what has a place in the text keeps it."""
        to = self.validate_scroll_y(round(self.scroll_y) + by)
        if not self.allow_vertical_scroll or to == self.scroll_y:
            return
        self.set_scroll(None, to)  # which draws nothing by itself, so that the bar can come last
        self.scroll_target_y = to
        self._draw_text()
        draw_now(self)
        self._move_bar()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw the text again. Textual's own draws the bar with it: it stands in its region."""
        if round(old_value) != round(new_value):
            self._draw_text()
        self._move_bar()

    def _draw_text(self) -> None:
        self.refresh(Region.from_offset((0, 0), self.scrollable_content_region.size))

    def _move_bar(self) -> None:
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = self.scroll_y

    def watch_show_vertical_scrollbar(self, shown: bool) -> None:
        """A bar that comes up stands where the pane was scrolled to before there was one."""
        self.vertical_scrollbar.position = self.scroll_y if shown else 0
