"""The first thing that is seen: the queue out of the mirror, before anything else is loaded.

The desk with its panes, rules and deeds costs as much again to load as Textual's own start. So
this screen paints the queue where the desk will have it, and the desk takes its place at once
afterwards; keys that are pressed in between are held for it (in_order).
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Size
from textual.screen import Screen

from heroterm.domain.view import QueueChoice
from heroterm.errors import StoreError
from heroterm.tui.keymap import Keymap
from heroterm.tui.panes.head import Head, outbox_words
from heroterm.tui.panes.queue import QueuePane
from heroterm.tui.panes.status import Line
from heroterm.tui.parts import DeskSettings
from heroterm.tui.reading import Reading

BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (100, "-medium"), (160, "-wide")]
"""Size classes by columns (keys §5)."""
HEIGHTS = [(0, "-flat"), (10, "-short"), (24, "-tall"), (50, "-high")]
"""Size classes by rows; `-wide` and `-high` together are the large desk, with every pane."""


class Front(Screen[None]):
    """Head, queue, and an empty foot where the desk will say more."""

    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = ""

    def __init__(
        self, reading: Reading, choice: QueueChoice, name: str, size: Size, keymap: Keymap
    ) -> None:
        super().__init__(classes=f"-at-queue {size_classes(size)}")
        self._reading, self.choice, self._program = reading, choice, name
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """The same places as the desk's."""
        yield Line(id="head", markup=False)
        with Container(id="body"):
            queue = QueuePane(self._reading, self.choice, id="queue")
            # It looks as it will at the desk. Focus that comes later styles every widget twice.
            queue.set_reactive(QueuePane.has_focus, True)
            queue.can_focus, queue.keymap = False, self._keymap
            yield queue
        yield Line(id="news", markup=False)
        yield Line(id="keys", markup=False)

    def on_mount(self) -> None:
        """Paint the queue as the mirror has it."""
        queue, reading = self.query_one(QueuePane), self._reading
        queue.rows.sight = self.app.size.height - 2  # the head and the frame
        queue.reload()
        try:
            intents = reading.intents()
        except StoreError:
            return
        now = reading.now()
        shows, broken = queue.keymap.key("pane.outbox", "outbox"), reading.journal_trouble
        box = outbox_words(intents, shows, broken=broken is not None)
        head = Head(reading.state, queue.rows.counts, now, self._program, box).line(self.size.width)
        self.query_one("#head", Line).say(head)


def size_classes(size: Size) -> str:
    """The classes of a screen of this size. It wears them from the start: later ones have every
    widget styled and laid out again, and what was painted moves.
    """
    return f"{_class(size.width, BREAKPOINTS)} {_class(size.height, HEIGHTS)}"


def _class(cells: int, breakpoints: list[tuple[int, str]]) -> str:
    return [name for least, name in breakpoints if cells >= least][-1]


def first(reading: Reading, settings: DeskSettings, size: Size, keymap: Keymap) -> Front:
    """The front as the App's default screen, which the desk will replace."""
    choice = reading.chosen_last(settings.queues)
    name = "heroterm demo" if settings.demo else "heroterm"
    front = Front(reading, choice, name, size, keymap)
    # What Textual does for every screen but the default one, and wants to find when it goes.
    front._push_result_callback(front, None)
    return front
