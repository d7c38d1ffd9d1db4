"""Rows of Zendesk as domain values, whichever way they were read.

A row is a model of `wire` and its like, or a row of `wire_bulk`: both have the same fields, so
what they mean is said once, here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from heroterm.domain.text import STORED_LIMIT, storable
from heroterm.domain.ticket import Group, Organization, Person, SlaClock, Ticket
from heroterm.zendesk.pages import OrganizationFields

BODY_CAP = STORED_LIMIT
"""Characters of a comment's body that are kept."""
LARGEST_ID = 2**63 - 1
_NOT_ASKED = "unoffered"
"""A score that only says that nobody was asked."""


def kept(text: str) -> str:
    """Storable text; nearly all of it is plain and short, and is seen to be so at once."""
    if len(text) <= STORED_LIMIT and text.isascii() and "\0" not in text:
        return text
    return storable(text)


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


def ticket_of(row: Any) -> Ticket:
    """A ticket. Raises ValueError when it has no moment of its last update."""
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
        else tuple([clock_of(each) for each in row.slas.policy_metrics]),
        generated_timestamp=row.generated_timestamp,
        replies=metrics.replies if metrics is not None else None,
        satisfaction=None if score == _NOT_ASKED else score,
        satisfaction_comment=rating.comment if rating is not None else None,
        form_id=row.ticket_form_id,
        status_since=moment(metrics.status_updated_at) if metrics is not None else None,
    )


def clock_of(row: Any) -> SlaClock:
    """A clock; the rounded unit beside its moment is not even declared."""
    return SlaClock(row.metric, row.stage, moment(row.breach_at))


def channel_of(via: Any) -> str | None:
    """The name of the channel in which something arrived."""
    return None if via is None or via.channel is None else str(via.channel)


def address_of(via: Any) -> str | None:
    """The address that mail really came from."""
    source = None if via is None else via.source
    return source.sender.address if source is not None and source.sender is not None else None


def followed_by(via: Any) -> int | None:
    """The ticket that this one follows up."""
    source = None if via is None else via.source
    if source is None or source.rel != "follow_up" or source.sender is None:
        return None
    ticket_id: int | None = source.sender.ticket_id
    return ticket_id


def _values(fields: Iterable[Any]) -> tuple[tuple[int, str], ...]:
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
        return kept(value)
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return storable(str(value).lower() if isinstance(value, bool) else str(value))


def person_of(row: Any) -> Person:
    """A person."""
    return Person(
        row.id,
        row.name or "(no name)",
        row.email,
        row.role or "end-user",
        row.organization_id,
        bool(row.suspended),
        row.iana_time_zone or "",
        as_text(row.external_id) or None,
    )


def organization_of(row: Any, keys: OrganizationFields) -> Organization:
    """An organization; which field is which is said by the config."""
    fields = row.organization_fields or {}

    def text(key: str) -> str | None:
        return as_text(fields.get(key)) or None

    return Organization(
        row.id,
        row.name or "(no name)",
        tuple(row.domain_names or ()),
        text(keys.plan),
        text(keys.mrr),
        text(keys.content_warning),
        row.notes,
        tuple(row.tags or ()),
        as_text(row.external_id) or None,
    )


def group_of(row: Any) -> Group:
    """A group."""
    return Group(row.id, row.name or "(no name)")
