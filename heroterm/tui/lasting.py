"""What stands between a database that cannot be read for a moment and the end of the screen.

Textual ends the App over any error that a handler, a timer or a callback lets out. Another program
that keeps a file locked, or a disk that fails, is nothing to end a shift over: what was asked is
left undone, it is said, and the next key or minute asks again. A mistake in heroterm still ends it,
with a crash report.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual._callback import invoke
from textual.message import Message
from textual.message_pump import MessagePump
from textual.timer import Timer, TimerCallback

from heroterm.errors import StoreError
from heroterm.tui.messages import StoreFailed


class Lasting(MessagePump):
    """Stands before the base of whatever reads the mirror or the journal on the screen's thread.

    No node of its own, so that styles and bindings are those of the other base.
    """

    async def _dispatch_message(self, message: Message) -> None:
        """A key, a click, a report, a callback."""
        try:
            await super()._dispatch_message(message)
        except StoreError as error:
            self._unread(error)

    def call_next(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """What a timer does comes this way, too."""
        super().call_next(self._lasting, partial(callback, *args, **kwargs))

    def set_interval(
        self,
        interval: float,
        callback: TimerCallback | None = None,
        *,
        name: str | None = None,
        repeat: int = 0,
        pause: bool = False,
    ) -> Timer:
        """Textual calls what a clock does from a task of its own, on no way that is guarded."""
        guarded = None if callback is None else partial(self._lasting, callback)
        return super().set_interval(interval, guarded, name=name, repeat=repeat, pause=pause)

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Others that wait for the same frame are called all the same."""
        return super().call_after_refresh(self._lasting, partial(callback, *args, **kwargs))

    async def _lasting(self, callback: Callable[[], Any]) -> None:
        try:
            await invoke(callback)
        except StoreError as error:
            self._unread(error)

    def _unread(self, error: StoreError) -> None:
        self.app.post_message(StoreFailed(error))
