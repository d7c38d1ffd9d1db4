"""A pane that draws only the lines that can be seen.

Measured for this design: one line costs 0.04 ms whatever the list holds, where a widget for each
row costs seconds. The pane knows how many lines there are and makes each one when it is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from heroterm.tui.compositor import draw_now
from heroterm.tui.dragged import Dragged
from heroterm.tui.kept import Drawn, KeptRows, changed
from heroterm.tui.keymap import SHIPPED, Keymap
from heroterm.tui.messages import CommandClicked
from heroterm.tui.text import COMMAND

_MOST_REMEMBERED = 500


class LinePane(Dragged, can_focus=True):
    """A scrollable list of lines with, where the pane wants one, a cursor on a line.

    A subclass gives `line(y, width)` and calls `relay(count)` when what it shows has changed.
    """

    COMPONENT_CLASSES = {"line--cursor", "line--blurred-cursor"}
    cursor: reactive[int | None] = reactive(None, repaint=False)
    """The cursor's line, or None for a pane without one."""
    keymap: Keymap = SHIPPED
    """The hero's keys, for what the pane says of them; the desk hands them down."""

    def __init__(self, *, id: str | None = None, can_focus: bool | None = None) -> None:
        super().__init__(id=id, can_focus=can_focus)
        self._styles_cache = KeptRows(self._rows, self._made_head)
        self._drawn: dict[int, Drawn] = {}
        self._drawn_width = 0
        self._sight = (0, 0)
        """The first line and how many can be seen, looked up once for all rows of a drawing."""
        self._ahead: int | None = None
        """A line that is made as it will look under the cursor."""
        self.foot: Sequence[Content] = ()

    def numbered(self, id_: str, words: str) -> str:
        """A title behind the key that goes to the pane, where there is one."""
        return f"{self.keymap.get(id_).shown_key} {words}".lstrip()

    # The foot

    def stand(self, foot: Sequence[Content]) -> None:
        """Keep these lines at the bottom of the pane, whatever it is scrolled to. Where there are
        more of them than before they do not come to stand on the line of the cursor.
        """
        if len(foot) == len(self.foot) and all(
            a.is_same(b) for a, b in zip(foot, self.foot, strict=True)
        ):
            return
        same = len(foot) == len(self.foot)
        at, top = self.cursor, int(self.scroll_offset.y)
        seen = at is not None and top <= at < top + self.room
        self.foot = tuple(foot)
        height = self.scrollable_content_region.height
        if same:
            self.refresh(Region(0, height - len(foot), self.size.width, len(foot)))
        else:
            self.virtual_size = Size(self.virtual_size.width, self.count + len(foot))
            self.refresh()
            if seen and at is not None:
                self.reveal(at)

    @property
    def room(self) -> int:
        """How many lines can be seen above the foot."""
        return max(0, self.scrollable_content_region.height - len(self.foot))

    def on_click(self, event: events.Click) -> None:
        """A click goes to its line; a second one on the same line is Enter there."""
        if self.dragged():
            return
        if (command := event.style.meta.get(COMMAND)) is not None:
            self.post_message(CommandClicked(command))
            return
        y = int(event.get_content_offset_capture(self).y)
        at = y + int(self.scroll_offset.y)
        if 0 <= at < self.count and 0 <= y < self.room:
            self.clicked(at, self.cursor == at)

    def clicked(self, at: int, again: bool) -> None:
        """Line `at` was clicked, `again` where the cursor stood there; most panes do nothing."""

    def head(self, width: int) -> Content | None:
        """A line that stands above all others where the pane's padding leaves room for it."""
        return None

    def _made_head(self, width: int) -> Strip | None:
        head = self.head(self._drawn_width)
        if head is None:
            return None
        return self._made(head, "").adjust_cell_length(width, self.visual_style.rich_style)

    # The lines

    def line(self, y: int, width: int) -> Content:
        """Line `y`, to be cut or padded to `width` cells; where the cursor is does not matter."""
        raise NotImplementedError

    def words_at(self, y: int) -> str:
        """What line `y` says."""
        return self.line(y, self._drawn_width).plain

    def under_cursor(self, line: Content) -> Content:
        """A line as it reads with the cursor on it: seen by a sign, too, where there is room."""
        begins = line.plain.startswith(" ")
        return Content.assemble((">", "$accent bold"), line[1:]) if begins else line

    def relay(self, count: int) -> None:
        """Take over a new number of lines and draw what is different."""
        same = count == self.count and self._drawn_width == self.scrollable_content_region.width
        self.forget_drag(count)
        self.count = count
        self.virtual_size = Size(self.scrollable_content_region.width, count + len(self.foot))
        if same:
            self.redraw()
        else:
            self._drawn.clear()
            self.refresh()

    def redraw(self) -> None:
        """Draw the cells in sight again that would look otherwise, and no others.

        Over a slow line a whole pane a minute is much; a countdown is one cell or two.
        """
        width, top = self.scrollable_content_region.width, int(self.scroll_offset.y)
        before, self._drawn = self._drawn, {}
        for at in range(top, min(self.count, top + self.room)):
            drawn = before.get(at)
            start, end = self._redrawn(drawn, at) if drawn is not None else (0, width)
            if start < end:
                self.refresh(Region(start, at - top, end - start, 1))

    def _redrawn(self, before: Drawn, at: int) -> tuple[int, int]:
        """Take over what line `at` shows from now on; from which cell to which that is new."""
        content, dress, width = self.line(at, self._drawn_width), self._dress(at), self._drawn_width
        same = before.content.is_same(content)
        self._drawn[at] = before if same else Drawn(content, dress)
        if before.dress != dress:
            return 0, width
        if same:
            return 0, 0
        was, now = (self.under_cursor(c) if dress else c for c in (before.content, content))
        return changed(was, now, width) if now.plain.isprintable() else (0, width)

    def notify_style_update(self) -> None:
        """Colours may have changed: what was drawn with the old ones is of no use."""
        super().notify_style_update()
        self._drawn.clear()

    def _dress(self, at: int) -> str:
        """The component class of a line; empty for a line without the cursor."""
        if at not in (self.cursor, self._ahead):
            return ""
        return "line--cursor" if self.has_focus else "line--blurred-cursor"

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows of the pane. What was made is kept until it is out of date, so that scrolling by
        one line makes one new line.
        """
        width = self.scrollable_content_region.width
        if width != self._drawn_width or len(self._drawn) > _MOST_REMEMBERED:
            self._drawn, self._drawn_width = {}, width
        self._sight = int(self.scroll_offset.y), self.room
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the screen; `y` counts from the top of the pane."""
        at, width = y + int(self.scroll_offset.y), self._drawn_width
        if width > 0 and self.room <= y < self.room + len(self.foot):
            return self._made(self.foot[y - self.room], "")
        if at >= self.count or width <= 0:
            return Strip.blank(max(width, 0), self.visual_style.rich_style)
        drawn = self._drawn.get(at)
        if drawn is None:
            drawn = self._drawn[at] = Drawn(self.line(at, width))
        drawn.dress = self._dress(at)
        return self._strip(drawn, drawn.dress, at)

    def _rows(self, y: int) -> tuple[Drawn, str] | None:
        """What is kept of line `y` of the screen, and what it wears."""
        top, room = self._sight
        at = y + top
        drawn = self._drawn.get(at)
        if drawn is None or not 0 <= y < room or self.span_at(at) is not None:
            return None
        drawn.dress = self._dress(at)
        return drawn, drawn.dress

    def _strip(self, drawn: Drawn, dress: str, at: int) -> Strip:
        """A line as it looks so dressed, made once, unless a part of it is marked."""
        if (span := self.span_at(at)) is not None:
            marked = drawn.content.stylize("reverse", span[0], None if span[1] == -1 else span[1])
            return self._made(marked, dress).apply_offsets(0, at)
        strip = drawn.strips.get(dress)
        if strip is None:
            content = self.under_cursor(drawn.content) if dress else drawn.content
            strip = drawn.strips[dress] = self._made(content, dress).apply_offsets(0, at)
        return strip

    def _made(self, content: Content, dress: str) -> Strip:
        """A line's cells in the colours of its component class.

        Textual's own way also looks for places to wrap, which no line here has.
        """
        style = self.get_visual_style(dress) if dress else self.visual_style
        if not content.plain.isprintable():
            content = content.split(allow_blank=True)[0].expand_tabs()
        line = content.truncate(self._drawn_width, ellipsis=True, pad=True)
        cells = [Segment(t, look.rich_style) for t, look in line.render(style, "", self._get_style)]
        return Strip(cells).adjust_cell_length(self._drawn_width, style.rich_style)

    # The cursor

    def watch_cursor(self, before: int | None, now: int | None) -> None:
        """Draw both lines again and keep the cursor where it can be seen."""
        for at in (before, now):
            if at is not None:
                self.refresh(Region(0, at - int(self.scroll_offset.y), self._drawn_width, 1))
        if now is not None:
            self.reveal(now)
        draw_now(self)
        if now is not None and before is not None:
            self.call_later(self._foresee, 2 * now - before)

    @property
    def focus_line(self) -> int | None:
        """The line where the focus is: the cursor's, in a pane with one."""
        return self.cursor

    @property
    def focus_cell(self) -> Offset:
        """The cell of the terminal where that line begins, else where the pane does."""
        at, corner = self.focus_line, self.content_region.offset
        if at is None:
            return corner
        y = at - int(self.scroll_offset.y)
        return Offset(corner.x, corner.y + max(0, min(y, self.room - 1)))

    def _foresee(self, at: int) -> None:
        """Make the row that comes under the cursor next while nobody waits for it."""
        y = at - int(self.scroll_offset.y)
        drawn = self._drawn.get(at)
        if drawn is None or not 0 <= y < self.room:
            return
        self._ahead = at
        self.render_lines(Region(0, y + self.styles.gutter.top, self.outer_size.width, 1))
        self._ahead = None
        drawn.dress = self._dress(at)  # it still stands there without the cursor

    def reveal(self, at: int) -> bool:
        """Scroll just far enough that line `at` can be seen; False when it can be seen now."""
        top, height = int(self.scroll_offset.y), self.room
        if height <= 0 or top <= at < top + height:
            return False
        self.scroll_to(y=at if at < top else at - height + 1, animate=False, force=True)
        return True

    def on_resize(self) -> None:
        """Lines may wrap otherwise at another width."""
        self._frame()
        self.relay(self.count)
        if self.cursor is not None:
            self.reveal(self.cursor)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Frame and cursor look otherwise with the focus."""
        super().watch_has_focus(has_focus)
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
