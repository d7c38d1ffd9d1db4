"""What stopped a change: theirs on the left, mine on the right, and what can be done (features H4).

In a narrow terminal theirs stands above mine. `y` is deaf for a moment, as in every question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content

from heroterm.tui.binding import bindings
from heroterm.tui.commands import CONFLICT
from heroterm.tui.deaf import Deaf
from heroterm.tui.keymap import Keymap
from heroterm.tui.lines import TextLines
from heroterm.tui.over import Over
from heroterm.tui.panes.status import key_line
from heroterm.tui.screens import box_help
from heroterm.tui.screens.front import BREAKPOINTS, HEIGHTS
from heroterm.tui.text import parts, safe_line

Lines = Callable[[int], Sequence[Content]]
"""Lines that fit so many cells."""
_HEIGHT = 0.86
"""How much of the screen the box takes at most (desk.tcss); longer sides are scrolled."""
_AROUND = 4
"""Lines of the box's frame and of its keys."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of what stopped an intent, as they are now."""

    title: str
    why: str
    theirs_title: str
    theirs: Lines
    mine_title: str
    mine: Lines
    idle: tuple[str, ...]
    """Commands that can do nothing here: their keys are not shown."""
    keymap: Keymap


class ConflictScreen(Deaf, Over[None]):
    """Shows both sides until something is decided. `read` gives them; `act` does what a key says
    and is True when this is done with.
    """

    BINDINGS = bindings(CONFLICT)
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, read: Callable[[], Sides], act: Callable[[str], bool]) -> None:
        super().__init__()
        self._read, self._act = read, act

    def compose(self) -> ComposeResult:
        """The reason, both sides, the keys."""
        with Vertical(id="box"):
            yield TextLines(id="why", can_focus=False)
            with Container(id="sides"):
                yield TextLines(id="theirs")
                yield TextLines(id="mine")
            yield TextLines(id="box-keys", can_focus=False)

    def on_mount(self) -> None:
        """Show both sides once their widths are known."""
        self.query_one("#theirs", TextLines).focus()
        self.call_after_refresh(self.reload)

    def on_resize(self) -> None:
        """Both sides wrap at their new widths."""
        self.call_after_refresh(self.reload)

    def renew(self) -> None:
        """Show both sides as they are now."""
        sides = self._read()
        box = self.query_one("#box")
        box.border_title = safe_line(sides.title)
        why = self._pane("why", lambda width: parts((sides.why, "bold")).wrap(width))
        told = max(1, min(4, why.count))
        why.styles.height = told
        theirs, mine = self._pane("theirs", sides.theirs), self._pane("mine", sides.mine)
        theirs.entitle(sides.theirs_title)
        mine.entitle(sides.mine_title)
        self._share(1 + theirs.count, 1 + mine.count, told)
        self._pane(
            "box-keys",
            lambda width: key_line((CONFLICT,), width, 2, sides.keymap, sides.idle).split(),
        )

    def on_key(self, event: events.Key) -> None:
        """Of a letter that means nothing here that is said, in the frame, until another key."""
        words = box_help.astray(self, CONFLICT, event, self._read().keymap)
        if words and self.is_current:
            self.query_one("#box").border_subtitle = safe_line(words)

    def _share(self, theirs: int, mine: int, told: int) -> None:
        """Both sides as high as they need to be where there is room; mine at most half of it."""
        narrow = self.has_class("-narrow") or self.has_class("-tiny")
        room = int(self.size.height * _HEIGHT) - _AROUND - told
        lines = max(4, min(theirs + mine if narrow else max(theirs, mine), room))
        sides = self.query_one("#sides").styles
        sides.height = lines
        sides.grid_rows = f"1fr {min(mine, lines // 2)}" if narrow else "1fr"

    def _pane(self, name: str, lines: Lines) -> TextLines:
        pane = self.query_one(f"#{name}", TextLines)
        pane.show(lines(max(10, pane.scrollable_content_region.width)))
        return pane

    def action_command(self, id_: str) -> None:
        """Scroll, close, or decide."""
        deed = id_.removeprefix(f"{CONFLICT}.")
        if not self.is_current or (self._deaf and deed == "send"):
            return
        self.query_one("#box").border_subtitle = None
        if deed in ("down", "up"):
            focused = self.focused if isinstance(self.focused, TextLines) else None
            if focused is not None:
                focused.scroll_relative(y=1 if deed == "down" else -1, animate=False)
        elif deed == "help":
            sides = self._read()
            box_help.show(self, CONFLICT, self.action_command, sides.keymap, sides.idle)
        elif deed == "close" or self._act(deed):
            self.dismiss(None)
