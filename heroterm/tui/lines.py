"""A pane that draws only the lines that can be seen.

Measured for this design: one line costs 0.04 ms whatever the list holds, where a widget for each
row costs seconds. The pane knows how many lines there are and makes each one when it is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions

from heroterm.tui.text import Part, fit, parts, safe_line, width_of

_MOST_REMEMBERED = 500
_RULES = {False: "─", True: "━"}
"""What the frame's line is drawn with, without and with the focus."""


class LinePane(ScrollView, can_focus=True):
    """A scrollable list of lines with, where the pane wants one, a cursor on a line.

    A subclass gives `line(y, width)` and calls `relay(count)` when what it shows has changed.
    """

    COMPONENT_CLASSES = {"line--cursor", "line--blurred-cursor"}
    cursor: reactive[int | None] = reactive(None, repaint=False)
    """The cursor's line, or None for a pane without one."""
    count = 0
    """How many lines there are."""

    def __init__(self, *, id: str | None = None, can_focus: bool | None = None) -> None:
        super().__init__(id=id, can_focus=can_focus)
        self._drawn: dict[int, Content] = {}
        self._drawn_width = 0
        self._title: tuple[str, Part | None] = ("", None)
        self._framed: tuple[object, ...] = ()
        self.foot: Sequence[Content] = ()

    # The frame and the foot

    def entitle(self, words: str, age: Part | None = None) -> None:
        """Say something in the frame, with the age of what is shown at its right end."""
        self._title = (words, age)
        self._frame()

    def _frame(self) -> None:
        """Draw the title; a frame that says the same is not drawn again."""
        (words, age), rule = self._title, _RULES[self.has_focus]
        width = self.outer_size.width - 2  # Textual keeps a cell at either end
        framed = (words, age, width, rule) if age is not None and width else (words,)
        if framed == self._framed:
            return
        self._framed = framed
        if age is None or width <= 0:
            self.border_title = safe_line(words)
            return
        room = max(0, width - width_of(age[0]) - 3)
        left = fit(words, min(room, width_of(words)))
        gap = rule * max(1, width - width_of(left) - width_of(age[0]) - 2)
        self.border_title = parts(f"{left} {gap} ", age)

    def stand(self, foot: Sequence[Content]) -> None:
        """Keep these lines at the bottom of the pane, whatever it is scrolled to."""
        if len(foot) == len(self.foot) and all(
            a.is_same(b) for a, b in zip(foot, self.foot, strict=True)
        ):
            return
        same = len(foot) == len(self.foot)
        self.foot = tuple(foot)
        height = self.scrollable_content_region.height
        if same:
            self.refresh(Region(0, height - len(foot), self.size.width, len(foot)))
        else:
            self.virtual_size = Size(self.virtual_size.width, self.count + len(foot))
            self.refresh()

    @property
    def room(self) -> int:
        """How many lines can be seen above the foot."""
        return max(0, self.scrollable_content_region.height - len(self.foot))

    # The lines

    def line(self, y: int, width: int) -> Content:
        """The content of line `y`, to be cut or padded to `width` cells."""
        raise NotImplementedError

    def relay(self, count: int) -> None:
        """Take over a new number of lines and draw what is different."""
        same = count == self.count and self._drawn_width == self.scrollable_content_region.width
        self.count = count
        self.virtual_size = Size(self.scrollable_content_region.width, count + len(self.foot))
        if same:
            self.redraw()
        else:
            self._drawn.clear()
            self.refresh()

    def redraw(self) -> None:
        """Draw the lines in sight again that would look otherwise, and no others.

        Over a slow line a whole pane a minute is much; a countdown is one cell or two.
        """
        width, top = self.scrollable_content_region.width, int(self.scroll_offset.y)
        for at in range(top, min(self.count, top + self.room)):
            drawn = self._drawn.get(at)
            if drawn is None or not drawn.is_same(self.line(at, width)):
                self.refresh(Region(0, at - top, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """One line of the screen; `y` counts from the top of the pane."""
        width = self.scrollable_content_region.width
        at = y + int(self.scroll_offset.y)
        if width > 0 and self.room <= y < self.room + len(self.foot):
            return self._strip(self.foot[y - self.room], width, self.visual_style)
        if at >= self.count or width <= 0:
            return Strip.blank(max(width, 0), self.visual_style.rich_style)
        style = self.visual_style
        if at == self.cursor:
            name = "line--cursor" if self.has_focus else "line--blurred-cursor"
            style = self.get_visual_style(name)
        content = self.line(at, width)
        if len(self._drawn) > _MOST_REMEMBERED:
            self._drawn.clear()
        self._drawn[at], self._drawn_width = content, width
        return self._strip(content, width, style).apply_offsets(0, at)

    def _strip(self, content: Content, width: int, style: Style) -> Strip:
        content = content.truncate(width, pad=True)
        strips = content.render_strips(width, 1, style, RenderOptions(self._get_style, {}))
        if not strips:
            return Strip.blank(width, style.rich_style)
        return strips[0].extend_cell_length(width, style.rich_style)

    def watch_cursor(self, before: int | None, now: int | None) -> None:
        """Draw both lines again and keep the cursor where it can be seen."""
        for at in (before, now):
            if at is not None:
                self.refresh(Region(0, at - int(self.scroll_offset.y), self.size.width, 1))
        if now is not None:
            self.reveal(now)

    def reveal(self, at: int) -> None:
        """Scroll just far enough that line `at` can be seen."""
        top, height = int(self.scroll_offset.y), self.room
        if height <= 0:
            return
        if at < top:
            self.scroll_to(y=at, animate=False, force=True)
        elif at >= top + height:
            self.scroll_to(y=at - height + 1, animate=False, force=True)

    def on_resize(self) -> None:
        """Lines may wrap otherwise at another width."""
        self._frame()
        self.relay(self.count)
        if self.cursor is not None:
            self.reveal(self.cursor)

    def on_focus(self) -> None:
        """The cursor's line looks otherwise with the focus."""
        self._frame()
        self.refresh()

    def on_blur(self) -> None:
        """The cursor's line looks otherwise without the focus."""
        self._frame()
        self.refresh()


class TextLines(LinePane):
    """A pane of ready-made lines: text that somebody else has written and laid out."""

    lines: Sequence[Content] = ()

    def show(self, lines: Sequence[Content]) -> None:
        """Show these lines instead of the ones before."""
        self.lines = lines
        self.relay(len(lines))

    def line(self, y: int, width: int) -> Content:
        """The line as it was handed in."""
        return self.lines[y]
