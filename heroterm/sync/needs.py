"""What the carrier needs of a Zendesk and of a mirror: their shapes, without loading either.

`heroterm.zendesk.client.Zendesk` and `heroterm.mirror.writer.MirrorWriter` fit; so does whatever
a test writes. Moments are aware, UTC, by the server's clock unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import Changes, InternalNote, PublicReply
from heroterm.domain.sla_policy import Schedule, SlaPolicy
from heroterm.domain.ticket import (
    Audit,
    Comment,
    Group,
    Macro,
    Organization,
    Page,
    Person,
    Ticket,
    ZendeskView,
)
from heroterm.sync.needs_bulk import Bulk
from heroterm.sync.needs_targets import Promises


class AuditPage(Protocol):
    """Audits, newest first."""

    @property
    def audits(self) -> Sequence[Audit]:
        """The rows."""

    @property
    def next_cursor(self) -> str | None:
        """Where the next page begins."""

    @property
    def has_more(self) -> bool:
        """Whether there is a next page."""


class CommentPage(Protocol):
    """Comments, newest first, with their authors."""

    @property
    def comments(self) -> Sequence[Comment]:
        """The rows."""

    @property
    def people(self) -> Sequence[Person]:
        """The authors, as far as they came along."""

    @property
    def next_cursor(self) -> str | None:
        """Where the next page begins."""

    @property
    def has_more(self) -> bool:
        """Whether there is a next page."""


class Updated(Protocol):
    """The answer to an update."""

    @property
    def ticket(self) -> Ticket:
        """The ticket as it is now."""

    @property
    def audit(self) -> Audit | None:
        """The audit that it made, when the answer carried one."""


class Me(Protocol):
    """Whoever is signed in."""

    @property
    def id(self) -> int:
        """The user's number."""

    @property
    def name(self) -> str:
        """The user's name."""

    @property
    def role(self) -> str:
        """`agent` or `admin`; `light` where the seat is already told apart."""

    @property
    def light(self) -> bool:
        """Whether they may write internal notes only (api.md §1)."""


class Wire(Bulk, Promises, Protocol):
    """One call per method; raises the tree below `heroterm.errors.ZendeskError`."""

    @property
    def clock_offset(self) -> float | None:
        """Seconds from this machine's clock to the server's; None before the first answer."""

    @property
    def requests(self) -> int:
        """Requests made so far."""

    def me(self) -> Me:
        """Who is signed in."""

    def my_groups(self, user_id: int) -> Sequence[int]:
        """Ids of a person's groups."""

    def tickets_page(self, cursor: str | None) -> Page:
        """Tickets, the one updated last first."""

    def tickets(self, ids: Sequence[int]) -> Page:
        """Up to 100 tickets by id; those that are not shown are absent."""

    def view_page(self, view_id: int, cursor: str | None) -> Page:
        """Tickets of a saved view."""

    def ticket(self, ticket_id: int) -> Ticket:
        """One ticket, as it is now."""

    def comments(self, ticket_id: int, cursor: str | None) -> CommentPage:
        """Comments of one ticket."""

    def audits(self, ticket_id: int, cursor: str | None) -> AuditPage:
        """Updates of one ticket."""

    def update(
        self,
        ticket_id: int,
        comment: PublicReply | InternalNote | None,
        changes: Changes,
        stamp: str,
        marker: str,
        uploads: Sequence[str] = (),
    ) -> Updated:
        """One safe update that lands only while the ticket still has `stamp`."""

    def create(
        self,
        new: NewTicket,
        comment: PublicReply | InternalNote,
        changes: Changes,
        marker: str,
        uploads: Sequence[str] = (),
    ) -> Updated:
        """A new ticket; the same again within two hours makes no second one."""

    def upload(self, name: str, content_type: str, content: bytes) -> str:
        """Hand a file over; the token with which a comment publishes it."""

    def search(self, query: str, limit: int = 100) -> Sequence[Ticket]:
        """Tickets that Zendesk's own search finds."""

    def person(self, person_id: int) -> Person:
        """One user as they are now."""

    def move_person(self, person_id: int, organization_id: int | None) -> None:
        """Put a user into an organization."""

    def organization(self, organization_id: int) -> Organization:
        """One organization as it is now."""

    def write_organization(self, organization_id: int, field: str, text: str) -> None:
        """Write one text field of an organization."""

    def groups(self) -> Sequence[Group]:
        """Every group."""

    def macros(self) -> Sequence[Macro]:
        """Every macro that this person may use."""

    def views(self) -> Sequence[ZendeskView]:
        """Every saved view that this person sees."""


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
        at: datetime,
    ) -> None:
        """Keep comments of one ticket."""

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

    def mark_missing(self, ids: Iterable[int], *, at: datetime) -> object:
        """Note that the server does not show these any more."""

    def stale_threads(self, limit: int) -> list[int]:
        """Tickets whose comments are behind."""

    def working_set(self, limit: int) -> list[int]:
        """Unsolved tickets, nearest to breach first."""

    def remember(self, **values: object) -> None:
        """Keep fields of `domain.view.SyncState`."""

    def cursor(self, name: str) -> str | None:
        """What was kept under a name."""
