"""What runs beside the carrying: the look at the rota, the team's own hooks.

They are programs of their own, so neither a slow host nor a hook that hangs ever makes a reply
wait; here they are only started, looked after, and ended with the carrier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from heroterm.sync.report import Report

_LOOK = 0.05
"""Seconds between two looks at the end of a whole pass."""


class Aside(Protocol):
    """One thing that runs beside."""

    @property
    def busy(self) -> bool:
        """Whether something of it is under way."""

    def turn(self) -> Iterable[Report]:
        """Start what is due, look after what runs; never waits. Raises StoreError."""

    def stop(self) -> None:
        """End what runs."""


class Asides:
    """All of them; `tell` gets their reports, `wait` lets seconds pass in a whole pass."""

    def __init__(
        self, tell: Callable[[Report], None], wait: Callable[[float], None] | None
    ) -> None:
        self._tell, self._wait = tell, wait
        self._all: list[Aside] = []

    def add(self, aside: Aside) -> None:
        """Look after one more."""
        self._all.append(aside)

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return any(aside.busy for aside in self._all)

    def turn(self) -> None:
        """Give each its turn."""
        for aside in self._all:
            for told in aside.turn():
                self._tell(told)

    def finish(self) -> None:
        """At the end of a whole pass: one turn, and what it began to its own time limit."""
        if self._wait is not None:
            self.turn()
            while self.busy:
                self._wait(_LOOK)
                self.turn()
        self.stop()

    def stop(self) -> None:
        """End what runs."""
        for aside in self._all:
            aside.stop()
