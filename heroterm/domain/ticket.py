"""Ticket, comment, person, organization: the desk's nouns as the mirror holds them.

Times are aware datetimes in UTC with one-second resolution, as Zendesk sends them (api.md, head).
Nearly every field may be missing in real accounts (api.md §2), so `None` is an ordinary value.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from heroterm.domain.record import record

if TYPE_CHECKING:
    from heroterm.domain.sla_policy import AppliedTarget

UNSOLVED_STATUSES = ("new", "open", "pending", "hold")
"""Statuses of a ticket that still belongs to somebody's queue."""
STATUSES = (*UNSOLVED_STATUSES, "solved", "closed")
"""Every status category that Zendesk documents; others are shown as they come, never written."""
WRITABLE_STATUSES = ("open", "pending", "hold", "solved")
"""What a hero may choose when responding (handbook: Ticket Status; New is never chosen)."""
TYPES = ("question", "incident", "problem", "task")
"""Types of a ticket; a ticket may have none, and it cannot be set back to none."""
PRIORITIES = ("low", "normal", "high", "urgent")
"""Priorities from low to urgent; a ticket may have none, and it cannot be set back to none."""


@record(frozen=True, slots=True)
class Person:
    """A Zendesk user. `email` is missing for most real rows (api.md §7)."""

    id: int
    name: str
    email: str | None = None
    role: str = "end-user"
    """`end-user`, `agent` or `admin`."""
    organization_id: int | None = None
    suspended: bool = False
    time_zone: str = ""
    """IANA name, such as `Europe/Berlin`; empty where it is not known."""
    external_id: str | None = None
    """What another system of the account knows them by."""

    @property
    def staff(self) -> bool:
        """Whether this person answers tickets rather than asks."""
        return self.role in ("agent", "admin")


@record(frozen=True, slots=True)
class Organization:
    """A customer. Plan, MRR and content warning come from organization fields named in config."""

    id: int
    name: str
    """Verbatim: the VIP look-up bot is case-sensitive (handbook: MRR)."""
    domain_names: tuple[str, ...] = ()
    plan: str | None = None
    mrr: str | None = None
    content_warning: str | None = None
    notes: str | None = None
    tags: tuple[str, ...] = ()
    external_id: str | None = None
    """What the product knows it by: the id of the Admin line (ticket-formats.md)."""


@record(frozen=True, slots=True)
class Group:
    """A team that tickets are assigned to."""

    id: int
    name: str


@record(frozen=True, slots=True)
class SlaClock:
    """One target of one ticket, as the `slas` side-load gives it (api.md §4).

    `breach_at` is None while paused. The rounded unit that Zendesk adds is never kept: what is
    left is computed from `breach_at`.
    """

    metric: str
    """`first_reply_time`, `next_reply_time`, `periodic_update_time`, … as Zendesk names it."""
    stage: str
    """`active`, `paused` or `achieved`; a breach is `active` with `breach_at` in the past."""
    breach_at: datetime | None
    policy: str | None = None
    """Title of the policy behind it; None where that is not known (api.md §0, fact 3)."""
    target_seconds: int | None = None
    """How long the policy lets it take."""
    estimated: bool = False
    """Worked out here by the team's own table (domain.estimate), not told by Zendesk."""
    late: bool | None = None
    """Of a clock that ended or stands still: whether its target was missed; None: not known."""


@record(frozen=True, slots=True)
class Attachment:
    """A file on a comment; `size` in bytes. Never opened by itself."""

    id: int
    file_name: str
    content_url: str
    content_type: str
    size: int
    inline: bool = False
    """Whether the message shows it among its words."""
    malware: str = ""
    """`malware_scan_result` as it came: `malware_found`, `not_scanned`, …; "" when not said."""


@record(frozen=True, slots=True)
class Comment:
    """One message of a thread. `body` is plain text, storable, not yet made safe to show."""

    id: int
    ticket_id: int
    author_id: int | None
    public: bool
    body: str
    created_at: datetime
    channel: str | None = None
    from_address: str | None = None
    """The address that mail really came from (`via.source.from.address`)."""
    attachments: tuple[Attachment, ...] = ()
    audit_id: int | None = None
    truncated: bool = False
    """Whether the body was cut at the size cap."""
    links: tuple[tuple[str, str], ...] = ()
    """Links of its HTML, with their real targets: label and address. Not judged."""
    images: tuple[str, ...] = ()
    """Names of the pictures among its words; nothing is loaded."""
    html_left_out: bool = False
    """Its HTML was past the size cap and was not read: links hidden in it are not known."""
    merged_ticket_id: int | None = None
    """The other ticket, where a merge wrote this comment."""


