"""Numbers as words of the command line: whole ones within bounds, and seconds to wait."""

from __future__ import annotations

import math
from typing import Any

import click
from click.shell_completion import CompletionItem

from heroterm.cli.invocation import Invocation

LARGEST = 2**63 - 1
"""The largest number that a database row or a Zendesk id can have."""
MOST_HOLD = 86_400.0
"""Seconds: nothing is held for longer than a day."""


class WholeNumber(click.types.IntParamType):
    """A whole number from `least` to `most`."""

    name = "number"

    def __init__(self, least: int = 1, most: int = LARGEST) -> None:
        self.least = least
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; click's usage error names the bounds."""
        try:
            number = int(value)
        except ValueError:
            number = self.least - 1
        if not self.least <= number <= self.most:
            upper = f" to {self.most:,}" if self.most < LARGEST else ""
            self.fail(f"{_cut(value)} is no whole number from {self.least}{upper}.", param, ctx)
        return number


class TicketNumber(WholeNumber):
    """The number of a ticket, which shells complete from the mirror."""

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Unsolved tickets whose number begins so."""
        from heroterm.cli.known import offered

        return offered(ctx.find_object(Invocation), "tickets", incomplete)


class Seconds(click.types.FloatParamType):
    """A wait in seconds, from none to a day."""

    name = "seconds"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The seconds; `nan` and `inf` are none."""
        try:
            seconds = float(value)
        except ValueError:
            seconds = math.nan
        if not 0.0 <= seconds <= MOST_HOLD:
            self.fail(f"{_cut(value)} is no wait of 0 to {MOST_HOLD:,.0f} seconds.", param, ctx)
        return seconds


def _cut(value: object) -> str:
    text = ascii(str(value))
    return text if len(text) <= 40 else f"{text[:39]}…'"
