"""SIGTERM, SIGHUP and a terminal that is gone end the desk.

Textual hands what it draws to a thread of its own. With the terminal gone that thread has ended,
and after some frames the loop waits on it for ever, at the price of a whole core for whoever reads
the keys. So the loop is asked first; whatever still stands after some seconds ends at once.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Timer
from types import FrameType
from typing import TYPE_CHECKING, Any, Protocol

from heroterm.errors import HeroError
from heroterm.tui import hangup

if TYPE_CHECKING:
    from heroterm.tui.screens.desk import Desk

GOING_SECONDS = 8.0
"""How long leaving in order may take: the carrier, the pen and a demo's children."""


class HasDesk(Protocol):
    """The App, as far as it is needed here."""

    @property
    def desk(self) -> Desk | None:
        """The workstation's screen, once it stands."""

    def exit(self, result: None = None, return_code: int = 0) -> None:
        """End the App."""


def keep_words(app: HasDesk) -> None:
    """Keep what is being typed, from any thread; back once it is kept, or after a second."""
    from heroterm.tui.doing import writing

    if app.desk is not None:
        writing.keep_now(app.desk)


class OrderedOut:
    """Ends one App; `keep` is what is done for its words at the last."""

    def __init__(self, app: HasDesk, keep: Callable[[HasDesk], object] = keep_words) -> None:
        self._app, self._keep = app, keep
        self._before: dict[signal.Signals, Any] = {}
        self._unwatch: Callable[[], None] = lambda: None

    def listen(self) -> None:
        """Listen from now on; outside the main thread, as in tests, no signal is heard."""
        self._loop = asyncio.get_running_loop()
        if sys.__stdin__ is not None and not sys.__stdin__.closed:
            self._unwatch = hangup.watch(sys.__stdin__.fileno(), self._hung_up)
        for number in (signal.SIGTERM, signal.SIGHUP):
            with suppress(ValueError):
                self._before[number] = signal.signal(number, self._told)

    def release(self) -> None:
        """Leave the signals as they were, and the terminal unwatched."""
        self._unwatch()
        for number, before in self._before.items():
            signal.signal(number, before)
        with suppress(ValueError):
            # Textual's own stays behind: woken once the loop has ended, it would draw, and fail.
            signal.signal(signal.SIGCONT, signal.SIG_DFL)

    def _hung_up(self) -> None:
        self._told(signal.SIGHUP, None)

    def _told(self, number: int, _frame: FrameType | None) -> None:
        last = Timer(GOING_SECONDS, self._end, (number,))
        last.daemon = True
        last.start()
        with suppress(RuntimeError):  # the loop has ended: so will the process
            self._loop.call_soon_threadsafe(self._leave, number)

    def _leave(self, number: int) -> None:
        """Keep the draft, restore the terminal, go."""
        if self._app.desk is not None:
            self._app.desk.keep_draft()
        self._app.exit(return_code=128 + number)

    def _end(self, number: int) -> None:
        with suppress(HeroError, RuntimeError, OSError):
            self._keep(self._app)
        os._exit(128 + number)