@record(frozen=True, slots=True)
class Audit:
    """One update of a ticket as Zendesk recorded it (api.md §4). It never changes once made."""

    id: int
    created_at: datetime
    author_id: int | None
    """Who did it; None or below 1 for a rule or the system."""
    marker: str | None = None
    """The id of the intent that made it (`metadata.custom.heroterm_op`), if one did."""
    comments: tuple[tuple[int, bool], ...] = ()
    """Id and whether public, for each comment that it added."""
    changes: tuple[tuple[str, str, str], ...] = ()
    """Field, value before, value after."""
    channel: str | None = None
    writer_id: int | None = None
    """In whose name it writes, where an integration or an agent writes for somebody else."""


@record(frozen=True, slots=True)
class Ticket:
    """A ticket's own fields; its people, organization and comments are looked up by id."""

    id: int
    subject: str
    status: str
    created_at: datetime
    updated_at: datetime
    updated_stamp: str
    """`updated_at` byte for byte as it came: what `safe_update` compares (outbox.md §0)."""
    description: str = ""
    priority: str | None = None
    type: str | None = None
    channel: str | None = None
    from_address: str | None = None
    requester_id: int | None = None
    submitter_id: int | None = None
    assignee_id: int | None = None
    group_id: int | None = None
    organization_id: int | None = None
    tags: tuple[str, ...] = ()
    custom_fields: tuple[tuple[int, str], ...] = ()
    """Pairs of field id and its value as text; empty values left out."""
    custom_status_id: int | None = None
    comment_count: int | None = None
    email_cc_ids: tuple[int, ...] = ()
    followup_ids: tuple[int, ...] = ()
    via_followup_source_id: int | None = None
    slas: tuple[SlaClock, ...] | None = None
    """None when the answer carried no side-load; empty when no policy applies."""
    generated_timestamp: int | None = None
    replies: int | None = None
    """Public replies by agents, from the `metric_sets` side-load; None when it did not come."""
    satisfaction: str | None = None
    """`offered`, `good` or `bad`; None where no survey went out (api.md §2)."""
    satisfaction_comment: str | None = None
    form_id: int | None = None
    status_since: datetime | None = None
    """Since when it has its status, from the `metric_sets` side-load."""


@record(frozen=True, slots=True)
class Macro:
    """A Zendesk macro: a title (`::` separates categories) and the actions it would take."""

    id: int
    title: str
    actions: tuple[tuple[str, str], ...] = ()
    description: str | None = None


@record(frozen=True, slots=True)
class TicketField:
    """What a custom field is called, and its options: the stored value and its name."""

    id: int
    title: str
    type: str = "text"
    options: tuple[tuple[str, str], ...] = ()


@record(frozen=True, slots=True)
class TicketForm:
    """A form that tickets are written on."""

    id: int
    title: str


@record(frozen=True, slots=True)
class CustomStatus:
    """A status of the account's own; `label` is what agents read, `category` the status below."""

    id: int
    category: str
    label: str


@record(frozen=True, slots=True)
class Identity:
    """An address, number or account by which a person is known."""

    id: int
    person_id: int
    type: str
    value: str
    primary: bool = False
    verified: bool = False


@record(frozen=True, slots=True)
class Membership:
    """A person belongs to an organization; to several at once, of which one is the default."""

    id: int
    person_id: int
    organization_id: int
    default: bool = False


@record(frozen=True, slots=True)
class TeamMember:
    """Somebody who answers tickets belongs to a group."""

    person_id: int
    group_id: int


@record(frozen=True, slots=True)
class DeletedTicket:
    """A ticket that somebody deleted; Zendesk tells of it for 30 days (api.md §2)."""

    id: int
    actor: str
    deleted_at: datetime


@record(frozen=True, slots=True)
class ZendeskView:
    """A saved view of the account, which can serve as a queue by its id."""

    id: int
    title: str
    position: int = 0


@record(frozen=True, slots=True)
class Page:
    """One page of tickets with everything that came beside them, saved in one transaction."""

    tickets: tuple[Ticket, ...]
    people: tuple[Person, ...] = ()
    organizations: tuple[Organization, ...] = ()
    groups: tuple[Group, ...] = ()
    applied: tuple[AppliedTarget, ...] = ()
    """Targets that apply to clocks of these tickets or of others, oldest first."""
    next_cursor: str | None = None
    has_more: bool = False
    refused: tuple[str, ...] = ()
    """A sentence for each row that could not be understood; the rest of the page goes on."""
