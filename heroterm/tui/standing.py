"""What is closed before it stands never begins.

A screen is furnished in a task of its own. One that is left meanwhile, by a key or because the App
ends, gets no children any more, and whatever it then does to them would end the App with a crash
report. The App takes its screens from the stack only once they are gone, but runs no more by then.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump


class Standing(MessagePump):
    """Stands before the base of a screen; no node of its own, as `Lasting`."""

    async def _dispatch_message(self, message: Message) -> None:
        """All but what a screen is told first, where it was closed before that."""
        begins = isinstance(message, events.Compose | events.Mount | events.ScreenResume)
        stack: Sequence[MessagePump] = self.app.screen_stack
        if not begins or (self.app.is_running and self in stack):
            await super()._dispatch_message(message)
