"""Where a ticket stands in the queue: what the rules say, its section, its next breach."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.domain.sla import next_breach
from heroterm.domain.ticket import Organization, SlaClock, Ticket
from heroterm.domain.view import Placement
from heroterm.mirror.encoding import LARGEST, epoch

Place = Callable[[Ticket, Organization | None], Placement]
"""The rules of the desk, handed in: they are edited live and belong to no database."""

PLACED_COLUMNS = (
    "tier source title content_warning free_mail_organization metric stage breach_at due estimated"
).split()
"""Columns of `placed_columns`, in its order."""


def placed_columns(
    ticket: Ticket, organization: Organization | None, place: Place
) -> tuple[object, ...]:
    """What the queue is ordered by and shows without asking anyone again."""
    at = place(ticket, organization)
    metric, stage, breach_at, due = clock_columns(ticket.slas)
    warned, free = int(at.content_warning), int(at.free_mail_organization)
    return (at.tier, at.source, at.title, warned, free, metric, stage, breach_at, due, 0)


def clock_columns(
    clocks: tuple[SlaClock, ...] | None,
) -> tuple[str | None, str | None, int | None, int]:
    """Metric, stage, breach, due of the clock a queue shows; a paused one has no breach."""
    clock = next_breach(clocks)
    if clock is None:
        return None, None, None, LARGEST
    running = clock.stage == "active" and clock.breach_at is not None
    breach_at = epoch(clock.breach_at) if running and clock.breach_at else None
    due = LARGEST if breach_at is None else breach_at
    return clock.metric, clock.stage, breach_at, due
