"""The mouse on the desk: words that run a command, and borders between panes that are dragged."""

from __future__ import annotations

from typing import cast

from textual import events, on
from textual.widget import Widget

from heroterm.tui.compositor import NearScreen
from heroterm.tui.doing import layout
from heroterm.tui.dragged import copy_dragged
from heroterm.tui.messages import CommandClicked, LetterClicked
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.desk_keys import DeskKeys
from heroterm.tui.standing import Standing


class MouseDesk(Standing, NearScreen[None]):
    """What the desk does with a mouse; every part of it has a key, too."""

    keyed: DeskKeys
    _held: str = ""
    """What is dragged: a column's or the lower row's name; "" nothing."""

    @property
    def _desk(self) -> OnDesk:
        return cast(OnDesk, self)

    @on(CommandClicked)
    def _command_clicked(self, message: CommandClicked) -> None:
        """A word of the key line, a link's number, a step."""
        message.stop()
        self._desk.action_command(message.command)

    @on(LetterClicked)
    def _letter_clicked(self, message: LetterClicked) -> None:
        """An entry of the box after a prefix."""
        message.stop()
        self.keyed.second_key(message.key)

    @on(events.TextSelected)
    def _let_go(self) -> None:
        """What was dragged over in a pane is copied."""
        copy_dragged(self)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a border: the gap between two columns, the head of a pane below. A key that
        waited for a second one waits no more, unless that is clicked in its box.
        """
        which = self._desk.which
        if which.prefix and not (which.display and which.region.contains(*event.screen_offset)):
            which.end()
        self._held = self._border_at(event.screen_x, event.screen_y)
        if self._held:
            event.stop()
            self.query_one("#body").capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The border follows."""
        if not self._held:
            return
        body = self.query_one("#body").region
        if self._held == layout.LOWER:
            layout.drag_row(self._desk, body.bottom - event.screen_y)
        else:
            column = int(self._held)
            layout.drag_column(self._desk, column, (event.screen_x - body.x) / max(1, body.width))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go; where it stands now is remembered."""
        if self._held:
            self._held = ""
            event.stop()
            self.query_one("#body").release_mouse()
            layout.keep(self._desk)

    def _border_at(self, x: int, y: int) -> str:
        if layout.size_class(self._desk) is None or layout.is_zoomed(self._desk):
            return ""
        panes = [p for p in self.query_one("#body").children if p.display and p.region.area]
        for pane in panes:
            if pane.region.y == y and pane.region.contains(x, y) and _lowest(pane, panes):
                return layout.LOWER if layout.has_lower(self._desk) else ""
        rights = sorted({p.region.right for p in panes})
        return str(rights.index(x)) if x in rights[:-1] else ""


def _lowest(pane: Widget, panes: list[Widget]) -> bool:
    """Whether a pane stands in the lowest of several rows."""
    tops = {p.region.y for p in panes}
    return len(tops) > 1 and pane.region.y == max(tops)
