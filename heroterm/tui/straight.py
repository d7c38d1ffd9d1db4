"""Writes to the terminal at once; what it does not take at once goes by Textual's own thread.

Textual hands every frame to a thread that writes it. That thread waits for the interpreter, which
goes on computing for the frame after: measured, half of a key's time at the middle and most of it
at the worst. A terminal mostly takes a frame at once, so the frame is offered to it first, through
an opening of its own that never waits; a slow or stopped terminal is still the thread's to wait
for, and the screen never waits with it. Where the terminal cannot be opened (another user's, none
at all) everything goes by the thread as it does in Textual.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from io import TextIOWrapper
from threading import RLock
from typing import Any, cast

from textual.drivers.linux_driver import LinuxDriver


class Outlet:
    """The terminal as the thread sees it: a file that knows what it was given and has written."""

    def __init__(self, fileno: int) -> None:
        self._fileno = fileno
        self._texts: list[bytes] = []
        self.taken = self.written = 0
        """How many texts it was given, and how many of them have left this process."""
        self.before = b""
        """Bytes that go before the next text: what the terminal did not take at once."""

    def fileno(self) -> int:
        """The descriptor that is written to."""
        return self._fileno

    def write(self, text: str) -> None:
        """Take a text; it is written by `flush`."""
        before, self.before = self.before, b""
        self._texts.append(before + encoded(text))
        self.taken += 1

    def flush(self) -> None:
        """Write what was taken, and wait until the terminal has it. Raises OSError."""
        taken, data = self.taken, b"".join(self._texts)
        self._texts.clear()
        while data:
            data = data[os.write(self._fileno, data) :]
        self.written = taken


class Straight:
    """Offers each text to the terminal, and hands to `later` what is not taken, in order."""

    def __init__(self, outlet: Outlet, later: Callable[[str], None]) -> None:
        self._outlet, self._later = outlet, later
        self._handed = outlet.taken
        self._lock = RLock()
        self._fileno = opened(outlet.fileno())

    def write(self, text: str) -> None:
        """Write a text after all those before it; never waits for the terminal."""
        with self._lock:
            if self._fileno is not None and self._outlet.written == self._handed:
                left = self._offered(encoded(text))
                if not left:
                    return
                self._outlet.before, text = left, ""
            self._handed += 1
            self._later(text)

    def _offered(self, data: bytes) -> bytes:
        """What the terminal did not take of it."""
        assert self._fileno is not None
        try:
            left = data[os.write(self._fileno, data) :]
        except OSError:  # full, or gone: the thread finds out which
            return data
        # Linux carries the bytes to the terminal by a task that may wait on this very processor
        # until this process rests, which goes on computing what follows.
        os.sched_yield()
        return left

    def close(self) -> None:
        """Let the terminal go; from now on everything goes by the thread."""
        with self._lock:
            fileno, self._fileno = self._fileno, None
            if fileno is not None:
                os.close(fileno)


def encoded(text: str) -> bytes:
    """A text as the terminal gets it."""
    return text.encode("utf-8", "backslashreplace")


def opened(fileno: int) -> int | None:
    """The same terminal, opened so that a write never waits; None where it cannot be opened."""
    try:
        return os.open(os.ttyname(fileno), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return None


class StraightDriver(LinuxDriver):
    """Textual's driver of Linux and macOS, whose writes go straight to the terminal."""

    _straight: Straight | None = None

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        assert self._file is not None
        self._outlet = Outlet(self._file.fileno())
        self._file = cast(TextIOWrapper, self._outlet)

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if self._straight is None:
            self._straight = Straight(self._outlet, super().write)
        self._straight.write(data)

    def close(self) -> None:
        """Write what is left, and let the terminal go until it is written to again."""
        super().close()
        if self._straight is not None:
            self._straight.close()
            self._straight = None
