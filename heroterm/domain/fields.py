"""Custom fields that may be written from here, and what may be written into them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from heroterm.domain.text import shown
from heroterm.domain.ticket import TicketField

WRITABLE = ("text", "tagger", "checkbox", "integer", "date")
"""Types whose value is one text that goes to Zendesk as it stands."""
_SYSTEM = frozenset(
    "subject description status custom_status tickettype priority group assignee".split()
)
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_INTEGER = re.compile(r"-?\d{1,15}")
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Checked:
    """A value as it is sent; or why it cannot be, with an empty value."""

    value: str = ""
    refusal: str = ""


def own(fields: dict[int, TicketField]) -> list[TicketField]:
    """The account's own fields by title; those that every ticket has have their own keys."""
    found = [field for field in fields.values() if field.type not in _SYSTEM]
    return sorted(found, key=lambda field: (field.title.casefold(), field.id))


def why_not(field: TicketField) -> str:
    """Why a field is not written from here; empty when it is."""
    if field.type in WRITABLE:
        return ""
    title = shown(field.title, single_line=True, limit=60)
    if field.type == "multiselect":
        return (
            f"{title} takes several values, and writing it replaces them all: what a colleague "
            "chose meanwhile would be lost. Change it in Zendesk itself."
        )
    return f"{title} is of the type {field.type}, which is written in Zendesk itself."


def checked(field: TicketField, typed: str) -> Checked:
    """What was typed for a field, as it is sent; an empty text empties the field."""
    text = typed.strip()
    if not text:
        return Checked()
    match field.type:
        case "integer" if not _INTEGER.fullmatch(text):
            return Checked(refusal=f"{field.title} takes a whole number, such as 12.")
        case "date" if not _DATE.fullmatch(text):
            return Checked(refusal=f"{field.title} takes a day, such as 2026-03-09.")
        case "checkbox" if text not in ("true", "false"):
            return Checked(refusal=f"{field.title} takes yes or no.")
        case "tagger" if text not in dict(field.options):
            return Checked(refusal=f"{field.title} has no such option.")
        case "text" if len(text) > _LONGEST:
            return Checked(refusal=f"{field.title} takes at most {_LONGEST:,} letters.")
    return Checked(text)
