"""Tickets, comments and audits as Zendesk's JSON, nulls included (samples; api.md §2-§4)."""

from __future__ import annotations

import base64
import html
from typing import Any
from urllib.parse import quote

from heroterm.sandbox.clock import iso, iso_or_none
from heroterm.sandbox.materials import table
from heroterm.sandbox.people_json import API
from heroterm.sandbox.records import Attachment, Audit, Comment, Json, Thread, Ticket, Via

BRAND_ID = 360002256672
FORM_ID = 360000389592
RATING_BASE = 9_800_000_000_000
RATED = frozenset({"good", "bad"})
SYSTEM = {
    "client": "Mozilla/5.0 (practice desk)",
    "ip_address": "127.0.0.1",
    "location": "Loopback",
    "latitude": 0.0,
    "longitude": 0.0,
}


def ticket_json(ticket: Ticket, root: str) -> Json:
    """A ticket without side-loads."""
    fields = [{"id": key, "value": value} for key, value in ticket.custom.items()]
    return {
        **_never_set(),
        "collaborator_ids": [*ticket.email_cc_ids, *ticket.follower_ids],
        "follower_ids": list(ticket.follower_ids),
        "email_cc_ids": list(ticket.email_cc_ids),
        "problem_id": ticket.problem_id,
        "url": f"{root}{API}/tickets/{ticket.id}.json",
        "id": ticket.id,
        "external_id": ticket.external_id,
        "via": ticket_via_json(ticket, root),
        "created_at": iso(ticket.created_at),
        "updated_at": iso(ticket.updated_at),
        "generated_timestamp": ticket.generated_at,
        "type": ticket.type,
        "subject": ticket.subject,
        "raw_subject": ticket.subject,
        "description": ticket.description,
        "priority": ticket.priority,
        "status": ticket.status,
        "recipient": ticket.recipient,
        "requester_id": ticket.requester_id,
        "submitter_id": ticket.submitter_id or ticket.requester_id,
        "assignee_id": ticket.assignee_id,
        "organization_id": ticket.organization_id,
        "group_id": ticket.group_id,
        "due_at": iso_or_none(ticket.due_at),
        "tags": list(ticket.tags),
        "custom_fields": fields,
        "satisfaction_rating": _satisfaction(ticket),
        "custom_status_id": custom_status(ticket.status),
        "encoded_id": base64.b32encode(ticket.id.to_bytes(5, "big")).decode(),
        "fields": fields,
        "followup_ids": list(ticket.followup_ids),
    }


def _never_set() -> Json:
    return {
        "forum_topic_id": None,
        "satisfaction_probability": None,
        "has_incidents": False,
        "is_public": True,
        "sharing_agreement_ids": [],
        "ticket_form_id": FORM_ID,
        "brand_id": BRAND_ID,
        "allow_channelback": False,
        "allow_attachments": True,
        "from_messaging_channel": False,
        "support_type": "agent",
    }


def _satisfaction(ticket: Ticket) -> Json | None:
    if ticket.satisfaction not in RATED:
        return {"score": ticket.satisfaction} if ticket.satisfaction else None
    comment = ticket.rating_comment
    return {"id": rating_id(ticket), "score": ticket.satisfaction, "comment": comment}


def rating_id(ticket: Ticket) -> int:
    """The id of the ticket's satisfaction rating."""
    return RATING_BASE + ticket.id


def custom_status(status: str) -> int | None:
    """The custom status of a status; closed tickets keep that of solved ones."""
    rows = table("desk")["custom_status"]
    category = "solved" if status == "closed" else status
    return next((row["id"] for row in rows if row["category"] == category), None)


def ticket_via_json(ticket: Ticket, root: str) -> Json:
    """How a ticket came in; for mail with both addresses."""
    shape = via_json(ticket.via)
    if ticket.via.channel == "email":
        shape["source"]["to"] = {"name": "Practice desk", "address": ticket.recipient}
    if ticket.followup_source_id:
        shape["source"]["from"] = {"ticket_id": ticket.followup_source_id}
    return shape


def via_json(via: Via) -> Json:
    """A via object (channel and source)."""
    source: dict[str, Any] = {"from": {}, "to": {}, "rel": via.rel}
    if via.channel == "email":
        source["from"] = {"address": via.address, "name": via.name}
    elif via.channel == "rule":
        source["from"] = {"id": via.source_id, "title": f"Practice {via.rel}"}
    return {"channel": via.channel, "source": source}


def html_of(comment: Comment) -> str:
    """The comment as HTML: as it came, or made from the plain text."""
    if comment.html is not None:
        return comment.html
    text = html.escape(comment.body, quote=False).replace("\n", "<br>")
    return f'<div class="zd-comment" dir="auto"><p dir="auto">{text}</p></div>'


def comment_json(comment: Comment, root: str, custom: Json | None = None) -> Json:
    """A comment; `custom` is the metadata of the audit that it belongs to."""
    return {
        "id": comment.id,
        "type": "Comment",
        "author_id": comment.author_id,
        "body": comment.body,
        "html_body": html_of(comment),
        "plain_body": comment.body,
        "public": comment.public,
        "attachments": [attachment_json(each, root) for each in comment.attachments],
        "audit_id": comment.audit_id,
        "via": via_json(comment.via),
        "created_at": iso(comment.at),
        "metadata": {"system": SYSTEM, "custom": custom or {}},
    }


def comments_json(thread: Thread, comments: list[Comment], root: str) -> list[Json]:
    """Comments with the custom metadata of their audits."""
    custom = {audit.id: audit.custom for audit in thread.audits if audit.custom}
    return [comment_json(each, root, custom.get(each.audit_id)) for each in comments]


def attachment_json(attachment: Attachment, root: str, *, thumbnail: bool = False) -> Json:
    """An attachment; pictures have a thumbnail of the same bytes."""
    name = attachment.file_name
    safe = quote(name.encode("utf-8", "replace").decode(), safe="")
    url = f"{root}/attachments/token/{attachment.token}/?name={safe}"
    shape: Json = {
        "url": f"{root}{API}/attachments/{attachment.id}.json",
        "id": attachment.id + int(thumbnail),
        "file_name": name,
        "content_url": url,
        "mapped_content_url": url,
        "content_type": attachment.content_type,
        "size": len(attachment.content),
        "width": attachment.width,
        "height": attachment.height,
        "inline": False,
        "deleted": False,
        "malware_access_override": False,
        "malware_scan_result": "malware_not_found",
    }
    if not thumbnail:
        pictures = [attachment] if attachment.width else []
        shape["thumbnails"] = [attachment_json(each, root, thumbnail=True) for each in pictures]
    return shape


def audit_json(audit: Audit, ticket_id: int, root: str) -> Json:
    """An audit: who changed what, with the custom metadata of the request that did it."""
    return {
        "id": audit.id,
        "ticket_id": ticket_id,
        "created_at": iso(audit.at),
        "author_id": audit.author_id,
        "metadata": {"system": SYSTEM, "custom": dict(audit.custom)},
        "events": [_event(each, root) for each in audit.events],
        "via": via_json(audit.via),
    }


def _event(event: Comment | Json, root: str) -> Json:
    if isinstance(event, dict):
        return event
    shape = comment_json(event, root)
    for key in ("via", "created_at", "metadata"):
        del shape[key]
    return shape
