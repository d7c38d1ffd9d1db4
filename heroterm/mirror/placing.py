"""Where a ticket stands in the queue, as columns: what the rules say, its section, its next breach."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.domain.sla import next_breach
from heroterm.domain.ticket import Organization, SlaClock, Ticket
from heroterm.domain.view import Placement, section
from heroterm.mirror.encoding import epoch

Place = Callable[[Ticket, Organization | None], Placement]
"""The rules of the desk, handed in: they are edited live and belong to no database."""

PLACED_COLUMNS = (
    "tier source title content_warning free_mail_organization status_section metric stage breach_at"
).split()
"""Columns of `placed_columns`, in its order."""


def placed_columns(
    ticket: Ticket, organization: Organization | None, place: Place
) -> tuple[object, ...]:
    """What the queue is ordered by and shows without asking anyone again."""
    at = place(ticket, organization)
    flags = (int(at.content_warning), int(at.free_mail_organization))
    return (at.tier, at.source, at.title, *flags, section(ticket.status), *_clock(ticket.slas))


def _clock(clocks: tuple[SlaClock, ...] | None) -> tuple[str | None, str | None, int | None]:
    """Metric, stage and breach of the clock a queue shows; a paused one has no breach."""
    clock = next_breach(clocks)
    if clock is None:
        return None, None, None
    running = clock.stage == "active" and clock.breach_at is not None
    return (
        clock.metric,
        clock.stage,
        epoch(clock.breach_at) if running and clock.breach_at else None,
    )
