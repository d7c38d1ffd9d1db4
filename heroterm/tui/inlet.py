"""Reads the terminal where it costs a key least: in the loop that does what the key means.

Textual reads in a thread and wakes the loop for each key; measured, that way from thread to loop
took as long as what most keys do. So the loop itself waits for the terminal. While it is busy with
something else, a thread reads after a moment: when a key came tells Esc and a letter from a key
with Alt, and typing from a paste, so it must be known while the loop works on.
"""

from __future__ import annotations

import os
import select
import sys
from asyncio import AbstractEventLoop, TimerHandle
from collections.abc import Callable
from threading import Event, Lock

_READ_BYTES = 4096
_GRACE_SECONDS = 0.005
"""What the loop has to read what came, before the thread does: half of what makes two reads one
burst.
"""
_IN_LOOP = sys.platform == "linux"
"""Whether a loop can wait for a terminal: kqueue, which waits elsewhere, is not sure to."""


class Inlet:
    """One terminal's input. `take` is called with what was read, and `tick` gives the seconds after
    which it wants to be called again, or None; each by one thread at a time.
    """

    def __init__(
        self, fileno: int, take: Callable[[bytes], None], tick: Callable[[], float | None]
    ) -> None:
        self._fileno, self._take, self._tick = fileno, take, tick
        self._lock = Lock()
        self._loop: AbstractEventLoop | None = None
        self._timer: TimerHandle | None = None

    def open(self, loop: AbstractEventLoop) -> None:
        """Let the loop read, too; called in the loop."""
        if _IN_LOOP and os.isatty(self._fileno):
            loop.add_reader(self._fileno, self._read_in_loop)
            self._loop = loop

    def close(self) -> None:
        """The loop reads no more."""
        loop, self._loop = self._loop, None
        if loop is not None:
            loop.remove_reader(self._fileno)

    def read_until(self, ended: Event, usual: float) -> None:
        """Read what the loop leaves, and tick at least once in so many seconds, until it has ended
        or the terminal has. Raises OSError.
        """
        pause = usual
        while not ended.is_set():
            if came := self._came(pause):
                ended.wait(_GRACE_SECONDS if self._loop is not None else 0)
            # Who stops the process by a signal waits for this thread, perhaps with the lock.
            if not self._lock.acquire(timeout=usual):
                continue
            try:
                if came and self._came(0) and not self._read():
                    return
                pause = self._tick() or usual
            finally:
                self._lock.release()

    def _read_in_loop(self) -> None:
        with self._lock:
            try:
                goes_on = not self._came(0) or self._read()
            except OSError:  # the thread meets it as well, and says so
                goes_on = False
            again = self._tick()
        if not goes_on:
            self.close()
        elif again is not None:
            self._tick_in(again)

    def _tick_in(self, seconds: float) -> None:
        if self._timer is None and self._loop is not None:
            self._timer = self._loop.call_later(seconds, self._tick_in_loop)

    def _tick_in_loop(self) -> None:
        self._timer = None
        with self._lock:
            again = self._tick()
        if again is not None:
            self._tick_in(again)

    def _came(self, seconds: float) -> bool:
        return bool(select.select([self._fileno], [], [], seconds)[0])

    def _read(self) -> bool:
        """Take what came; False where nothing will come any more."""
        data = os.read(self._fileno, _READ_BYTES)
        if data:
            self._take(data)
        return bool(data)
