"""What the carrier needs of a Zendesk: its shape, without loading any. `needs_bulk` and
`needs_library` hold the rest of it, `needs_copy` what is needed of a mirror.

`heroterm.zendesk.client.Zendesk` and `heroterm.mirror.writer.MirrorWriter` fit; so does whatever
a test writes. Moments are aware, UTC, by the server's clock unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import Changes, InternalNote, PublicReply
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
from heroterm.sync.needs_library import Library
from heroterm.sync.needs_targets import Promises


class PartOfMany(Protocol):
    """One page of rows, of which there may be more."""

    @property
    def refused(self) -> Sequence[str]:
        """A sentence for each row that could not be read."""

    @property
    def next_cursor(self) -> str | None:
        """Where the next page begins."""

    @property
    def has_more(self) -> bool:
        """Whether there is a next page."""


class AuditPage(PartOfMany, Protocol):
    """Audits, newest first."""

    @property
    def audits(self) -> Sequence[Audit]:
        """The rows."""


class CommentPage(PartOfMany, Protocol):
    """Comments, newest first, with their authors."""

    @property
    def comments(self) -> Sequence[Comment]:
        """The rows."""

    @property
    def people(self) -> Sequence[Person]:
        """The authors, as far as they came along."""


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

    @property
    def library(self) -> Library:
        """What is asked now and then."""

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
        """Updates of one ticket, whole or Misunderstood, for a write that waits for them."""

    def history(self, ticket_id: int, cursor: str | None) -> AuditPage:
        """Updates of one ticket for a person to read, as far as they can be understood."""

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
