"""Toasts whose time does not run out between being chosen and being shown.

Textual reads the time that is left once more when it makes a toast, and sets a timer with it. A
timer of less than nothing never comes to its end (Timer._run): the screen would stand still for
ever, at the price of a core.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.notifications import Notification

_LEAST_SECONDS = 0.05


@dataclass
class Toasted(Notification):
    """What is told, for a time that is always more than nothing."""

    @property
    def time_left(self) -> float:
        """Seconds for which it is still shown."""
        return max(_LEAST_SECONDS, super().time_left)

    @property
    def has_expired(self) -> bool:
        """Whether its time is over, so that it is shown no more."""
        return super().time_left <= 0
