"""What is typed is read by the loop while it has time, by a thread while it has none, in order."""

from __future__ import annotations

import asyncio
import os
import pty
import time
import tty
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event, Thread, get_ident
from types import SimpleNamespace
from typing import Any, cast

import pytest
from textual.app import App
from textual.events import Key
from textual.message import Message

from heroterm.tui.inlet import Inlet
from heroterm.tui.listening import ListeningDriver

pytestmark = pytest.mark.pty


class Listener:
    """Notes what was typed, by which thread it was read and when; and counts the ticks."""

    def __init__(self, program: int, again: Callable[[], float | None] = lambda: None) -> None:
        self.heard: list[tuple[bytes, int, float]] = []
        self.ticks: list[int] = []
        self._again, self._ended = again, Event()
        self.inlet = Inlet(program, self._take, self._tick)
        self._thread = Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        with suppress(OSError):
            self.inlet.read_until(self._ended, 0.02)

    def _take(self, data: bytes) -> None:
        self.heard.append((data, get_ident(), time.monotonic()))

    def _tick(self) -> float | None:
        self.ticks.append(get_ident())
        return self._again()

    @property
    def typed(self) -> bytes:
        return b"".join(data for data, _, _ in self.heard)

    async def hears(self, words: bytes) -> None:
        for _ in range(500):
            if self.typed == words:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"heard {self.typed!r}")

    def stop(self, seconds: float = 5) -> bool:
        """Whether the thread is over then."""
        self._ended.set()
        self._thread.join(seconds)
        return not self._thread.is_alive()


@pytest.fixture
def ends() -> Iterator[list[int]]:
    """A terminal that changes nothing of what it is given: its own end, and the program's."""
    both = [*pty.openpty()]
    tty.setraw(both[1])
    yield both
    for end in both:
        with suppress(OSError):
            os.close(end)


def test_the_loop_reads_and_while_it_is_busy_the_thread_does(ends: list[int]) -> None:
    terminal, program = ends
    listener = Listener(program)

    async def works() -> None:
        listener.inlet.open(asyncio.get_running_loop())
        os.write(terminal, b"a")
        await listener.hears(b"a")
        os.write(terminal, b"\x1b")
        time.sleep(0.3)  # a loop that is busy, while Esc and later a letter are pressed
        assert listener.typed == b"a\x1b", "when Esc came is known"
        os.write(terminal, b"b")
        await listener.hears(b"a\x1bb")
        listener.inlet.close()
        os.write(terminal, b"c")
        await listener.hears(b"a\x1bbc")

    try:
        asyncio.run(works())
        by = {data: thread for data, thread, _ in listener.heard}
        here = get_ident()
        assert by[b"a"] == here != by[b"\x1b"] and by[b"c"] != here
    finally:
        assert listener.stop()


def test_every_letter_comes_once_and_in_order_whoever_reads(ends: list[int]) -> None:
    terminal, program = ends
    listener = Listener(program)
    words = bytes(range(33, 127)) * 3

    async def works() -> None:
        listener.inlet.open(asyncio.get_running_loop())
        for at, letter in enumerate(words):
            os.write(terminal, bytes([letter]))
            if at % 40 == 0:
                time.sleep(0.012)
            elif at % 7 == 0:
                await asyncio.sleep(0.001)
        await listener.hears(words)
        listener.inlet.close()

    try:
        asyncio.run(works())
        assert len({thread for _, thread, _ in listener.heard}) == 2, "both had a part in it"
    finally:
        assert listener.stop()


def test_what_is_kept_back_for_a_moment_is_let_go_by_the_loop_too(ends: list[int]) -> None:
    terminal, program = ends
    waits = [True, True]
    listener = Listener(program, lambda: 0.01 if waits and waits.pop() else None)
    assert listener.stop(), "only the loop is left"

    async def works() -> None:
        listener.inlet.open(asyncio.get_running_loop())
        listener.ticks.clear()
        waits[:] = [True, True]
        os.write(terminal, b"\x1b")
        await listener.hears(b"\x1b")
        await asyncio.sleep(0.1)
        listener.inlet.close()

    asyncio.run(works())
    assert listener.ticks == [get_ident()] * 3, "after the key, and twice when it was wanted"


def test_a_terminal_that_is_gone_ends_both(ends: list[int]) -> None:
    terminal, program = ends
    listener = Listener(program)

    async def works() -> int:
        loop = asyncio.get_running_loop()
        listener.inlet.open(loop)
        os.close(terminal)
        await asyncio.sleep(0.05)
        return len(listener.ticks)

    before = asyncio.run(works())
    time.sleep(0.1)
    assert len(listener.ticks) == before, "nobody asks any more"
    listener._thread.join(5)
    assert not listener._thread.is_alive()


def test_whoever_stops_the_process_with_a_key_half_read_is_not_waited_for(ends: list[int]) -> None:
    _, program = ends
    listener = Listener(program)
    with listener.inlet._lock:
        assert listener.stop()


def test_a_key_that_the_loop_read_comes_behind_those_of_the_thread() -> None:
    handed: list[Message] = []
    later: list[Callable[[], None]] = []
    driver = ListeningDriver.__new__(ListeningDriver)
    driver._heard, driver._loop_thread = deque(), get_ident()
    driver._loop = cast(Any, SimpleNamespace(call_soon_threadsafe=later.append))
    driver._app = cast(App[Any], SimpleNamespace(post_message=handed.append))
    first, second = Key("a", "a"), Key("b", "b")
    reads = Thread(target=driver.send_message, args=[first])
    reads.start()
    reads.join()
    assert handed == [], "the App is the loop's"
    driver.send_message(second)
    assert handed == [first, second]
    later[0]()
    assert handed == [first, second]
