"""A program in a real pseudo-terminal, its screen read through a terminal emulator.

Times are those at which bytes arrived, taken by a thread that does nothing else; what the bytes
mean is worked out afterwards, so a slow emulator does not count against the program.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import os
import pty
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from queue import Empty, SimpleQueue

import pyte

COLUMNS, LINES = 120, 40
Picture = tuple[tuple[str, str, str, bool], ...]


class TimedOut(RuntimeError):
    """The wanted text or change did not come; the message holds the screen as it stood."""


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program under measure: the caller's, without what changes drawing."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TEXTUAL", "HEROTERM_"))}
    for name in ("NO_COLOR", "PYTHONDONTWRITEBYTECODE"):  # a program in use has its byte code
        kept.pop(name, None)
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", **more}


class Terminal:
    """One run of a program. Use as a context manager: it ends the program, and its children."""

    def __init__(self, words: Sequence[str], env: Mapping[str, str], cwd: str) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self.screen)
        self.heard = bytearray()
        """Every byte that was taken in so far."""
        self._chunks: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.received = 0
        """Bytes that came from the program so far."""
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            words, stdin=slave, stdout=slave, stderr=slave, env=env, cwd=cwd, start_new_session=True
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *exc: object) -> None:
        self.send(b"\x11")
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join(5)
        os.close(self._master)

    def _read(self) -> None:
        first_in_line()
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not data:
                return
            self._chunks.put((time.perf_counter(), data))
            self.received += len(data)

    def _next(self, timeout: float) -> float | None:
        """Take in one chunk and say when it came; None when none comes within the seconds."""
        try:
            at, data = self._chunks.get(timeout=max(0.0, timeout))
        except Empty:
            return None
        self.heard += data
        self._stream.feed(data)
        return at

    @property
    def pid(self) -> int:
        """The program's own process."""
        return self._process.pid

    def kill(self) -> None:
        """End the program as `kill -9` does: no handler runs."""
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait(10)

    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(self.screen.display)

    def picture(self) -> Picture:
        """Every cell: character and colours, to tell whether anything visible changed."""
        rows = (self.screen.buffer[y] for y in range(LINES))
        cells = (row[x] for row in rows for x in range(COLUMNS))
        return tuple((c.data, c.fg, c.bg, c.reverse) for c in cells)

    def send(self, keys: bytes) -> float:
        """Press keys; the moment at which they were written."""
        at = time.perf_counter()
        with contextlib.suppress(OSError):
            os.write(self._master, keys)
        return at

    def hold(self, key: bytes, count: int, pause: float) -> float:
        """Hold a key down: so often, with so many seconds between; when the last was pressed."""
        at = self.send(key)
        for _ in range(count - 1):
            time.sleep(pause)
            at = self.send(key)
        return at

    def until(self, wanted: Callable[[], bool], timeout: float) -> float:
        """The arrival of the bytes after which `wanted` holds, on the clock of `started`; now where
        it holds already.
        """
        if wanted():
            return time.perf_counter()
        end = time.perf_counter() + timeout
        while (left := end - time.perf_counter()) > 0:
            at = self._next(left)
            if at is not None and wanted():
                return at
            if at is None and self._process.poll() is not None:
                break
        raise TimedOut(f"not seen within {timeout:.0f} s; the screen:\n{self.text()}")

    def ready(self, text: str, timeout: float = 30.0) -> float:
        """Seconds from the start of the process to the text on the screen."""
        return self.until(lambda: text in self.text(), timeout) - self.started

    def settle(self, quiet: float = 0.15, most: float = 5.0) -> None:
        """Take in what comes until nothing has come for `quiet` seconds, `most` in all."""
        end = time.perf_counter() + most
        while time.perf_counter() < end and self._next(quiet) is not None:
            pass

    def press(self, keys: bytes, timeout: float = 5.0) -> float:
        """Seconds from the key to the first bytes after which a cell looks different. Nothing is
        looked at before they come: both processors are the program's until then.
        """
        self.settle(quiet=0.03, most=1.0)
        before = self.picture()
        with undisturbed():
            sent = self.send(keys)
            first = self._next(timeout)
            if first is not None and self.picture() != before:
                return first - sent
            return self.until(lambda: self.picture() != before, timeout) - sent


def first_in_line() -> None:
    """Let this thread run as soon as it is woken, where that is allowed (root on Linux). On two
    processors it waited for its turn otherwise: 3 to 5 ms of most keys that looked slow.
    """
    with contextlib.suppress(OSError, AttributeError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Python looks for no garbage in here: a look at all there is, which the pictures bring about
    once in nine keys, holds up the thread that takes the time by twenty milliseconds and more.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
