"""A redraw once a second, for as long as something counts down, and none before or after."""

from __future__ import annotations

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer

from heroterm.errors import StoreError


class Countdown:
    """`draw` shows what is left; `alive` says whether anything counts down."""

    def __init__(
        self, pump: MessagePump, draw: Callable[[], None], alive: Callable[[], bool]
    ) -> None:
        self._pump = pump
        self._draw = draw
        self._alive = alive
        self._timer: Timer | None = None

    def watch(self) -> None:
        """Something may count down from now on."""
        if self._timer is None and self._alive():
            self._timer = self._pump.set_interval(1.0, self._second)

    def _second(self) -> None:
        try:
            self._draw()
            over = not self._alive()
        except StoreError:
            return  # a journal that is busy now is read a second later
        if self._timer is not None and over:
            self._timer.stop()
            self._timer = None
