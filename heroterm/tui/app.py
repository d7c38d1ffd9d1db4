"""The App: holds the parts, starts the carrier's courier, turns reports into fresh panes.

Nothing here is slow before the first paint: the rulebook, the themes and the courier come after
it. The App owns the pen and the reading; the desk gets them handed in.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.screen import Screen

from heroterm.errors import HeroError
from heroterm.tui import garbage
from heroterm.tui.countdown import Countdown
from heroterm.tui.guarded import Guarded
from heroterm.tui.keyboard import Keyboard
from heroterm.tui.messages import Carried, CarrierGone, Written
from heroterm.tui.ordered_out import OrderedOut
from heroterm.tui.parts import Parts
from heroterm.tui.reading import Reading
from heroterm.tui.rereading import Rereading
from heroterm.tui.screens.front import BREAKPOINTS, Front, first
from heroterm.tui.wearing import DEFAULT_THEME

if TYPE_CHECKING:
    from heroterm.sync.orders import Order
    from heroterm.tui.courier import Courier
    from heroterm.tui.hands import Hands
    from heroterm.tui.screens.desk import Desk

_PAINT_SECONDS = 0.02


class HeroApp(Guarded):
    """heroterm's workstation."""

    CSS_PATH = "heroterm.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "suspend_process", "Suspend", show=False, id="app.suspend"),
        Binding("ctrl+q", "leave", "Quit", show=False, priority=True, id="app.leave"),
    ]
    TITLE = "heroterm"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.parts = parts
        promise = timedelta(seconds=parts.settings.promise_seconds)
        stores = parts.open_queues, parts.open_mirror, parts.open_journal
        self.reading = Reading(*stores, parts.clock, promise)
        self.reading.breach_first = parts.settings.breach_first
        self.courier: Courier | None = None
        self._desk: Desk | None = None
        self.stands = False  # what is pressed while the desk is put up is for the desk
        self._recalled = False
        self._carrying: asyncio.Task[None] | None = None
        self._keyboard = Keyboard(parts.keymap)
        self._countdown = Countdown(self, self._draw_status, self._counting)
        self._rereading = Rereading(self, self._reread)
        self._orders = OrderedOut(self)
        self.animation_level = "none"
        self.set_keymap(parts.keymap.for_textual())
        self.alt_keys = parts.keymap.alt_keys
        self.wear_first(parts.settings.theme, parts.themes)

    @cached_property
    def hands(self) -> Hands:
        """The pen, the lookups and the verbs: none is used before the desk stands."""
        from heroterm.tui.hands import Hands

        return Hands.over(self.parts, self)

    def means(self, key: events.Key) -> bool:
        """Keys on the desk are looked at first: prefixes, and words typed beside a text field."""
        self._rereading.pressed()
        if (desk := self.desk) is None:
            return False
        desk.noticed.pressed += 1
        if self.screen is not desk:
            from heroterm.tui.doing import boxes

            return boxes.unheard(desk, key.key) or boxes.asks_to_undo(desk, key.key)
        return self._keyboard.takes(
            desk.keyed, [key.key, *key.aliases], key.character or "", key.time
        )

    @property
    def deciding(self) -> bool:
        """What the next key is for is on its way into the journal, as the ticket behind a reply."""
        return self.desk is not None and (self.desk.composer.queuing or self.hands.pen.deciding > 0)

    @property
    def desk(self) -> Desk | None:
        """The desk while it stands: not before it is furnished, and not while the App ends."""
        desk = self._desk
        return desk if desk is not None and desk.is_mounted and self.is_running else None

    def get_default_screen(self) -> Screen[None]:
        """The queue: the first screen there is, so that no other is laid out before it."""
        return first(self.reading, self.parts.settings, self.size, self.parts.keymap)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what is selected by the same ways as everything else, and say which."""
        self._clipboard = text
        if self.desk is not None:
            from heroterm.tui.doing.copying import to_clipboard

            to_clipboard(self.desk, text, "what was selected")

    def on_mount(self) -> None:
        """Everything slow comes after the queue is painted."""
        self.screen.call_after_refresh(self._painted, self.screen)

    def _painted(self, front: Front) -> None:
        """The frame is made; give the terminal's own thread a moment to write it."""
        self.set_timer(_PAINT_SECONDS, lambda: self._put_up_desk(front))

    def _put_up_desk(self, front: Front) -> None:
        """The desk in the place of its front."""
        from heroterm.tui.screens.desk import Desk

        self._desk = Desk(self.parts, self.reading, self.hands, self.order, front.choice, self.size)
        self.switch_screen(self._desk)
        self.call_later(self._begin)

    async def _begin(self) -> None:
        if not self.is_running:  # ended before it had begun
            return
        self.know_themes(self.parts.themes)
        self._read_files()
        self.suit(self.parts.terminal())
        self._minute()
        self._countdown.watch()
        self._tell_mistakes()
        self._orders.listen()
        self.reveal_cursor(self.parts.settings.show_cursor)
        self.parts.note("screen begins")
        if self.parts.carrier:
            self._carry()
        garbage.begin()
        self.stands = True
        await self.decided()

    def _tell_mistakes(self) -> None:
        """What was wrong in the hero's own files."""
        if self.desk is None:
            return
        from heroterm.tui.doing import mistakes

        keymap, missing = self.parts.keymap, self.missing_theme
        used = f"{DEFAULT_THEME} is used; {keymap.key('layout.theme')} chooses."
        theme = [f"There is no theme {missing!a}: {used}"] if missing else []
        own = [*map(str, self.failed_themes), *theme, *keymap.findings]
        own += self.parts.settings.findings
        mistakes.tell(self.desk, [*own, *self.desk.book.findings])

    def _carry(self) -> None:
        from heroterm.tui.courier import Courier

        self.courier = Courier(self.parts.carrier, self.parts.children, self)
        self._carrying = asyncio.create_task(self.courier.run())

    def _read_files(self) -> None:
        try:
            book = self.parts.book()
        except HeroError as error:
            super().unread(str(error))
            return
        if self.desk is not None:
            self.desk.book = book
            self.desk.refresh_lists()
        self._remembered()

    def _remembered(self, *, late: bool = False) -> None:
        """What was chosen last; once the journal can be read where it cannot be yet."""
        if self._recalled or self.desk is None:
            return
        from heroterm.tui.doing import remembered

        self._recalled = remembered.recall(self.desk, late=late)

    # Time

    def _minute(self) -> None:
        """Countdowns change once a minute: redraw then, and not in between."""
        now = self.parts.clock()
        self.set_timer(60 - now.second - now.microsecond / 1e6 + 0.05, self._minute)
        if self.desk is not None:
            self.desk.minute()
        self._countdown.watch()
        garbage.let_go()

    def _draw_status(self) -> None:
        self._rereading.once_well(self.reading)
        if self.desk is not None:
            from heroterm.tui.doing import sending

            sending.second(self.desk)

    def _counting(self) -> bool:
        """Whether something goes soon or is waited for, or the journal cannot be read."""
        waits = self.desk is not None and self.desk.waits.counts_down(self.parts.clock())
        return waits or self.reading.counts_down() or self.reading.journal_trouble is not None

    # Reports and results

    def order(self, order: Order) -> bool:
        """Pass an order to the carrier."""
        return self.courier is not None and self.courier.order(order)

    @on(Carried)
    def _carried(self, message: Carried) -> None:
        """The carrier moved something: read again soon, once for a burst of reports."""
        desk = self.desk
        if desk is None:
            return
        from heroterm.tui.doing import reporting

        if not reporting.note(desk, message.report):
            return
        self._countdown.watch()
        self._rereading.want()

    def _reread(self) -> None:
        if (desk := self.desk) is not None:
            self._remembered(late=True)
            desk.refresh_desk(unasked=True)
            desk.refresh_outbox()

    def unread(self, why: str) -> None:
        """Say on the desk that a database could not be read; by a toast before there is one."""
        if self.desk is None:
            super().unread(why)
        else:
            self.desk.tell(why, severity="error")
        self._countdown.watch()

    @on(CarrierGone)
    def _carrier_gone(self, message: CarrierGone) -> None:
        self.parts.note(f"the carrier ended, again in {message.again_in:.0f} s")
        if self.desk is not None:
            from heroterm.tui.doing import reporting

            reporting.gone(self.desk, message.why, message.again_in)

    @on(Written)
    async def _written(self, message: Written) -> None:
        self.reading.forget()
        self.hands.pen.took(message)
        if self.desk is not None:
            self._answer(self.desk, message)
        await self.decided()

    def _answer(self, desk: Desk, message: Written) -> None:
        if message.error is None:
            if message.then is not None:
                message.then(message.result)
            self._countdown.watch()
        elif message.otherwise is not None:
            message.otherwise(message.error)
        else:
            desk.tell(f"Not kept: {message.error}", severity="error")

    # Leaving

    def action_leave(self) -> None:
        """Ctrl+Q from anywhere, also while typing."""
        if self.desk is not None and self.screen is self.desk:
            self.desk.action_command("app.quit")

    async def on_unmount(self) -> None:
        """Let everything go in order: carrier, pen, databases."""
        from heroterm.tui.doing import briefing, counting

        if self._desk is not None:
            counting.keep(self._desk)
        if self.courier is not None:
            await self.courier.stop()
        if self._carrying is not None:
            self._carrying.cancel()
        briefing.left(self.reading, self.hands.pen)
        self.hands.close()
        self.reading.close()
        self._orders.release()
        self.parts.note("screen ends")

    def _fatal_error(self) -> None:
        """A crash: a report without locals or ticket text, and one sentence on the screen."""
        error: Any = sys.exc_info()[1]
        self.crash_report = self.parts.log_crash(error) if error is not None else ""
        self._close_messages_no_wait()
