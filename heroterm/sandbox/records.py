"""What the practice desk keeps: users, organisations, tickets and their threads.

These are the desk's own mutable records; all moments are epoch seconds. Their JSON is made in
`ticket_json`, `people_json` and `desk_json`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Json = dict[str, Any]
STATUSES = ("new", "open", "pending", "hold", "solved", "closed")
WORKING = frozenset({"new", "open", "pending", "hold"})
PRIORITIES = ("low", "normal", "high", "urgent")
TYPES = ("problem", "incident", "question", "task")
Voice = Literal["requester", "owner", "hero", "colleague", "assignee", "automation"]


@dataclass(slots=True)
class Organization:
    """A customer, or a stand-in for a free mail provider; `owner_id` is the account's owner."""

    id: int
    name: str
    domains: list[str]
    created_at: int
    updated_at: int
    plan: str | None = None
    mrr: int = 0
    region: str = "US"
    uuid: str = ""
    project_id: int = 0
    project: str = ""
    content_warning: str | None = None
    notes: str | None = None
    owner_id: int | None = None
    freemail: bool = False
    tags: list[str] = field(default_factory=list)


@dataclass(slots=True)
class User:
    """A person at the desk or a customer; `role` as Zendesk names it, `role_type` 1 = light."""

    id: int
    name: str
    email: str
    role: str
    created_at: int
    updated_at: int
    organization_id: int | None = None
    role_type: int | None = None
    group_id: int | None = None
    job: str | None = None
    notes: str | None = None
    true_organization_id: int | None = None
    only_private_comments: bool = False


@dataclass(slots=True)
class Group:
    """A team's queue and the target areas that are routed to it."""

    id: int
    name: str
    areas: tuple[str, ...]
    created_at: int


@dataclass(slots=True, frozen=True)
class Via:
    """How a ticket or comment came in; address and name only for mail (samples: via.source)."""

    channel: str
    address: str | None = None
    name: str | None = None
    rel: str | None = None
    source_id: int | None = None


@dataclass(slots=True)
class Attachment:
    """A file on a comment; `content` is served below /attachments/token/."""

    id: int
    file_name: str
    content_type: str
    content: bytes
    token: str
    width: int | None = None
    height: int | None = None


@dataclass(slots=True)
class Comment:
    """One message of a thread; `body` is plain text, `html` overrides the HTML made from it."""

    id: int
    at: int
    author_id: int
    body: str
    public: bool
    audit_id: int
    via: Via
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(slots=True)
class Audit:
    """One change of a ticket; events are Comments or ready-made event objects (api.md §4)."""

    id: int
    at: int
    author_id: int
    via: Via
    events: list[Comment | Json]
    custom: Json = field(default_factory=dict)


class Beat(NamedTuple):
    """One line of a ticket's script: who says what and when, and the status afterwards."""

    at: int
    voice: Voice
    text: str
    public: bool = True
    status: str | None = None
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(slots=True)
class Thread:
    """What happened to one ticket: comments, audits and the status after each moment."""

    comments: list[Comment] = field(default_factory=list)
    audits: list[Audit] = field(default_factory=list)
    statuses: list[tuple[int, str]] = field(default_factory=list)
    serial: int = 0


@dataclass(slots=True)
class Ticket:
    """A ticket; its thread is written when first asked for, from `script` or by lot."""

    id: int
    subject: str
    description: str
    status: str
    priority: str | None
    requester_id: int
    organization_id: int | None
    group_id: int | None
    assignee_id: int | None
    created_at: int
    updated_at: int
    via: Via
    tags: list[str]
    custom: dict[int, Any]
    comment_count: int
    script: tuple[Beat, ...] = ()
    thread: Thread | None = None
    type: str | None = None
    submitter_id: int | None = None
    external_id: str | None = None
    due_at: int | None = None
    solved_at: int | None = None
    satisfaction: str | None = None
    rating_comment: str | None = None
    followup_source_id: int | None = None
    followup_ids: list[int] = field(default_factory=list)
    created_status: str = "new"
    recipient: str | None = None
    problem_id: int | None = None
    email_cc_ids: list[int] = field(default_factory=list)
    follower_ids: list[int] = field(default_factory=list)
    merged_into: int | None = None
    archived: bool = False
    system_at: int = 0

    @property
    def generated_at(self) -> int:
        """`generated_timestamp`: moves on system updates, too, which updated_at does not."""
        return max(self.updated_at, self.system_at)
