"""The body of a ticket update: public or internal always said, marker and stamp always there."""

from __future__ import annotations

from typing import Any

from heroterm.domain.outbox import MARKER, Changes, InternalNote, PublicReply


def update_body(
    comment: PublicReply | InternalNote | None, changes: Changes, stamp: str, marker: str
) -> dict[str, Any]:
    """What `PUT tickets/{id}` is sent (api.md §2; outbox.md §3, step 9).

    `public` is never left out: its default is inherited from the ticket's history, and a note
    could become a mail to the customer.
    """
    ticket: dict[str, Any] = {
        "metadata": {MARKER: marker, "heroterm_v": 1},
        "safe_update": True,
        "updated_stamp": stamp,
    }
    match comment:
        case PublicReply(words):
            ticket["comment"] = {"body": words, "public": True}
        case InternalNote(words):
            ticket["comment"] = {"body": words, "public": False}
        case None:
            pass
    named = ("status", "priority", "assignee_id", "group_id", "organization_id")
    ticket |= {name: getattr(changes, name) for name in named if getattr(changes, name) is not None}
    if changes.add_tags:
        ticket["additional_tags"] = list(changes.add_tags)
    if changes.remove_tags:
        ticket["remove_tags"] = list(changes.remove_tags)
    return {"ticket": ticket}
