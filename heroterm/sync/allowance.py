"""Tells what is left of the account's requests, now and then and only when it has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from heroterm.sync.report import Allowance


class AllowanceLook:
    """`left` gives requests left and requests a minute, as the newest answer said; None unknown."""

    def __init__(self, left: Callable[[], tuple[int, int] | None]) -> None:
        self._left = left
        self._told: Allowance | None = None

    def look(self) -> Iterator[Allowance]:
        """What is left, where it is known and was not told so before."""
        known = self._left()
        if known is not None and self._told != (now := Allowance(*known)):
            self._told = now
            yield now
