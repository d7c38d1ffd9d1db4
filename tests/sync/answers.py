"""What the Zendesk in memory gives back, and the errors that a script can name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from heroterm.domain.ticket import Audit, Comment, Person, Ticket
from heroterm.errors import (
    Conflict,
    NotAllowed,
    NotFound,
    Offline,
    RateLimited,
    Rejected,
    SignInPage,
    Unclear,
    ZendeskError,
)

ME, KIM, ADA = 11, 12, 99
NAMES = {ME: "Hero", KIM: "Kim", ADA: "Ada"}


@dataclass(frozen=True, slots=True)
class AuditPage:
    audits: tuple[Audit, ...]
    next_cursor: str | None = None
    has_more: bool = False
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentPage:
    comments: tuple[Comment, ...]
    people: tuple[Person, ...] = ()
    next_cursor: str | None = None
    has_more: bool = False
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Updated:
    ticket: Ticket
    audit: Audit | None


@dataclass(frozen=True, slots=True)
class Me:
    id: int = ME
    name: str = "Hero"
    role: str = "agent"
    light: bool = False


ERRORS: dict[str, Callable[[], ZendeskError]] = {
    "offline": lambda: Offline("no way"),
    "timeout": lambda: Unclear("no answer in time"),
    "500": lambda: Unclear("Zendesk answered 500"),
    "html": lambda: SignInPage("a login page", "sign in"),
    "409": lambda: Conflict("changed meanwhile"),
    "collision": lambda: Conflict("database collision", transient=True),
    "429": lambda: RateLimited("too many", retry_after=30.0),
    "401": lambda: NotAllowed("signed out", "connect", signed_out=True),
    "403": lambda: NotAllowed("not for your role"),
    "404": lambda: NotFound("gone"),
    "422": lambda: Rejected("refused", reason="Status: closed prevents ticket update", status=422),
}
