"""Zendesk's JSON as lean pydantic models, each with its way into the domain.

Only fields that are used are declared; nearly all may be null, whatever the documentation says
(api.md §2). Strings are made storable here: lone surrogates and NUL would break the mirror.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from heroterm.domain.text import storable
from heroterm.domain.ticket import Ticket
from heroterm.zendesk.made import BODY_CAP, LARGEST_ID, kept, ticket_of

Text = Annotated[str, AfterValidator(kept)]
Body = Annotated[str, AfterValidator(lambda s: storable(s, BODY_CAP + 1))]
"""Text that keeps one character past the cap, so that a cut can be told from a fit."""
Id = Annotated[int, Field(strict=True, gt=0, le=LARGEST_ID)]
AnyId = Annotated[int, Field(strict=True, ge=-(2**63), le=LARGEST_ID)]
Count = AnyId
"""A number that SQLite can hold: a longer one refuses its row, not the whole page (faults 25)."""


class Wire(BaseModel):
    """Base of the models: unknown keys are ignored, numbers are not made of text."""

    model_config = ConfigDict(extra="ignore", frozen=True)


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


class MetaWire(Wire):
    """Cursor paging: stop on `has_more`, never on a missing link (api.md §0, fact 8)."""

    has_more: bool = False
    after_cursor: Text | None = None
