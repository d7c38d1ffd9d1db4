"""What the carrier needs of a Zendesk to know SLA targets: shapes, without loading any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from heroterm.domain.sla_policy import AppliedTarget, Schedule, SlaPolicy
from heroterm.domain.ticket import SlaClock


class MetricPage(Protocol):
    """The targets of one page of metric events (api.md §4)."""

    @property
    def applied(self) -> Sequence[AppliedTarget]:
        """Targets that apply, oldest first."""

    @property
    def next_start(self) -> int:
        """Where the next page begins, epoch seconds."""

    @property
    def ended(self) -> bool:
        """Whether there is no more for now."""

    @property
    def refused(self) -> int:
        """Events that could not be understood."""


class Promises(Protocol):
    """The part of a Zendesk that knows targets; raises ZendeskError."""

    def sla_policies(self) -> Sequence[SlaPolicy]:
        """Every SLA policy. Admins."""

    def schedules(self) -> Sequence[Schedule]:
        """Business hours and holidays. Admins."""

    def metric_events(self, start_time: int, size: int) -> MetricPage:
        """Targets that were applied from a moment (epoch s) on. Admins."""

    def ticket_clocks(self, ticket_id: int) -> Sequence[SlaClock]:
        """One ticket's clocks; NotFound where the account does not have the call."""
