"""What the client gives back that is not a ticket page: comments, audits, the signed-in person."""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.domain.sla_policy import AppliedTarget
from heroterm.domain.ticket import Audit, Comment, DeletedTicket, Page, Person, Ticket


@dataclass(frozen=True, slots=True)
class OrganizationFields:
    """Which organization field holds what, by the field's key (config)."""

    plan: str = "plan"
    mrr: str = "mrr"
    content_warning: str = "content_warning"


@dataclass(frozen=True, slots=True)
class Me:
    """The signed-in person. `light`: may write internal notes only (api.md §1)."""

    id: int
    name: str
    email: str
    role: str
    light: bool = False
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class CommentPage:
    """Comments of one ticket, newest first, with their authors. `refused`: a sentence for each
    that could not be read.
    """

    comments: tuple[Comment, ...]
    people: tuple[Person, ...] = ()
    next_cursor: str | None = None
    has_more: bool = False
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Audits of one ticket, newest first. `refused`: a sentence for each that could not be read."""

    audits: tuple[Audit, ...]
    next_cursor: str | None = None
    has_more: bool = False
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeletedPage:
    """Tickets that were deleted, the latest first: their ids, and who did it as far as is told."""

    ids: tuple[int, ...]
    deleted: tuple[DeletedTicket, ...] = ()
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class Updated:
    """The answer to an update: the ticket as it is now, and the audit that was made."""

    ticket: Ticket
    audit: Audit | None


@dataclass(frozen=True, slots=True)
class ExportPage:
    """One page of an export: the tickets that are there, and the ids of those that are not."""

    page: Page
    deleted: tuple[int, ...] = ()
    after: str | None = None
    """The cursor to go on with; it stays good after the end, for what changes later."""
    ended: bool = True


@dataclass(frozen=True, slots=True)
class MetricPage:
    """Targets of one page of metric events. `next_start` (epoch s) is where the next one begins."""

    applied: tuple[AppliedTarget, ...]
    next_start: int
    ended: bool
    refused: int = 0
    """Events that name a target and could not be understood."""
