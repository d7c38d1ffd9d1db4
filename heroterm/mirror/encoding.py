"""Domain values as columns: times as epoch seconds, lists as JSON, and what cannot be stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from heroterm.domain.ticket import (
        Attachment,
        Comment,
        Macro,
        Organization,
        Person,
        SlaClock,
        Ticket,
    )

LARGEST = 2**63 - 1
"""The largest number that a column holds."""
REFUSED_BY_SQLITE = (OverflowError, UnicodeEncodeError)
"""What a statement raises for a value that `unstorable` names."""
_NOTHING = "[]"
_ENCODE = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def epoch(moment: datetime) -> int:
    """Epoch seconds of an aware moment. Raises ValueError for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return int(moment.timestamp())


def packed(values: Iterable[object]) -> str:
    """A list as JSON text; not escaped, so that `unstorable` sees what is in it."""
    if not (kept := list(values)):
        return _NOTHING
    return _ENCODE(kept)


def unstorable(columns: Sequence[Any]) -> str:
    """Why a row cannot be stored, or "": a number beyond 63 bits, text with a broken character."""
    for value in columns:
        kind = type(value)
        if kind is str:
            if not value.isascii() and _broken(value):
                return "a text holds half a character"
        elif kind is int and not -LARGEST <= value <= LARGEST:
            return f"the number {str(value)[:24]} is too large"
    return ""


def _broken(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def packed_texts(texts: Sequence[str]) -> str:
    """`packed` for texts; nearly all of them hold nothing that JSON would escape."""
    if not texts:
        return _NOTHING
    plain = '","'.join(texts)
    if plain.isprintable() and "\\" not in plain and plain.count('"') == 2 * (len(texts) - 1):
        return f'["{plain}"]'
    return packed(texts)


TICKET_COLUMNS = (
    "id subject status created_at updated_at updated_stamp priority type channel from_address "
    "requester_id submitter_id assignee_id group_id organization_id tags custom_fields "
    "custom_status_id comment_count email_cc_ids followup_ids via_followup_source_id slas "
    "generated_timestamp replies satisfaction satisfaction_comment form_id "
    "status_since"
).split()
"""Columns of a ticket's own fields, in the order of `ticket_columns`."""


def ticket_columns(ticket: Ticket) -> tuple[object, ...]:
    """A ticket's own fields; its description is kept with the words that are searched."""
    t = ticket
    return (
        t.id,
        t.subject,
        t.status,
        epoch(t.created_at),
        epoch(t.updated_at),
        t.updated_stamp,
        t.priority,
        t.type,
        t.channel,
        t.from_address,
        t.requester_id,
        t.submitter_id,
        t.assignee_id,
        t.group_id,
        t.organization_id,
        packed_texts(t.tags),
        _fields_text(t.custom_fields),
        t.custom_status_id,
        t.comment_count,
        packed(t.email_cc_ids),
        packed(t.followup_ids),
        t.via_followup_source_id,
        clocks_text(t.slas),
        t.generated_timestamp,
        t.replies,
        t.satisfaction,
        t.satisfaction_comment,
        t.form_id,
        None if t.status_since is None else epoch(t.status_since),
    )


def _fields_text(fields: Sequence[tuple[int, str]]) -> str:
    """`packed` for pairs of an id and a value, each value quoted as JSON wants it."""
    return f"[{','.join([f'[{id_},{_quoted(value)}]' for id_, value in fields])}]"


def _quoted(text: str) -> str:
    plain = text.isprintable() and '"' not in text and "\\" not in text
    return f'"{text}"' if plain else _ENCODE(text)


def clocks_text(clocks: Sequence[SlaClock] | None) -> str | None:
    """Clocks as JSON: [metric, stage, breach_at or null] each; None when they did not come."""
    if not clocks:
        return None if clocks is None else _NOTHING
    each = [
        f"[{_pair(c.metric, c.stage)},{'null' if c.breach_at is None else epoch(c.breach_at)}]"
        for c in clocks
    ]
    return f"[{','.join(each)}]"


@lru_cache(maxsize=128)
def _pair(metric: str, stage: str) -> str:
    """Both quoted: a hundred thousand tickets share a dozen pairs."""
    return f"{_quoted(metric)},{_quoted(stage)}"


def estimates_text(clocks: Sequence[SlaClock]) -> str | None:
    """Clocks that were worked out here, as JSON; None for none."""
    if not clocks:
        return None
    return packed(
        [
            *(c.metric, c.stage, None if c.breach_at is None else epoch(c.breach_at)),
            *(c.target_seconds, c.late),
        ]
        for c in clocks
    )


def person_columns(p: Person) -> tuple[object, ...]:
    """id, name, email, role, organization_id, suspended, time_zone, external_id."""
    known = (p.id, p.name, p.email, p.role, p.organization_id, int(p.suspended))
    return (*known, p.time_zone, p.external_id)


def organization_columns(o: Organization) -> tuple[object, ...]:
    """id, name, domain_names, plan, mrr, content_warning, notes, tags, external_id."""
    names, tags = packed(o.domain_names), packed(o.tags)
    return (o.id, o.name, names, o.plan, o.mrr, o.content_warning, o.notes, tags, o.external_id)


def comment_columns(c: Comment) -> tuple[object, ...]:
    """Every column of the table `comment`, in its order."""
    return (
        *(c.id, c.ticket_id, c.author_id, int(c.public), epoch(c.created_at), c.channel),
        *(c.from_address, packed(_attachment(a) for a in c.attachments), c.audit_id),
        *(int(c.truncated), c.body),
        *(packed(c.links), packed(c.images), int(c.html_left_out), c.merged_ticket_id),
    )


def _attachment(a: Attachment) -> list[object]:
    own = [a.id, a.file_name, a.content_url, a.content_type, a.size]
    return [*own, a.inline, a.malware]


def macro_columns(m: Macro) -> tuple[object, ...]:
    """id, title, actions, description."""
    return (m.id, m.title, packed(m.actions), m.description)
