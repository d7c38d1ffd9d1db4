"""Zendesk's JSON as lean pydantic models, each with its way into the domain.

Only fields that are used are declared; nearly all may be null, whatever the documentation says
(api.md §2). Strings are made storable here: lone surrogates and NUL would break the mirror.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from heroterm.domain.text import STORED_LIMIT, storable
from heroterm.domain.ticket import SlaClock, Ticket

if TYPE_CHECKING:
    from heroterm.zendesk.wire_bulk import FieldRow, TicketRow, ViaRow

BODY_CAP = STORED_LIMIT
"""Characters of a comment's body that are kept."""
LARGEST_ID = 2**63 - 1
_NOT_ASKED = "unoffered"
"""A score that only says that nobody was asked."""


def _kept(text: str) -> str:
    """Storable text; nearly all of it is plain and short, and is seen to be so at once."""
    if len(text) <= STORED_LIMIT and text.isascii() and "\0" not in text:
        return text
    return storable(text)


Text = Annotated[str, AfterValidator(_kept)]
Body = Annotated[str, AfterValidator(lambda s: storable(s, BODY_CAP + 1))]
"""Text that keeps one character past the cap, so that a cut can be told from a fit."""
Id = Annotated[int, Field(strict=True, gt=0, le=LARGEST_ID)]
AnyId = Annotated[int, Field(strict=True, ge=-(2**63), le=LARGEST_ID)]
Count = AnyId
"""A number that SQLite can hold: a longer one refuses its row, not the whole page (faults 25)."""


class Wire(BaseModel):
    """Base of the models: unknown keys are ignored, numbers are not made of text."""

    model_config = ConfigDict(extra="ignore", frozen=True)


def moment(text: str | None) -> datetime | None:
    """A timestamp as an aware datetime in UTC; None for null, nonsense and `0000-00-00`."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is UTC:
            return found
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class From(Wire):
    """Where a message came from."""

    address: Text | None = None
    ticket_id: AnyId | None = None


class Source(Wire):
    """`via.source`."""

    sender: From | None = Field(None, alias="from")
    rel: Text | None = None


class Via(Wire):
    """How a ticket or a comment arrived."""

    channel: str | int | None = None
    source: Source | None = None


class FieldWire(Wire):
    """A custom field's value: text, number, truth, list or nothing."""

    id: AnyId
    value: Any = None


class ClockWire(Wire):
    """One entry of `slas.policy_metrics`."""

    metric: Text
    stage: Text
    breach_at: str | None = None

    def to_domain(self) -> SlaClock:
        """As a clock; the rounded unit beside it is not even declared."""
        return SlaClock(self.metric, self.stage, moment(self.breach_at))


class SlasWire(Wire):
    """The `slas` side-load."""

    policy_metrics: list[ClockWire] = Field(default_factory=list)


class MetricSetWire(Wire):
    """The `metric_sets` side-load, as far as it is used."""

    replies: Count | None = None
    status_updated_at: str | None = None


class RatingWire(Wire):
    """`satisfaction_rating`, which is null until a survey is due (api.md §2)."""

    score: Text | None = None
    comment: Text | None = None


class TicketWire(Wire):
    """A ticket of any endpoint."""

    id: Id
    subject: Text | None = None
    raw_subject: Text | None = None
    description: Text | None = None
    status: Text | None = None
    priority: Text | None = None
    type: Text | None = None
    created_at: str | None = None
    updated_at: str | None = None
    via: Via | None = None
    requester_id: AnyId | None = None
    submitter_id: AnyId | None = None
    assignee_id: AnyId | None = None
    group_id: AnyId | None = None
    organization_id: AnyId | None = None
    tags: list[Text] | None = None
    custom_fields: list[FieldWire] | None = None
    custom_status_id: AnyId | None = None
    comment_count: Count | None = None
    email_cc_ids: list[AnyId] | None = None
    followup_ids: list[AnyId] | None = None
    slas: SlasWire | None = None
    metric_set: MetricSetWire | None = None
    generated_timestamp: Count | None = None
    satisfaction_rating: RatingWire | None = None
    ticket_form_id: AnyId | None = None
    metric_events: Any = None
    """Read apart (wire_sla): one that does not fit must not cost its ticket."""

    def to_domain(self) -> Ticket:
        """As a ticket. Raises ValueError when it has no moment of its last update."""
        return ticket_of(self)


def ticket_of(row: TicketWire | TicketRow) -> Ticket:
    """A ticket from either kind of row. Raises ValueError as `TicketWire.to_domain`."""
    updated = moment(row.updated_at)
    if updated is None or row.updated_at is None:
        raise ValueError("updated_at is no moment")
    via, rating, metrics = row.via, row.satisfaction_rating, row.metric_set
    score = rating.score if rating is not None else None
    return Ticket(
        id=row.id,
        subject=row.subject or row.raw_subject or "",
        status=row.status or "open",
        created_at=moment(row.created_at) or updated,
        updated_at=updated,
        updated_stamp=row.updated_at,
        description=(row.description or "")[:BODY_CAP],
        priority=row.priority,
        type=row.type,
        channel=channel_of(via),
        from_address=address_of(via),
        requester_id=row.requester_id,
        submitter_id=row.submitter_id,
        assignee_id=row.assignee_id,
        group_id=row.group_id,
        organization_id=row.organization_id,
        tags=tuple(row.tags or ()),
        custom_fields=_values(row.custom_fields or ()),
        custom_status_id=row.custom_status_id,
        comment_count=row.comment_count,
        email_cc_ids=tuple(row.email_cc_ids or ()),
        followup_ids=tuple(row.followup_ids or ()),
        via_followup_source_id=followed_by(via),
        slas=None
        if row.slas is None
        else tuple([clock.to_domain() for clock in row.slas.policy_metrics]),
        generated_timestamp=row.generated_timestamp,
        replies=metrics.replies if metrics is not None else None,
        satisfaction=None if score == _NOT_ASKED else score,
        satisfaction_comment=rating.comment if rating is not None else None,
        form_id=row.ticket_form_id,
        status_since=moment(metrics.status_updated_at) if metrics is not None else None,
    )


def channel_of(via: Via | ViaRow | None) -> str | None:
    """The name of the channel in which something arrived."""
    return None if via is None or via.channel is None else str(via.channel)


def address_of(via: Via | ViaRow | None) -> str | None:
    """The address that mail really came from."""
    source = None if via is None else via.source
    return source.sender.address if source is not None and source.sender is not None else None


def followed_by(via: Via | ViaRow | None) -> int | None:
    """The ticket that this one follows up."""
    source = None if via is None else via.source
    if source is None or source.rel != "follow_up" or source.sender is None:
        return None
    return source.sender.ticket_id


def _values(fields: Sequence[FieldWire | FieldRow]) -> tuple[tuple[int, str], ...]:
    made = []
    for field in fields:
        value = as_text(field.value)
        if value:
            made.append((field.id, value))
    return tuple(made)


def as_text(value: Any) -> str:
    """A custom value as text: lists joined, truth as Zendesk writes it; "" for null and NaN."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(as_text, value)))
    if isinstance(value, str):
        return _kept(value)
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return storable(str(value).lower() if isinstance(value, bool) else str(value))


class MetaWire(Wire):
    """Cursor paging: stop on `has_more`, never on a missing link (api.md §0, fact 8)."""

    has_more: bool = False
    after_cursor: Text | None = None
