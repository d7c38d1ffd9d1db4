"""What an account promises: SLA policies, their targets, business hours (api.md §4).

Admins alone may list these. Which policy applies to one ticket's clock is told apart from that, by
the ticket's metric events, to agents too. Seconds are those of the calendar, or of the business
hours where the target says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

CLOCKS_SOURCE = "zendesk clocks"
"""Clocks come with each ticket; targets only where a ticket's own events tell them."""
POLICIES_SOURCE = "zendesk clocks + policies"
"""The account's policies and their metric events can be read, too."""


@dataclass(frozen=True, slots=True)
class SlaTarget:
    """One promise of a policy: how long a metric may take for tickets of one priority."""

    metric: str
    """As a ticket's clock names it: `first_reply_time`, `next_reply_time`, …"""
    priority: str
    seconds: int
    business_hours: bool = False


@dataclass(frozen=True, slots=True)
class SlaPolicy:
    """A policy of the account; the first in `position` whose filter a ticket meets applies."""

    id: int
    title: str
    description: str = ""
    position: int = 0
    filter: str = ""
    """Its conditions as JSON text, as they came: read by people, never evaluated here."""
    targets: tuple[SlaTarget, ...] = ()


@dataclass(frozen=True, slots=True)
class AppliedTarget:
    """Since `at` this target holds for one clock of one ticket."""

    ticket_id: int
    metric: str
    instance: int
    """Counts the runs of Zendesk's metric, from 1: a later one stands for the clock of now."""
    at: datetime
    policy: str | None
    """The policy's title; None: no policy applies to it any more."""
    seconds: int | None = None
    policy_id: int | None = None
    business_hours: bool = False


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days on which a schedule stands still, both ends included."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Schedule:
    """Business hours. `time_zone` is Zendesk's own name of it, as in "Eastern Time (US & Canada)".

    `intervals` are minutes from Sunday 00:00 in that zone: beginning and end.
    """

    id: int
    name: str
    time_zone: str = ""
    intervals: tuple[tuple[int, int], ...] = ()
    holidays: tuple[Holiday, ...] = ()
