"""What is known of SLA beyond the clocks beside a ticket: policies, schedules, metric events.

All but `ticket_clocks` is for admins, and for plans that have it: NotAllowed (403) and NotFound
(404) say that this role or plan has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from heroterm.domain.sla_policy import Holiday, Schedule, SlaPolicy
from heroterm.domain.ticket import SlaClock
from heroterm.errors import Misunderstood, NotAllowed, NotFound
from heroterm.zendesk import reading, wire, wire_sla
from heroterm.zendesk.asking import Asking
from heroterm.zendesk.made import clock_of
from heroterm.zendesk.pages import MetricPage

METRICS_SIZE = 1_000
"""Rows of a page of metric events: the most that there is."""
_PAGES = 20
_SCHEDULES = 20


class Targets(Asking):
    """The part of the client that asks about targets."""

    def sla_policies(self) -> tuple[SlaPolicy, ...]:
        """Every SLA policy with its targets, in the order in which they are tried. Admins."""
        model = wire_sla.PolicyWire
        found: list[SlaPolicy] = []
        for told in self._numbered("slas/policies"):
            found += reading.rows(told, "sla_policies", model, model.to_domain)[0]
        return tuple(sorted(found, key=lambda policy: (policy.position, policy.id)))

    def schedules(self) -> tuple[Schedule, ...]:
        """Every schedule of business hours with its holidays: a request more for each. Admins."""
        told = self._get("business_hours/schedules")
        rows, _ = reading.rows(told, "schedules", wire_sla.ScheduleWire, lambda row: row)
        return tuple(row.to_domain(self._holidays(row.id)) for row in rows[:_SCHEDULES])

    def _holidays(self, schedule_id: int) -> tuple[Holiday, ...]:
        model = wire_sla.HolidayWire
        try:
            told = self._get(f"business_hours/schedules/{int(schedule_id)}/holidays")
        except NotFound:
            return ()
        except NotAllowed as error:
            if error.signed_out:
                raise
            return ()
        return reading.rows(told, "holidays", model, model.to_domain)[0]

    def metric_events(self, start_time: int, size: int = METRICS_SIZE) -> MetricPage:
        """The targets that were applied from `start_time` (epoch s) on. Admins; lags by 60 s.

        Where the next page begins is `end_time` as it came. Raises Misunderstood where that
        stands still.
        """
        asked = {"start_time": str(start_time), "per_page": str(size)}
        told = self._get("incremental/ticket_metric_events", asked)
        rows = told.get("ticket_metric_events") if isinstance(told, dict) else None
        if not isinstance(rows, list):
            raise Misunderstood("Zendesk's answer has no list of ticket_metric_events.")
        try:
            frame = wire_sla.MetricFrameWire.model_validate(told)
        except ValidationError as error:
            raise Misunderstood("Zendesk does not say where the metric events go on.") from error
        ended = len(rows) < size if frame.end_of_stream is None else frame.end_of_stream
        until = start_time if frame.end_time is None else frame.end_time
        if not ended and until <= start_time:
            raise Misunderstood("Zendesk gave the same page of metric events again and again.")
        found = list(wire_sla.applied_in(rows))
        good = tuple(target for target in found if target is not None)
        return MetricPage(good, max(start_time, until), ended, len(found) - len(good))

    def ticket_clocks(self, ticket_id: int) -> tuple[SlaClock, ...]:
        """One ticket's clocks by themselves, none where no policy applies. Agents.

        Raises NotFound with `path` where this account does not have the call (api.md §4).
        """
        try:
            told = self._get(f"tickets/{int(ticket_id)}/slas/policy_metrics", urgent=True)
        except NotFound as error:
            if error.path:
                raise
            return ()
        return reading.rows(told, "policy_metrics", wire.ClockWire, clock_of)[0]

    def _numbered(self, path: str) -> Iterator[Any]:
        """The pages of a list that is paged by number, as most of them are never long enough."""
        for page in range(1, _PAGES + 1):
            told = self._get(path, {"page": str(page)} if page > 1 else None)
            yield told
            if not (isinstance(told, dict) and told.get("next_page")):
                return
