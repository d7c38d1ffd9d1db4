"""What is different about a ticket since somebody looked at it, field by field (features C12)."""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.domain.ticket import Ticket

_FIELDS = (
    "status",
    "priority",
    "type",
    "subject",
    "assignee_id",
    "group_id",
    "organization_id",
    "requester_id",
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field; its values as text, "" for none. For tags: what went, and what came."""

    field: str
    before: str
    after: str


def field_changes(before: Ticket, after: Ticket) -> tuple[FieldChange, ...]:
    """Every field that a person would notice, in the order of their weight."""
    found = [
        FieldChange(name, _text(getattr(before, name)), _text(getattr(after, name)))
        for name in _FIELDS
        if getattr(before, name) != getattr(after, name)
    ]
    gone = [tag for tag in before.tags if tag not in after.tags]
    came = [tag for tag in after.tags if tag not in before.tags]
    return (*found, *([FieldChange("tags", " ".join(gone), " ".join(came))] if gone + came else []))


def _text(value: object) -> str:
    return "" if value is None else str(value)
