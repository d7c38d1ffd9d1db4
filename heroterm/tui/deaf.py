"""Boxes that decide something: deaf for a moment, so that a held or repeated key decides nothing
(keys: rule 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.message_pump import MessagePump

DEAF_SECONDS = 0.3


def only(keys: Sequence[str]) -> str:
    """What a box that listens says of a key that is no answer; `keys` are, the last of them Esc."""
    *more, last = keys
    return f"Only {', '.join(more)} and {last} answer here." if more else f"Only {last} answers."


class Deaf(MessagePump):
    """Stands before a box's own base: `_deaf` until the box listens.

    No node of its own, so that styles and bindings are those of the other base; and Textual runs
    the `on_mount` of every base by itself.
    """

    deaf_seconds: ClassVar[float] = DEAF_SECONDS
    _deaf = True

    def on_mount(self) -> None:
        """Listen after the deaf time."""
        self.set_timer(self.deaf_seconds, self._hear)

    def _hear(self) -> None:
        self._deaf = False
