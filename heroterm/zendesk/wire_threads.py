"""Comments, attachments and audits as Zendesk sends them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import Field

from heroterm.domain.text import storable
from heroterm.domain.ticket import Attachment, Audit, Comment
from heroterm.zendesk.html import worded
from heroterm.zendesk.made import BODY_CAP, address_of, channel_of, moment
from heroterm.zendesk.wire import AnyId, Body, Count, From, Id, Source, Text, Via, Wire

_COPIES = ("EmailCcChange", "CollaboratorChange")
"""Events of another kind that say who else gets copies; their lists are looked up elsewhere."""
_NUMBER = re.compile(r"#(\d{1,18})")


class BothEnds(Source):
    """`via.source` with where it went, which merges name."""

    receiver: From | None = Field(None, alias="to")


class CommentVia(Via):
    """How a comment arrived."""

    source: BothEnds | None = None


class AttachmentWire(Wire):
    """A file on a comment."""

    id: Id
    file_name: Text | None = None
    content_url: Text | None = None
    content_type: Text | None = None
    size: Count | None = None
    inline: bool | None = None
    malware_scan_result: Text | None = None

    def to_domain(self) -> Attachment:
        """As an attachment."""
        return Attachment(
            self.id,
            self.file_name or "(no name)",
            self.content_url or "",
            self.content_type or "",
            self.size or 0,
            bool(self.inline),
            self.malware_scan_result or "",
        )


class CommentWire(Wire):
    """A comment: words from the plain body first, links and quotes from the HTML (html.py)."""

    id: Id
    author_id: AnyId | None = None
    public: bool | None = None
    body: Body | None = None
    plain_body: Body | None = None
    html_body: Body | None = None
    created_at: str | None = None
    via: CommentVia | None = None
    attachments: list[AttachmentWire] | None = None
    audit_id: AnyId | None = None

    def to_domain(self, ticket_id: int) -> Comment:
        """As a comment of a ticket. Raises ValueError when it has no moment."""
        at = moment(self.created_at)
        if at is None:
            raise ValueError("created_at is no moment")
        body, read = worded(self.plain_body or self.body or "", self.html_body or "")
        via = self.via or CommentVia()
        return Comment(
            id=self.id,
            ticket_id=ticket_id,
            author_id=self.author_id,
            public=bool(self.public),
            body=body[:BODY_CAP],
            created_at=at,
            channel=channel_of(via),
            from_address=address_of(via),
            attachments=tuple(item.to_domain() for item in self.attachments or ()),
            audit_id=self.audit_id,
            truncated=len(body) > BODY_CAP,
            links=read.links,
            images=read.images,
            html_left_out=len(self.html_body or "") > BODY_CAP,
            merged_ticket_id=_merged(via, body),
        )


def _merged(via: CommentVia, body: str) -> int | None:
    """The other ticket of a merge: as `via` names it, else the first number in the words."""
    source = via.source
    if source is None or source.rel != "merge":
        return None
    for side in (source.sender, source.receiver):
        if side is not None and side.ticket_id is not None:
            return side.ticket_id
    found = _NUMBER.search(body)
    return int(found[1]) if found else None


class EventWire(Wire):
    """One event of an audit, as far as it is used."""

    id: AnyId | None = None
    type: str | None = None
    author_id: AnyId | None = None
    public: bool | None = None
    field_name: str | None = None
    value: Any = None
    previous_value: Any = None

    def changes(self) -> Iterator[tuple[str, str, str]]:
        """The field that it changed, with its value before and after."""
        if self.type in _COPIES:
            yield "email_cc_ids", "", ""
        elif self.type == "Change" and self.field_name:
            before, after = str(self.previous_value or ""), str(self.value or "")
            yield self.field_name, storable(before), storable(after)


class AuditMetadata(Wire):
    """`audit.metadata`: what the writer put there comes back under `custom`."""

    custom: dict[str, Any] | None = None


class AuditWire(Wire):
    """One audit."""

    id: Id
    created_at: str | None = None
    author_id: AnyId | None = None
    metadata: AuditMetadata | None = None
    events: list[EventWire] | None = None
    via: Via | None = None

    def to_domain(self, marker_key: str) -> Audit:
        """As an audit. Raises ValueError when it has no moment."""
        at = moment(self.created_at)
        if at is None:
            raise ValueError("created_at is no moment")
        custom = (self.metadata.custom if self.metadata else None) or {}
        marker = custom.get(marker_key)
        events = self.events or []
        said = [e for e in events if e.type in ("Comment", "VoiceComment") and e.id is not None]
        others = (e.author_id for e in said if e.author_id not in (None, self.author_id))
        return Audit(
            id=self.id,
            created_at=at,
            author_id=self.author_id,
            marker=str(marker) if marker is not None else None,
            comments=tuple((e.id, bool(e.public)) for e in said if e.id is not None),
            changes=tuple(each for event in events for each in event.changes()),
            channel=channel_of(self.via),
            writer_id=next(others, None),
        )
