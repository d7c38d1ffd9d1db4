"""What a mouse is dragged over in a pane of lines: marked there, and copied once it is let go.

Textual says where a drag began and where it is, and knows nothing of lines that no widget holds.
"""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent
from typing import Any

from rich.cells import cell_len
from textual.geometry import Offset
from textual.screen import Screen
from textual.selection import Selection
from textual.widget import Widget

from heroterm.tui.framed import Framed

_END = 100_000
"""A place behind the last letter of any line."""
_FEWEST = 3
"""Letters that are meant; fewer are a click of an unsteady hand."""


def began_in(pane: Dragged) -> Selection | None:
    """What the mouse is dragged over, where the drag began in this pane; None where it did not.
    A mouse that has left the pane is taken for one at its edge.
    """
    state: Any = pane.screen._select_state
    if state is None or state.end is None or state.start.content_widget is not pane:
        return None
    start = _under(pane, state.start.content_offset, state.start.pointer_start_offset.x)
    if state.end.content_widget is pane:
        end = _under(pane, state.end.content_offset, state.screen_offset.x)
    else:
        end = _nearest(pane, state.screen_offset)
    first, last = sorted((start, end), key=lambda place: (place.y, place.x))
    return Selection.from_offsets(first, Offset(last.x + 1, last.y))


def _under(pane: Dragged, place: Offset, mouse: int) -> Offset:
    """The letter under the mouse: on the second cell of a wide one Textual takes the letter behind
    it. Below the lines a mouse is right of none.
    """
    cell = mouse - pane.content_region.x + int(pane.scroll_offset.x)
    before = pane.words_at(place.y)[: place.x] if 0 <= place.y < pane.count else ""
    return Offset(place.x - 1, place.y) if cell_len(before) == cell + 1 else place


def _nearest(pane: Widget, mouse: Offset) -> Offset:
    """The place in the pane's lines that is nearest to the mouse."""
    inside = pane.content_region
    y = max(inside.y, min(mouse.y, inside.bottom - 1)) - inside.y + int(pane.scroll_offset.y)
    before = mouse.y < inside.y or (mouse.y < inside.bottom and mouse.x < inside.x)
    behind = mouse.y >= inside.bottom or mouse.x >= inside.right
    return Offset(0 if before else _END if behind else mouse.x - inside.x, y)


def words(selection: Selection, count: int, line: Callable[[int], str]) -> str:
    """What stands in the selection, of `count` lines; "" where it is no more than a click."""
    first, last = selection.start or Offset(0, 0), selection.end or Offset(_END, count)
    made: list[str] = []
    for y in range(first.y, min(last.y, count - 1) + 1):
        start, end = selection.get_span(y) or (0, 0)
        made.append(line(y)[start : None if end == -1 else end].rstrip())
    part = 1 if first.x else 0  # a line that begins in the middle has no margin
    said = "\n".join([*made[:part], *dedent("\n".join(made[part:])).split("\n")]).strip("\n")
    return said if len(said.strip()) >= _FEWEST else ""


def copy_dragged(screen: Screen[Any]) -> None:
    """Copy what the mouse was dragged over in a pane of this screen, and say so."""
    state: Any = screen._select_state
    began = state.start.content_widget if state is not None else None
    if isinstance(began, Dragged) and (said := began.dragged()):
        screen.app.copy_to_clipboard(said)


class Dragged(Framed):
    """A pane of lines over which a mouse can be dragged."""

    count = 0
    """How many lines there are."""
    _marked: Selection | None = None

    def words_at(self, y: int) -> str:
        """What line `y` says."""
        raise NotImplementedError

    def dragged(self) -> str:
        """What stands in what is marked; "" where nothing is, or no more than by a click."""
        return words(self._marked, self.count, self.words_at) if self._marked is not None else ""

    def span_at(self, at: int) -> tuple[int, int] | None:
        """From which letter of a line to which it is marked; -1: to its end."""
        return self._marked.get_span(at) if self._marked is not None else None

    def forget_drag(self, count: int) -> None:
        """There are so many lines now: with another number they are not those that were marked."""
        if count != self.count:
            self._marked = None

    def selection_updated(self, selection: Selection | None) -> None:
        """Mark what the mouse is dragged over."""
        before, self._marked = self._marked, began_in(self) if selection is not None else None
        if before != self._marked:
            self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The same as Textual asks for it, who may take several panes for selected."""
        return (said, "\n") if (said := self.dragged()) else None
