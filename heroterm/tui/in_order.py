"""Keys in the order in which they were pressed: each is done with before the next is looked at.

Textual hands a key to the queue of what has the focus, from there to the queue of each that this
stands in, and last to the App's, where its meaning is looked up behind all that was pressed since.
Keys that come in one burst, as they do over a slow line, so overtake each other: of `x`, backspace,
`y` it was the `y` that went; Enter kept a filter before its letters were in it; a letter pressed
before a box stood was typed into what it covered. And what is being decided, as by the `y` that
queues a reply, decides what the next key is for: until then it is held, as is all that is pressed
before anything stands that it could be for.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from textual.app import App
from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump
from textual.timer import Timer
from textual.widget import Widget

from heroterm.tui.field import Field

T = TypeVar("T")
_AT_ONCE, _TURNS, _PAUSE = 100, 300, 0.005
"""How often the other tasks get their turn before a key is taken all the same, the first of them
without a pause, and how many seconds long the pauses are: a second in all.
"""
_HELD_SECONDS = 1.0
"""For how long keys are held at most: a disk that is slow must not take them for ever."""


class InOrder(App[T]):
    """An App that takes one key after the other."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self.stands = True
        """Whether what keys are for is there: until then they are held, however long that takes."""
        self._held: deque[Key | Paste] = deque()
        self._taking = False
        self._patience: Timer | None = None

    @property
    def deciding(self) -> bool:
        """Whether it is not known yet what the next key is for."""
        return False

    def means(self, key: Key) -> bool:
        """Do what the App itself means by a key, whatever has the focus; False where nothing."""
        return False

    async def on_event(self, event: Event) -> None:
        """What is pressed or pasted waits for what came before it."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._held or self._holds:
            if not self._held:
                self._wait()
            self._held.append(event if self.stands else _as_pressed(event))
        else:
            await self._take(event)

    async def decided(self) -> None:
        """Take what was held, as far as it is known what it is for."""
        if self._held and not self._holds:
            await self._take_held(lambda: self._holds)
            if self._held:
                self._wait()

    @property
    def _holds(self) -> bool:
        return not self.stands or self.deciding

    def _wait(self) -> None:
        """Hold keys for so long from now on: each decision has its own time."""
        if self._patience is not None:
            self._patience.stop()
        self._patience = self.set_timer(_HELD_SECONDS, self._go_on)

    async def _go_on(self) -> None:
        if self.stands:
            await self._take_held(lambda: False)
        else:
            self._wait()

    async def _take_held(self, until: Callable[[], bool]) -> None:
        """Take what was held, one key behind the other. The time that a key is held may run out
        while the one before it waits for its turn: that lets none of them overtake.
        """
        if self._taking:
            return
        self._taking = True
        try:
            while self._held and not until():
                await self._take(self._held.popleft())
        finally:
            self._taking = False

    async def _take(self, event: Key | Paste) -> None:
        await self._rested()
        if not self.screen_stack:  # the App ends, and nothing is meant for it any more
            return
        if isinstance(event, Paste):
            await super().on_event(event)
        elif not self.means(event):
            await self._handed(event)

    async def _rested(self) -> None:
        """Wait until what has the focus, and all that it stands in, has done what it was told; and
        do what a box was opened for once that is answered, which Textual does behind this key.
        """
        for turn in range(_TURNS):
            if not self.screen_stack:
                return
            if self._next_callbacks:
                await self._flush_next_callbacks()
            elif not _busy(self.focused or self.screen):
                return
            else:
                await asyncio.sleep(0 if turn < _AT_ONCE else _PAUSE)

    async def _handed(self, key: Key) -> None:
        """Hand a key to what has the focus, and what that does not take on to all it stands in."""
        self.app_focus = True
        if await self._check_bindings(key.key, priority=True):
            return
        widget = self.focused or self.screen
        if not isinstance(widget, Field) or not widget.takes(key):
            await _bubbled(widget, key)


def _as_pressed(event: Key | Paste) -> Key | Paste:
    """Enter that was pressed before Textual had the terminal comes as the line feed that the
    terminal's driver made of it.
    """
    early = isinstance(event, Key) and event.key == "ctrl+j"
    return Key("enter", "\r") if early else event


def _busy(widget: Widget) -> bool:
    *within, _ = widget.ancestors_with_self  # the App's own queue holds the keys
    return not widget.is_mounted or any(each.message_queue_size for each in within)


async def _bubbled(widget: Widget, key: Key) -> None:
    """What Textual does by way of one queue after the other."""
    way: list[MessagePump] = [widget]

    def on(pump: MessagePump) -> None:
        key._no_default_action = False
        way.append(pump)

    key._set_forwarded()
    key._bubble_to = on  # type: ignore[method-assign, assignment]
    while way:
        pump = way.pop()
        with pump._context():
            await pump._dispatch_message(key)
