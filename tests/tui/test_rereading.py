"""Reading again after reports: soon, but not between two keys, and not put off for ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from textual.message_pump import MessagePump

from heroterm.tui.rereading import Rereading


class Timer:
    def __init__(self, ends: Callable[[], None]) -> None:
        self.ends = ends
        self.resets = 0

    def reset(self) -> None:
        self.resets += 1


class Pump:
    """Hands out timers that end when the test says so."""

    def __init__(self) -> None:
        self.timers: list[Timer] = []

    def set_timer(self, _seconds: float, callback: Callable[[], None]) -> Timer:
        self.timers.append(Timer(callback))
        return self.timers[-1]


def reading() -> tuple[Rereading, Pump, list[str]]:
    pump, read = Pump(), list[str]()
    return Rereading(cast(MessagePump, cast(Any, pump)), lambda: read.append("read")), pump, read


def test_a_burst_of_reports_is_read_once_and_the_next_one_after_a_rest() -> None:
    rereading, pump, read = reading()
    for _ in range(5):
        rereading.want()
    assert len(pump.timers) == 1
    pump.timers[0].ends()
    rereading.want()
    assert read == ["read"] and len(pump.timers) == 2  # the rest
    pump.timers[1].ends()
    pump.timers[2].ends()
    assert read == ["read", "read"]


def test_keys_put_a_reading_off_without_a_timer_each_but_not_for_ever() -> None:
    rereading, pump, _ = reading()
    rereading.pressed()
    assert pump.timers == []
    rereading.want()
    for _ in range(500):
        rereading.pressed()
    assert len(pump.timers) == 1 and 10 < pump.timers[0].resets < 100
