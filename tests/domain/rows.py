"""Tickets and rows to test with, each with nothing but what the test says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from heroterm.domain.ticket import Ticket
from heroterm.domain.view import Row

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
"""A Wednesday, 10:00 UTC."""


def minutes(count: float) -> datetime:
    """A moment so many minutes after NOW."""
    return NOW + timedelta(minutes=count)


_ROW = Row(
    id=1,
    tier=4,
    section=0,
    status="open",
    priority=None,
    source="app",
    title="Funnel shows zero",
    subject="Bug Report: General",
    requester="Kim Cove",
    requester_email="kim@example.com",
    organization="Cove",
    organization_id=7,
    assignee="",
    assignee_id=None,
    group="Replay",
    tags=(),
    metric=None,
    stage=None,
    breach_at=None,
    never_answered=False,
    content_warning=False,
    free_mail_organization=False,
    created_at=minutes(-600),
    updated_at=minutes(-60),
    fetched_at=NOW,
)


def row(number: int, **fields: Any) -> Row:
    """A row of a queue; `breach` is minutes from NOW on a running first-reply clock."""
    breach = fields.pop("breach", None)
    if breach is not None:
        fields |= {"metric": "first_reply_time", "stage": "active", "breach_at": minutes(breach)}
    return replace(_ROW, id=number, **fields)


_TICKET = Ticket(
    id=1,
    subject="Bug Report: General",
    status="open",
    created_at=minutes(-600),
    updated_at=minutes(-60),
    updated_stamp="2026-03-04T09:00:00Z",
)


def ticket(**fields: Any) -> Ticket:
    """An open ticket with the fields given."""
    return replace(_TICKET, **fields)
