"""The desk: the one screen of a shift, with its panes at three sizes.

The desk owns which ticket is open, what is being written and what the queue shows. It hands state
down to the panes and takes their messages; it runs commands by their ids through one table of
deeds. Layout is CSS alone: `-narrow` shows one place at a time, `-medium` two columns, `-wide`
three, with every pane where it is `-high`, too (keys §5); below 40x10 a sentence stands there, and
what is written stays kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import on
from textual.geometry import Size
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from heroterm.domain.view import QueueChoice
from heroterm.errors import StoreError
from heroterm.sync.orders import Open, Order
from heroterm.sync.report import Absent
from heroterm.tui.book import DeskBook
from heroterm.tui.doing import (
    aiming,
    answering,
    boxes,
    canned,
    changed,
    finding,
    large,
    layout,
    practising,
    presenting,
    refreshing,
    reviewing,
    saying,
    showing,
    table,
    waiting,
    writing,
)
from heroterm.tui.doing.why_not import why_not
from heroterm.tui.hands import Hands
from heroterm.tui.lines import LinePane
from heroterm.tui.messages import (
    BriefLaid,
    CursorMoved,
    DraftChanged,
    InlineWanted,
    ReplyPicked,
    RunShown,
    TicketPicked,
)
from heroterm.tui.noticed import Noticed
from heroterm.tui.opened import Opened
from heroterm.tui.panes.run_lines import Rehearsal
from heroterm.tui.parts import Parts
from heroterm.tui.reading import Reading
from heroterm.tui.screens.desk_keys import DeskKeys
from heroterm.tui.screens.desk_panes import PanedDesk
from heroterm.tui.screens.front import BREAKPOINTS, HEIGHTS, size_classes
from heroterm.tui.seeing import Seeing
from heroterm.tui.waits import Waits

_PLACES = {"thread": "ticket", "side": "ticket", "outbox": "queue"}
_AT = ("queue", "ticket", "side", "replies", "playbook", "compose")
_FOLLOW_SECONDS = 0.1


class Desk(PanedDesk):
    """Queue, ticket, side, canned replies, playbooks, composer, status lines."""

    CSS_PATH = "desk.tcss"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self,
        parts: Parts,
        reading: Reading,
        hands: Hands,
        order: Callable[[Order], bool],
        choice: QueueChoice,
        size: Size,
    ) -> None:
        super().__init__(classes=size_classes(size))
        self.parts, self.reading, self.order = parts, reading, order
        self.pen, self.lookups, self.verbs = hands.pen, hands.lookups, hands.verbs
        self.book, self.queues = DeskBook(), parts.settings.queues
        self.opened: Opened | None = None
        self.seeing = Seeing()
        self.history: list[int] = []
        self.chosen: set[str] = set()
        self.served: set[int] = set()
        self.waits, self.last_trouble = Waits(), ""
        self.absent: Absent | None = None
        self.rehearsal: Rehearsal | None = None
        self.told, self.failed, self.noticed = "", False, Noticed()
        self.keyed, self._choice = DeskKeys(self), choice
        self._follow: Timer | None = None

    def on_mount(self) -> None:
        """First paint: the queue as the mirror has it."""
        self.composer.words.cursor_blink = False
        for pane in self.query(LinePane):
            pane.keymap = self.parts.keymap
        self.show_place("queue")
        self.queue.reload()
        self.set_focus(self.queue)  # at once: a key that waits may give it to another
        saying.status_lines(self)
        if self.parts.course is not None:
            practising.begin(self)
            self.set_interval(practising.LOOK_SECONDS, lambda: practising.look(self))

    # Commands

    def action_command(self, id_: str) -> None:
        """Run a command by its id, or say why it cannot run now."""
        reason = why_not(id_, self)
        if reason is not None:
            self.tell(reason)
            return
        practising.did(self, id_)
        try:
            table.DEEDS[id_](self)
        except StoreError as error:
            self.tell(str(error), severity="error")

    # What is open

    @property
    def target(self) -> Opened | None:
        """The ticket that a ticket action acts on: the one that is marked, else the one under the
        queue's cursor, else the open one.
        """
        in_queue = self.focused is self.queue  # its own `has_focus` follows a moment later
        under = self.queue.cursor_id if in_queue else None
        if in_queue and len(self.queue.marked) == 1:
            (under,) = self.queue.marked
            self.queue.select(under)
        if under is not None and not self._is_open(under):
            presenting.show(self, under)
        return self.opened

    def _is_open(self, ticket_id: int) -> bool:
        return self.opened is not None and self.opened.ticket.id == ticket_id

    def open_ticket(self, ticket_id: int, *, focus: bool = True) -> bool:
        """Show a ticket, ask the carrier for its newest state; False when it is not mirrored."""
        if not presenting.show(self, ticket_id):
            return False
        if not self.history or self.history[-1] != ticket_id:
            self.history.append(ticket_id)
        self.queue.select(ticket_id)
        self.brief.close()
        changed.saw(self)
        waiting.seen(self, ticket_id)
        self.order(Open(ticket_id))
        self.show_place("ticket")
        if focus:
            self.set_focus(self.thread)
        return True

    @on(CursorMoved)
    def _follow_cursor(self, message: CursorMoved) -> None:
        """Beside the queue the ticket under the cursor is shown once the cursor rests."""
        showing.titles(self)
        aiming.under_cursor(self)
        if self._follow is not None:
            self._follow.stop()
        if message.ticket_id is not None and self.composer.writing is None:
            ticket_id = message.ticket_id
            self._follow = self.set_timer(_FOLLOW_SECONDS, lambda: self._rested(ticket_id))

    def _rested(self, ticket_id: int) -> None:
        still = ticket_id == self.queue.cursor_id and self.composer.writing is None
        # Rows move by themselves: what is read or played in another pane stays where it is.
        # While a filter is typed the rows are what is looked at, and they are no move of their own.
        filters = self.focused is self.filter_field and not self.filter_field.finding
        here = filters or self.focused is self.queue or self.opened is None
        if still and here and not self._is_open(ticket_id):
            presenting.show(self, ticket_id)

    @on(TicketPicked)
    def _picked(self, message: TicketPicked) -> None:
        self.open_ticket(message.ticket_id)

    def refresh_desk(self, *, unasked: bool = False) -> None:
        """Read again whatever is shown; `unasked` leaves the rows while the hero is busy."""
        refreshing.whole(self, unasked=unasked)

    def minute(self) -> None:
        """Countdowns and ages a minute later."""
        refreshing.minute(self)

    def refresh_outbox(self) -> None:
        """Boxes that lie open, and the pane, show what has changed."""
        boxes.refresh(self)
        large.outbox(self)

    def refresh_lists(self) -> None:
        """Rank canned replies and playbooks again."""
        showing.lists(self)

    @property
    def in_front(self) -> bool:
        """Whether no box lies over it; `is_current` holds of all that a box lets through, too."""
        return self.app.screen_stack[-1:] == [self]

    # Places and focus

    def show_place(self, place: str, also: Mapping[str, bool] | None = None) -> None:
        """Show `queue`, `ticket`, `replies`, `playbook` or `compose` where one has room.

        Classes that change with it are changed in one go: the whole desk is styled anew each time.
        """
        self.update_classes({**{f"-at-{name}": name == place for name in _AT}, **(also or {})})

    def focus_pane(self, name: str) -> None:
        """Give the focus to a pane by its id, bringing its place up first."""
        here = {"-playbook": name == "playbook", "-at-side": name == "side"}
        self.show_place(_PLACES.get(name, name), here)
        layout.lay(self)
        self.set_focus(self.query_one(f"#{name}", Widget))

    @on(RunShown)
    def _other_keys(self) -> None:
        showing.key_line(self)

    @on(BriefLaid)
    def _make_room(self) -> None:
        rows, over = self.queue.scrollable_content_region, self.brief.region
        self.queue.cover(rows.bottom - over.y if self.brief.shown and rows.overlaps(over) else 0)

    def on_resize(self) -> None:
        """Lines fit the new width; what had the focus has it again."""
        self.call_after_refresh(showing.resized, self)
        self.call_after_refresh(layout.recall, self)
        self.call_after_refresh(large.begun, self)
        self.call_after_refresh(practising.draw, self)

    def on_descendant_focus(self) -> None:
        """The key line shows the keys of whatever has the focus now."""
        # Where nothing can be seen it was Textual that chose, when a box was closed.
        if self.focused is not None and self.focused.id and not showing.too_small(self):
            self.seeing.focus = self.focused.id
        layout.follow(self)
        self.call_after_refresh(showing.focus_moved, self)

    # Filter

    @on(Input.Changed, "#filter")
    def _filtering(self, event: Input.Changed) -> None:
        finding.typed(self, event.value)

    # Writing

    @on(DraftChanged)
    def keep_draft(self) -> None:
        """Write what is being typed into the journal."""
        writing.keep_draft(self)
        reviewing.typed(self)

    @on(InlineWanted)
    def _inline(self) -> None:
        """`::` was typed."""
        canned.inline(self)

    @on(ReplyPicked)
    def _reply_picked(self, message: ReplyPicked) -> None:
        self.reply_chosen(message.name)

    def reply_chosen(self, name: str) -> None:
        """Use a canned reply by its name."""
        answering.reply_picked(self, name)
