"""Rows as domain values again."""

from __future__ import annotations

import json
import sqlite3

from heroterm.domain.ticket import (
    Attachment,
    Comment,
    Macro,
    Organization,
    Person,
    SlaClock,
    Ticket,
)
from heroterm.mirror.decoding import known_moment, moment, numbers, pairs, texts


def clocks(packed: str | None) -> tuple[SlaClock, ...] | None:
    """Clocks as encoding.clocks_text wrote them."""
    if packed is None:
        return None
    return tuple(SlaClock(metric, stage, moment(at)) for metric, stage, at in json.loads(packed))


def estimates(packed: str) -> tuple[SlaClock, ...]:
    """Clocks as encoding.estimates_text wrote them."""
    return tuple(
        SlaClock(metric, stage, moment(at), target_seconds=seconds, estimated=True, late=late)
        for metric, stage, at, seconds, late in json.loads(packed)
    )


def ticket_of(row: sqlite3.Row) -> Ticket:
    """A ticket from a row of `ticket` with `description` beside it."""
    return Ticket(
        id=row["id"],
        subject=row["subject"],
        status=row["status"],
        created_at=known_moment(row["created_at"]),
        updated_at=known_moment(row["updated_at"]),
        updated_stamp=row["updated_stamp"],
        description=row["description"],
        priority=row["priority"],
        type=row["type"],
        channel=row["channel"],
        from_address=row["from_address"],
        requester_id=row["requester_id"],
        submitter_id=row["submitter_id"],
        assignee_id=row["assignee_id"],
        group_id=row["group_id"],
        organization_id=row["organization_id"],
        tags=texts(row["tags"]),
        custom_fields=tuple((id_, value) for id_, value in json.loads(row["custom_fields"])),
        custom_status_id=row["custom_status_id"],
        comment_count=row["comment_count"],
        email_cc_ids=numbers(row["email_cc_ids"]),
        followup_ids=numbers(row["followup_ids"]),
        via_followup_source_id=row["via_followup_source_id"],
        slas=clocks(row["slas"]),
        generated_timestamp=row["generated_timestamp"],
        replies=row["replies"],
        satisfaction=row["satisfaction"],
        satisfaction_comment=row["satisfaction_comment"],
        form_id=row["form_id"],
        status_since=moment(row["status_since"]),
    )


def comment_of(row: sqlite3.Row) -> Comment:
    """A comment from a row of `comment`."""
    return Comment(
        id=row["id"],
        ticket_id=row["ticket_id"],
        author_id=row["author_id"],
        public=bool(row["public"]),
        body=row["body"],
        created_at=known_moment(row["created_at"]),
        channel=row["channel"],
        from_address=row["from_address"],
        attachments=tuple(Attachment(*fields) for fields in json.loads(row["attachments"])),
        audit_id=row["audit_id"],
        truncated=bool(row["truncated"]),
        links=pairs(row["links"]),
        images=texts(row["images"]),
        html_left_out=bool(row["html_left_out"]),
        merged_ticket_id=row["merged_ticket_id"],
    )


def person_of(row: sqlite3.Row) -> Person:
    """A person from a row of `person`."""
    return Person(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        role=row["role"],
        organization_id=row["organization_id"],
        suspended=bool(row["suspended"]),
        time_zone=row["time_zone"],
        external_id=row["external_id"],
    )


def organization_of(row: sqlite3.Row) -> Organization:
    """An organization from a row of `organization`."""
    return Organization(
        id=row["id"],
        name=row["name"],
        domain_names=texts(row["domain_names"]),
        plan=row["plan"],
        mrr=row["mrr"],
        content_warning=row["content_warning"],
        notes=row["notes"],
        tags=texts(row["tags"]),
        external_id=row["external_id"],
    )


def macro_of(row: sqlite3.Row) -> Macro:
    """A macro from a row of `macro`."""
    actions = tuple((field, value) for field, value in json.loads(row["actions"]))
    return Macro(row["id"], row["title"], actions, row["description"])
