"""The bulk half of the Zendesk in memory: exports, events, hints, people, labels, deletions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from heroterm.domain.sla_policy import AppliedTarget, Schedule, SlaPolicy
from heroterm.domain.ticket import (
    Comment,
    CustomStatus,
    DeletedTicket,
    Identity,
    Membership,
    Organization,
    Page,
    Person,
    SlaClock,
    TeamMember,
    Ticket,
    TicketField,
    TicketForm,
)
from heroterm.errors import NotFound
from tests.conftest import NOW
from tests.sync.answers import ERRORS, KIM, ME, NAMES, Me

LAG = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class ExportPage:
    page: Page
    deleted: tuple[int, ...]
    after: str | None
    ended: bool


@dataclass(frozen=True, slots=True)
class EventPage:
    comments: tuple[Comment, ...]
    next_start: int
    ended: bool


@dataclass(frozen=True, slots=True)
class MetricPage:
    applied: tuple[AppliedTarget, ...]
    next_start: int
    ended: bool
    refused: int = 0


@dataclass(frozen=True, slots=True)
class DeletedPage:
    ids: tuple[int, ...]
    deleted: tuple[DeletedTicket, ...]
    has_more: bool


@dataclass
class Bulk:
    """`reads` scripts each read by method name; `exports` says whether this sign-in may export.

    `alone` holds the clocks of tickets that are asked for by themselves; None: no such call.
    """

    now: datetime = NOW
    requests: int = 0
    reads: dict[str, list[str]] = field(default_factory=dict)
    tickets_by_id: dict[int, Ticket] = field(default_factory=dict)
    comments_by_ticket: dict[int, list[Comment]] = field(default_factory=dict)
    gone: dict[int, datetime] = field(default_factory=dict)
    active: list[tuple[datetime, int]] = field(default_factory=list)
    companies: dict[int, Organization] = field(default_factory=dict)
    signed_in: Me = field(default_factory=Me)
    exports: bool = False
    sizes: list[int] = field(default_factory=list)
    event_rows: int = 500
    paused_until: datetime = NOW
    quiet: bool = True
    policies: list[SlaPolicy] = field(default_factory=list)
    applied: list[AppliedTarget] = field(default_factory=list)
    alone: dict[int, tuple[SlaClock, ...]] | None = None

    def _asked(self, name: str) -> None:
        raise NotImplementedError

    def remove(self, ticket_id: int) -> None:
        """Somebody deletes a ticket."""
        del self.tickets_by_id[ticket_id]
        self.gone[ticket_id] = self.now.replace(microsecond=0)

    def pause(self) -> float:
        return max(0.0, (self.paused_until - self.now).total_seconds())

    def idle(self) -> bool:
        return self.quiet

    def may_export(self) -> bool:
        self._asked("may_export")
        return self.exports

    def tickets_export(self, cursor: str | None, start_time: int, size: int) -> ExportPage:
        self.sizes.append(size)
        self._asked("tickets_export")
        if not self.exports:
            raise ERRORS["403"]()
        after = tuple(map(float, cursor.split("/"))) if cursor else (float(start_time), -1.0)
        rows = [(t.updated_at, t.id) for t in self.tickets_by_id.values()]
        rows += [(at, id_) for id_, at in self.gone.items()]
        keys = sorted((at.timestamp(), float(id_)) for at, id_ in rows if at < self.now - LAG)
        left = [key for key in keys if key > after]
        chosen = [int(id_) for _, id_ in left[:size]]
        here = [self.tickets_by_id[id_] for id_ in chosen if id_ in self.tickets_by_id]
        live = tuple(replace(t, generated_timestamp=int(t.updated_at.timestamp())) for t in here)
        last = left[len(chosen) - 1] if chosen else after
        gone = tuple(id_ for id_ in chosen if id_ in self.gone)
        return ExportPage(Page(live), gone, f"{last[0]}/{last[1]}", len(left) <= size)

    def ticket_events(self, start_time: int, size: int) -> EventPage:
        self._asked("ticket_events")
        if not self.exports:
            raise ERRORS["403"]()
        every = [c for some in self.comments_by_ticket.values() for c in some]
        rows = sorted((c.created_at.timestamp(), c.id, c) for c in every)
        lag = (self.now - LAG).timestamp()
        left = [row for row in rows if start_time <= row[0] < lag]
        end = min(size, self.event_rows)
        while end < len(left) and left[end][0] == left[end - 1][0]:
            end += 1
        chosen = left[:end]
        until = int(chosen[-1][0]) + (len(left) > end) if chosen else start_time
        return EventPage(tuple(row[2] for row in chosen), until, len(left) <= end)

    def activities(self, since: datetime) -> Sequence[int]:
        self._asked("activities")
        return [id_ for at, id_ in self.active if at >= since]

    @property
    def library(self) -> Bulk:
        return self

    def deleted_page(self, start: int) -> DeletedPage:
        self._asked("deleted_page")
        newest = sorted(self.gone.items(), key=lambda pair: pair[1], reverse=True)
        first = (start - 1) * 100
        rows = tuple(DeletedTicket(id_, "Kim", at) for id_, at in newest[first : first + 100])
        return DeletedPage(tuple(row.id for row in rows), rows, len(newest) > first + 100)

    def count(self, query: str) -> int:
        self._asked("count")
        return 7

    def fields(self) -> Sequence[TicketField]:
        self._asked("fields")
        return (TicketField(31, "Plan", "tagger", (("pro", "Pro plan"),)),)

    def forms(self) -> Sequence[TicketForm]:
        self._asked("forms")
        return (TicketForm(41, "In-app"),)

    def custom_statuses(self) -> Sequence[CustomStatus]:
        self._asked("custom_statuses")
        return (CustomStatus(51, "pending", "Waiting for GitHub"),)

    def identities(self, person_id: int) -> Sequence[Identity]:
        self._asked("identities")
        return (Identity(61, person_id, "email", "ada@example.com", True, True),)

    def memberships(self, person_id: int) -> Sequence[Membership]:
        self._asked("memberships")
        return (Membership(71, person_id, 70, True), Membership(72, person_id, 90))

    def team_members(self) -> Sequence[TeamMember]:
        self._asked("team_members")
        return (TeamMember(ME, 5), TeamMember(KIM, 5))

    def people(self, user_ids: Sequence[int]) -> Sequence[Person]:
        self._asked("people")
        return tuple(Person(id_, NAMES.get(id_, "?")) for id_ in user_ids)

    def organizations(self, organization_ids: Sequence[int]) -> Sequence[Organization]:
        self._asked("organizations")
        found = (self.companies.get(id_) for id_ in organization_ids)
        return tuple(each for each in found if each is not None)

    def me(self) -> Me:
        self._asked("me")
        return self.signed_in

    def _for_admins(self, name: str) -> None:
        self._asked(name)
        if not self.exports:
            raise ERRORS["403"]()

    def sla_policies(self) -> Sequence[SlaPolicy]:
        self._for_admins("sla_policies")
        return self.policies

    def schedules(self) -> Sequence[Schedule]:
        self._for_admins("schedules")
        return [Schedule(1, "Weekdays")]

    def metric_events(self, start_time: int, size: int) -> MetricPage:
        self.sizes.append(size)
        self._for_admins("metric_events")
        lag = self.now - LAG
        rows = [a for a in self.applied if start_time <= a.at.timestamp() and a.at < lag]
        end = size
        while end < len(rows) and rows[end].at == rows[end - 1].at:
            end += 1
        chosen = rows[:end]
        until = int(chosen[-1].at.timestamp()) + (len(rows) > end) if chosen else start_time
        return MetricPage(tuple(chosen), until, len(rows) <= end)

    def ticket_clocks(self, ticket_id: int) -> Sequence[SlaClock]:
        if self.alone is None:
            raise NotFound("no such call", path=True)
        self._asked("ticket_clocks")
        return self.alone.get(ticket_id, ())
