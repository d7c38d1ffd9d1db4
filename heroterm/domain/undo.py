"""Taking back a field change that was sent: the inverse change, or why there is none.

A reply cannot be taken back once it is sent; a field can, as long as nobody has touched it since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from heroterm.domain.deeds import Deed, NewTicket, OrganizationText, PersonOrganization
from heroterm.domain.outbox import NOBODY, SENT, Changes, Intent
from heroterm.domain.ticket import Ticket

SINGLE = ("status", "priority", "type", "assignee_id", "group_id", "organization_id")
"""Fields of `Changes` that hold one value of the ticket, under the same name."""
WORDS = {
    "status": "status",
    "priority": "priority",
    "type": "type",
    "assignee_id": "assignee",
    "group_id": "group",
    "organization_id": "organization",
    "custom_status_id": "status",
}
"""What a person calls them."""
_TAGS = "tags"
_PEOPLE = ("assignee_id", "group_id")
_NEVER_EMPTY: dict[str, object] = {"priority": "", "type": "", "organization_id": NOBODY}
"""Zendesk does not take these back to nothing (api.md §2); how an inverse says "nothing"."""


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes an intent back: changes or a deed; or only the reason why nothing can."""

    changes: Changes = field(default_factory=Changes)
    deed: Deed | None = None
    refusal: str = ""


def inverse_of(changes: Changes, ticket: Ticket) -> Changes:
    """What would bring `ticket`, as it is before `changes`, back to how it is now."""
    values: dict[str, Any] = {}
    for name in SINGLE:
        wanted, now = getattr(changes, name), getattr(ticket, name)
        if wanted is not None and (wanted or None) != now:
            values[name] = now if now is not None else _NEVER_EMPTY.get(name, NOBODY)
    had, had_fields = set(ticket.tags), dict(ticket.custom_fields)
    kept = [(id_, had_fields.get(id_, "")) for id_, _ in changes.custom_fields]
    wanted_fields = dict(changes.custom_fields)
    return Changes(
        **values,
        add_tags=tuple(tag for tag in changes.remove_tags if tag in had),
        remove_tags=tuple(tag for tag in changes.add_tags if tag not in had),
        custom_fields=tuple(pair for pair in kept if pair[1] != wanted_fields[pair[0]]),
        custom_status_id=ticket.custom_status_id if changes.custom_status_id else None,
    )


def undo(intent: Intent, ticket: Ticket | None) -> Undo:
    """What takes a sent intent back, with the ticket as it is now."""
    if intent.state != SENT:
        return Undo(refusal="It has not been sent: recall it instead.")
    match intent.deed:
        case PersonOrganization(person_id, organization_id, before):
            return Undo(deed=PersonOrganization(person_id, before, organization_id))
        case OrganizationText(organization_id, name, text, before):
            return Undo(deed=OrganizationText(organization_id, name, before, text))
        case NewTicket():
            return Undo(refusal="A ticket that was sent cannot be taken back.")
    return _of_fields(intent, ticket)


def _of_fields(intent: Intent, ticket: Ticket | None) -> Undo:
    inverse = intent.inverse or Changes()
    if intent.changes.empty:
        return Undo(refusal="Words that were sent cannot be taken back.")
    if ticket is None or ticket.status == "closed":
        return Undo(refusal="The ticket is closed or gone: nothing can be changed any more.")
    moved = moved_since(intent.changes, ticket)
    if moved:
        was, it = ("were", "they are") if moved == _TAGS else ("was", "it is")
        return Undo(refusal=f"The {moved} {was} changed again since; {it} left as {it}.")
    if inverse.status == "new":
        return Undo(refusal="The status was New, and Zendesk does not set it to New again.")
    stuck = [name for name, empty in _NEVER_EMPTY.items() if getattr(inverse, name) == empty]
    if stuck:
        return Undo(
            refusal=f"The {WORDS[stuck[0]]} was empty, and Zendesk does not empty it again."
        )
    if inverse.empty:
        return Undo(refusal="It changed nothing that could be taken back.")
    return Undo(inverse)


def moved_since(changes: Changes, ticket: Ticket) -> str:
    """The name of a field that no longer has what `changes` gave it; "" when all have."""
    for name in SINGLE:
        wanted = getattr(changes, name)
        if wanted is not None and (wanted or None) != getattr(ticket, name):
            return WORDS[name]
    if changes.custom_status_id not in (None, ticket.custom_status_id):
        return WORDS["custom_status_id"]
    now: Mapping[int, str] = dict(ticket.custom_fields)
    if any(now.get(id_, "") != value for id_, value in changes.custom_fields):
        return "field"
    tags = set(ticket.tags)
    if not tags.issuperset(changes.add_tags) or not tags.isdisjoint(changes.remove_tags):
        return _TAGS
    return ""


def in_words(changes: Changes) -> list[str]:
    """Changes as short words, for a list: `status pending`, `+billing`, `-old`."""
    found = []
    for each in fields(changes):
        value = getattr(changes, each.name)
        if each.name in WORDS and value is not None:
            nobody = value == NOBODY and each.name in _PEOPLE
            found.append(f"{WORDS[each.name]} {'nobody' if nobody else value}")
    found += [f"+{tag}" for tag in changes.add_tags] + [f"-{tag}" for tag in changes.remove_tags]
    found += [f"field {id_} = {value or 'empty'}" for id_, value in changes.custom_fields]
    found += [f"cc {one}" for one in changes.add_ccs]
    return found + [f"no cc {one}" for one in changes.remove_ccs]
