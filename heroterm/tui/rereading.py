"""When to read the databases again after the carrier's reports.

Reading again takes the screen some hundredths of a second. While a first fill reports page after
page that would be felt under every other key, so it is done soon after the first report, seldom
while more keep coming, and not between two keys that follow each other.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.message_pump import MessagePump
from textual.timer import Timer

from heroterm.errors import StoreError

if TYPE_CHECKING:
    from heroterm.tui.reading import Reading

SOON, SELDOM = 0.15, 0.5
"""Seconds after a report or a key; seconds between two readings."""
_MOST = 60
"""Keys that put it off at most: a held key must not hide for ever what came in, nor may one key in
twenty wait for a reading while a fill goes on."""


class Rereading:
    """Calls `read` on the pump's own timers."""

    def __init__(self, pump: MessagePump, read: Callable[[], None]) -> None:
        self._pump, self._read = pump, read
        self._timer: Timer | None = None
        self._wanted = self._resting = False
        self._put_off = 0

    def want(self) -> None:
        """Something was reported."""
        self._wanted = True
        if self._timer is None:
            self._wait(SOON)

    def once_well(self, reading: Reading) -> None:
        """Read again as soon as a journal that could not be read can be."""
        if reading.journal_trouble is None or (journal := reading.journal) is None:
            return
        with suppress(StoreError):
            journal.intents_wait()
            reading.journal_trouble = None
            self.want()

    def pressed(self) -> None:
        """A key came: what waits, waits a little longer, by the timer that runs already: to make
        another took a quarter of the key.
        """
        if self._timer is None or self._resting or self._put_off >= _MOST:
            return
        self._put_off += 1
        self._timer.reset()

    def _wait(self, seconds: float) -> None:
        self._timer = self._pump.set_timer(seconds, self._over)

    def _over(self) -> None:
        self._timer = None
        if self._resting:
            self._resting = False
            if self._wanted:
                self._wait(SOON)
            return
        self._wanted, self._put_off = False, 0
        self._read()
        self._resting = True
        self._wait(SELDOM)
