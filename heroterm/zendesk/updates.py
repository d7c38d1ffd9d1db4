"""Bodies of writes: public or internal always said, marker and stamp always there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import MARKER, NOBODY, Changes, InternalNote, PublicReply

_SINGLE = "status priority type assignee_id group_id organization_id custom_status_id macro_id"
_BOOLEANS = {"true": True, "false": False}


def update_body(
    comment: PublicReply | InternalNote | None,
    changes: Changes,
    stamp: str,
    marker: str,
    uploads: Sequence[str],
) -> dict[str, Any]:
    """What `PUT tickets/{id}` is sent (api.md §2; outbox.md §3, step 9).

    `public` is never left out: its default is inherited from the ticket's history, and a note
    could become a mail to the customer.
    """
    guard = {"safe_update": True, "updated_stamp": stamp}
    return {"ticket": {**_marked(marker), **guard, **_said(comment, uploads), **_fields(changes)}}


def creation_body(
    new: NewTicket,
    comment: PublicReply | InternalNote,
    changes: Changes,
    marker: str,
    uploads: Sequence[str],
) -> dict[str, Any]:
    """What `POST tickets` is sent: the same bytes each time, as its idempotency key demands."""
    ticket = {
        **_marked(marker),
        "subject": new.subject,
        "requester": {"email": new.to_address, "name": new.to_name or new.to_address},
        **_said(comment, uploads),
        **_fields(changes),
    }
    if changes.add_tags:
        ticket["tags"] = ticket.pop("additional_tags")
    # There is nothing to take away yet, and no ticket that a macro could have proposed it for.
    for name in ("remove_tags", "macro_id"):
        ticket.pop(name, None)
    if new.follows_up is not None:
        ticket["via_followup_source_id"] = new.follows_up
    return {"ticket": ticket}


def _marked(marker: str) -> dict[str, Any]:
    return {"metadata": {MARKER: marker, "heroterm_v": 1}}


def _said(comment: PublicReply | InternalNote | None, uploads: Sequence[str]) -> dict[str, Any]:
    if comment is None:
        return {}
    said: dict[str, Any] = {"body": comment.body, "public": isinstance(comment, PublicReply)}
    return {"comment": {**said, "uploads": list(uploads)} if uploads else said}


def _fields(changes: Changes) -> dict[str, Any]:
    said = {name: getattr(changes, name) for name in _SINGLE.split()}
    sent: dict[str, Any] = {
        name: None if value == NOBODY and name in ("assignee_id", "group_id") else value
        for name, value in said.items()
        if value is not None
    }
    if changes.add_tags:
        sent["additional_tags"] = list(changes.add_tags)
    if changes.remove_tags:
        sent["remove_tags"] = list(changes.remove_tags)
    if changes.custom_fields:
        sent["custom_fields"] = [
            {"id": id_, "value": _BOOLEANS.get(value, value or None)}
            for id_, value in changes.custom_fields
        ]
    copies = [("put", one) for one in changes.add_ccs]
    copies += [("delete", one) for one in changes.remove_ccs]
    if copies:
        sent["email_ccs"] = [{"user_email": one, "action": action} for action, one in copies]
    return sent
