"""Keys of Zendesk's search that the mirror does not answer, and what to write instead."""

from __future__ import annotations

_ORDER = "hits come in an order of their own, so it was left out; a queue can be sorted"
_SERVER = "heroterm search --server asks Zendesk"
_INSTEAD = {
    "order_by": _ORDER,
    "sort": _ORDER,
    "commenter": f"who wrote is not searched here; write requester: or assignee:, or {_SERVER}",
    "cc": f"copies are not searched here; write requester:, or {_SERVER}",
    "submitter": f"who filed it is not searched here; write requester:, or {_SERVER}",
    "due_date": "a task's day is not searched here; due:<4h asks when an SLA target breaches",
    "brand": f"brands are not searched here; write group: or tags:, or {_SERVER}",
    "form": f"forms are not searched here; write tags:, or {_SERVER}",
    "fieldvalue": f"fields are not searched here; write tags:, or {_SERVER}",
    "custom_field": f"fields are not searched here; write tags:, or {_SERVER}",
    "external_id": f"it is not searched here; {_SERVER}",
    "has_attachment": f"attachments are not searched here; {_SERVER}",
    "satisfaction": f"ratings are not searched here; csat:<1d asks who is asked soon, or {_SERVER}",
}


def without_effect(key: str) -> bool:
    """Whether leaving the key out finds the same tickets: it asks for an order only."""
    return _INSTEAD.get(key) == _ORDER


def elsewhere(raw: str, key: str) -> str:
    """A sentence about such a part of a line, and what to write instead; "" for any other key."""
    name = "custom_field" if key.startswith("custom_field_") else key
    return f"{raw}: {_INSTEAD[name]}." if name in _INSTEAD else ""
