"""What stands on the desk, and by which names its deeds know it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.getters import query_one

from heroterm.domain.view import QueueChoice
from heroterm.tui.doing import prefixed
from heroterm.tui.panes.brief import BriefPane
from heroterm.tui.panes.composer import Composer
from heroterm.tui.panes.outbox import OutboxPane
from heroterm.tui.panes.playbook import PlaybookPane
from heroterm.tui.panes.queue import QueuePane
from heroterm.tui.panes.replies import RepliesPane
from heroterm.tui.panes.side import SidePane
from heroterm.tui.panes.status import Lesson, Line
from heroterm.tui.panes.thread import ThreadPane
from heroterm.tui.panes.typed import TypedField
from heroterm.tui.panes.week import WeekPane
from heroterm.tui.panes.which_key import WhichKey
from heroterm.tui.parts import Parts
from heroterm.tui.reading import Reading
from heroterm.tui.screens.desk_speech import SpeakingDesk


class PanedDesk(SpeakingDesk):
    """A desk with its panes and its lines above and below them."""

    parts: Parts
    reading: Reading
    _choice: QueueChoice
    """What the queue shows at first."""

    head = query_one("#head", Line)
    news = query_one("#news", Line)
    keys = query_one("#keys", Line)
    lesson = query_one("#lesson", Lesson)
    queue = query_one(QueuePane)
    thread = query_one(ThreadPane)
    side = query_one(SidePane)
    replies = query_one(RepliesPane)
    playbook = query_one(PlaybookPane)
    outbox = query_one(OutboxPane)
    week = query_one(WeekPane)
    composer = query_one(Composer)
    filter_field = query_one(TypedField)
    which = query_one(WhichKey)
    brief = query_one(BriefPane)

    def compose(self) -> ComposeResult:
        """The panes in the order in which the grid places them."""
        yield Line(id="head", markup=False)
        with Container(id="body"):
            yield QueuePane(self.reading, self._choice, id="queue")
            yield ThreadPane(id="thread", now=self.reading.now)
            yield SidePane(id="side")
            yield Composer(id="composer")
            yield PlaybookPane(id="playbook")
            yield RepliesPane(id="replies")
            yield WeekPane(id="week")
            yield OutboxPane(id="outbox")
        yield TypedField(id="filter", keymap=self.parts.keymap)
        yield Lesson(id="lesson", markup=False)
        yield Line(id="news", markup=False)
        yield Line(id="keys", markup=False)
        yield prefixed.box(self._desk)
        yield BriefPane(id="brief")
        yield Line(Content("heroterm needs 40 x 10 cells. What you wrote is kept."), id="small")
