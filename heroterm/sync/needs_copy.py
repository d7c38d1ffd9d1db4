"""What the carrier needs of a mirror's writer: its shape, without loading it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from heroterm.domain.sla_policy import Schedule, SlaPolicy
from heroterm.domain.ticket import (
    Audit,
    Comment,
    CustomStatus,
    DeletedTicket,
    Group,
    Identity,
    Macro,
    Membership,
    Page,
    Person,
    TeamMember,
    TicketField,
    TicketForm,
    ZendeskView,
)


class Copy(Protocol):
    """The mirror's writer; raises StoreError."""

    def save_page(
        self, page: Page, *, at: datetime, cursor: tuple[str, str | None] | None = None
    ) -> object:
        """Keep a page and its named cursor in one transaction."""

    def save_comments(
        self,
        ticket_id: int,
        comments: Iterable[Comment],
        people: Iterable[Person],
        *,
        complete: bool,
        at: datetime | None,
        unasked: bool = False,
    ) -> None:
        """Keep comments of one ticket; `at` None: more are on their way. `unasked`: nobody looks
        at them, so they are kept no longer for having come.
        """

    def add_comments(
        self, comments: Iterable[Comment], *, until: int | None = None, more: bool = False
    ) -> Sequence[int]:
        """Keep comments that came by themselves: a part, which passes for the whole only where
        all that was said `until` then (epoch s) has come and a ticket counts no more. With `more`
        to come they are searchable after `index`.
        """

    def index(self) -> object:
        """Make searchable what is not yet."""

    def thread_known(self, ticket_id: int) -> bool:
        """Whether the thread of a ticket was ever read."""

    def save_audits(
        self, ticket_id: int, audits: Iterable[Audit], *, complete: bool = False
    ) -> object:
        """Keep updates of one ticket."""

    def history_mark(self, ticket_id: int) -> tuple[int | None, str]:
        """The audit down to which all is held, and the ticket's stamp where newer ones lack."""

    def save_groups(self, groups: Iterable[Group]) -> None:
        """Keep the groups, all of them."""

    def save_macros(self, macros: Iterable[Macro]) -> None:
        """Keep the macros, all of them."""

    def save_views(self, views: Iterable[ZendeskView]) -> None:
        """Keep the views, all of them."""

    def save_view_members(self, view_id: int, ids: Iterable[int]) -> None:
        """Keep which tickets a view holds."""

    def save_policies(self, policies: Iterable[SlaPolicy]) -> None:
        """Keep the SLA policies, all of them."""

    def save_schedules(self, schedules: Iterable[Schedule]) -> None:
        """Keep the business hours, all of them."""

    def save_fields(self, fields: Iterable[TicketField]) -> None:
        """Keep the ticket fields, all of them."""

    def save_forms(self, forms: Iterable[TicketForm]) -> None:
        """Keep the ticket forms, all of them."""

    def save_custom_statuses(self, statuses: Iterable[CustomStatus]) -> None:
        """Keep the custom statuses, all of them."""

    def save_identities(self, person_id: int, identities: Iterable[Identity]) -> None:
        """Keep how one person is known, all of it."""

    def save_memberships(self, person_id: int, found: Iterable[Membership]) -> None:
        """Keep the organizations of one person, all of them."""

    def save_team_members(self, members: Iterable[TeamMember]) -> None:
        """Keep who belongs to which group, everybody."""

    def save_deleted(self, deleted: Iterable[DeletedTicket]) -> None:
        """Keep who deleted which ticket."""

    def mark_missing(self, ids: Iterable[int], *, at: datetime) -> int:
        """Note that the server does not show these any more; how many were marked now."""

    def stale_threads(self, limit: int) -> list[int]:
        """Tickets whose comments are behind."""

    def older_threads(self, limit: int, *, since: datetime) -> list[int]:
        """Solved tickets changed since then whose comments are not held as they are now."""

    def working_set(self, limit: int) -> list[int]:
        """Unsolved tickets, nearest to breach first."""

    def remember(self, **values: object) -> None:
        """Keep fields of `domain.view.SyncState`."""

    def cursor(self, name: str) -> str | None:
        """What was kept under a name."""

    def retire_if_due(self, *, keep_days: int, now: datetime) -> Iterator[int]:
        """Once a week, forget what was said in tickets solved long ago, a batch a step."""
