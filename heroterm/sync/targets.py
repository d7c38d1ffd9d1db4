"""SLA beyond the clocks beside each ticket: policies, business hours, which target applies.

An admin's metric events say it of every ticket (api.md §4); to agents a single ticket's own events
do, which come along when it is brought. Where the clocks themselves do not come beside a ticket,
they are asked for it alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from heroterm.domain.sla_policy import CLOCKS_SOURCE, POLICIES_SOURCE
from heroterm.domain.ticket import Page
from heroterm.errors import NotAllowed, NotFound, RateLimited, Unclear
from heroterm.sync.access import Access
from heroterm.sync.needs_targets import MetricPage
from heroterm.sync.report import Pulled

METRICS = "metric events"
"""Name of the cursor in the mirror."""
_BEGIN = timedelta(days=14)
"""How far back the first reading goes: older clocks are told when their ticket is brought."""
_LAG = timedelta(seconds=61)
_LEAST, _MOST = 100, 1_000
_PAGES = 10_000


class Targets:
    """Brings what is promised. A right that is gone costs what it gave, nothing else.

    `source` says what SLA is known from, in the words of `domain.sla_policy`.
    """

    def __init__(self, access: Access) -> None:
        self._access = access
        self._size = _MOST
        self._policies = False
        self._events = False
        self._alone = True
        self._told: str | None = None

    @property
    def events_may(self) -> bool:
        """Whether metric events answered, or have not been tried since the last look."""
        return self._events

    @property
    def source(self) -> str:
        """Where clocks and targets come from; "" while no clock has come."""
        if self._policies:
            return POLICIES_SOURCE
        return CLOCKS_SOURCE if self._access.clocks_come else ""

    def note_source(self) -> None:
        """Keep the source in the mirror's state, where it is known and changed."""
        if self.source and self.source != self._told:
            self._told = self.source
            self._access.copy.remember(sla_source=self._told)

    def bring(self, *, admin: bool) -> None:
        """Policies and business hours anew, and look again at what this sign-in may ask."""
        self._alone = True
        may = self._access.may
        self._policies = admin and may("SLA policies", self._bring_policies)
        self._events = admin
        if self._policies:
            may("business hours", self._bring_schedules)
        self.note_source()

    def lost(self) -> None:
        """An admin's right is gone: what it brought stays, and is not asked for again."""
        self._events = self._policies = False
        self.note_source()

    def _bring_policies(self) -> None:
        self._access.copy.save_policies(self._access.ask(self._access.wire.sla_policies))

    def _bring_schedules(self) -> None:
        self._access.copy.save_schedules(self._access.ask(self._access.wire.schedules))

    def applied(self, *, patient: bool = True) -> Iterator[Pulled]:
        """Targets that were applied since the last time, one report a page; then `whole`.

        Not `patient`: it ends where Zendesk asks to wait, and goes on there next time.
        """
        start = self._start()
        for _ in range(_PAGES):
            if start > (self._access.server_now() - _LAG).timestamp():
                return
            try:
                got = self._access.ask(self._page, start, patient=patient)
            except NotFound:
                self._events = False
                return
            except NotAllowed as error:
                if error.signed_out:
                    raise
                self.lost()
                return
            if got is None:
                return
            start = got.next_start
            self._access.save(Page((), applied=tuple(got.applied)), (METRICS, str(start)))
            yield Pulled(METRICS, refused=got.refused, whole=got.ended)
            if got.ended:
                return

    def _start(self) -> int:
        held = self._access.copy.cursor(METRICS)
        if held is not None and held.isdigit():
            return int(held)
        return int((self._access.server_now() - _BEGIN).timestamp())

    def _page(self, start: int, *, patient: bool) -> MetricPage | None:
        """The page; one that cannot be told in time is asked for smaller next time (faults 14)."""
        try:
            return self._access.wire.metric_events(start, self._size)
        except RateLimited:
            if patient:
                raise
            return None
        except Unclear:
            self._size = max(_LEAST, self._size // 2)
            raise

    def completed(self, page: Page) -> Page:
        """A page of tickets that were asked for alone, with their clocks where none came along."""
        if not self._alone or all(ticket.slas is not None for ticket in page.tickets):
            return page
        tickets = list(page.tickets)
        for place, ticket in enumerate(tickets):
            try:
                clocks = self._access.ask(self._access.wire.ticket_clocks, ticket.id)
            except (NotFound, NotAllowed) as error:
                if isinstance(error, NotAllowed) and error.signed_out:
                    raise
                self._alone = False
                break
            tickets[place] = replace(ticket, slas=tuple(clocks))
            self._access.clocks_come = True
            self.note_source()
        return replace(page, tickets=tuple(tickets))
