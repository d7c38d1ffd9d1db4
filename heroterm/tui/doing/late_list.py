"""What an open box lists when that is worked out beside the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from heroterm.errors import StoreError
from heroterm.mirror.reader import Mirror
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.listing import Listing

T = TypeVar("T")


class LateList(Generic[T]):
    """Asked for anew whenever the box shows what there is; `known` until the answer comes."""

    def __init__(self, desk: OnDesk, about: str) -> None:
        self._desk, self._about = desk, about
        self._drawing = False
        self.known: T | None = None
        self.box: Listing[Any] | None = None

    def fresh(self, work: Callable[[Mirror], T]) -> T | None:
        """What is known by now; the answer to a fresh question comes later."""
        if not self._drawing:
            self._desk.lookups.ask(work, self._take, self._fail, self._about)
        return self.known

    def draw(self) -> None:
        """Show what is known, without asking."""
        if self.box is not None:
            self._drawing = True
            self.box.reload()
            self._drawing = False

    def forget(self) -> None:
        """Nothing is known any more: show that, and ask."""
        self.known = None
        if self.box is not None:
            self.box.fail("")
            self.box.reload()

    def _take(self, answer: T) -> None:
        self.known = answer
        if self.box is not None:
            self.box.fail("")
        self.draw()

    def _fail(self, error: StoreError) -> None:
        """Said in the box where it has nothing else to show: an empty list means something else."""
        self._desk.tell(str(error), severity="error")
        if self.known is None and self.box is not None:
            self.box.fail(str(error))
