"""The time zone of this machine, in which a person reads clocks and days."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


def local_zone(moment: datetime) -> tzinfo:
    """The zone that holds here at a moment; it changes with summer time."""
    return moment.astimezone().tzinfo or UTC
