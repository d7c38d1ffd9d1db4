"""Names for the numbers in changes: people, groups, organizations, fields, as the mirror has them.

What the mirror does not know stands for itself. Names come from outside and are made safe where
they are shown.
"""

from __future__ import annotations

from functools import cached_property

from heroterm.domain.outbox import NOBODY, Changes
from heroterm.domain.undo import WORDS
from heroterm.mirror.labels import Labels
from heroterm.mirror.reader import Mirror

_NUMBERS = ("assignee_id", "group_id", "organization_id", "requester_id", "submitter_id")


class Names:
    """Looks numbers up in one mirror; None knows nothing. Raises StoreError."""

    def __init__(self, mirror: Mirror | None) -> None:
        self._mirror = mirror

    @cached_property
    def labels(self) -> Labels:
        """Titles and options of custom fields."""
        return self._mirror.labels() if self._mirror is not None else Labels({}, {}, {})

    def person(self, person_id: int) -> str:
        """A person's name."""
        found = self._mirror.person(person_id) if self._mirror is not None else None
        return found.name if found is not None else f"person {person_id}"

    def author(self, person_id: int | None) -> str:
        """Who did something; a rule or the system has no number or one below 1."""
        if person_id is None or person_id < 1:
            return "the system"
        return self.person(person_id)

    def organization(self, organization_id: int | None) -> str:
        """An organization's name."""
        if not organization_id:
            return "no organization"
        found = self._mirror.organization(organization_id) if self._mirror is not None else None
        return found.name if found is not None else f"organization {organization_id}"

    def group(self, group_id: int) -> str:
        """A group's name."""
        found = self._mirror.group(group_id) if self._mirror is not None else None
        return found.name if found is not None else f"group {group_id}"

    def number(self, field: str, id_: int) -> str:
        """What a field that holds a number stands for."""
        if id_ == NOBODY:
            return "nobody" if field != "organization_id" else "none"
        if field == "group_id":
            return self.group(id_)
        if field == "organization_id":
            return self.organization(id_)
        return self.person(id_)

    def said(self, changes: Changes) -> list[str]:
        """Wanted changes as short words: `status pending`, `assignee Ana`, `+billing`."""
        found = [
            f"{WORDS[name]} {self._value(name, value)}"
            for name, value in (
                ("status", changes.status),
                ("priority", changes.priority),
                ("type", changes.type),
                ("assignee_id", changes.assignee_id),
                ("group_id", changes.group_id),
                ("organization_id", changes.organization_id),
            )
            if value is not None
        ]
        if changes.custom_status_id:
            found.append(f"status {self.labels.status(changes.custom_status_id) or 'custom'}")
        found += [f"+{tag}" for tag in changes.add_tags] + [f"-{t}" for t in changes.remove_tags]
        for id_, value in changes.custom_fields:
            title, shown = self.labels.field(id_, value)
            found.append(f"{title}: {shown or 'empty'}")
        found += [f"copy to {one}" for one in changes.add_ccs]
        return found + [f"no copy to {one}" for one in changes.remove_ccs]

    def _value(self, name: str, value: str | int) -> str:
        return self.number(name, value) if isinstance(value, int) else value or "none"

    def titled(self, field: str) -> str:
        """What a field of a ticket is called; custom ones by their number."""
        return self.labels.field(int(field), "")[0] if field.isdigit() else WORDS.get(field, field)

    def valued(self, field: str, value: object) -> str:
        """A value of a ticket's field in words; "-" for none."""
        if value in (None, ""):
            return "-"
        if field == "custom_status_id" and isinstance(value, int):
            return self.labels.status(value) or str(value)
        if field.isdigit():
            return self.labels.field(int(field), str(value))[1]
        return self.number(field, value) if isinstance(value, int) else str(value)

    def changed(self, field: str, before: str, after: str) -> str:
        """A change that an audit tells of, in words: `status: open -> pending`."""
        if field.isascii() and field.isdigit():
            title, old = self.labels.field(int(field[:18]), before)
            return f"{title}: {old or '-'} -> {self.labels.field(int(field[:18]), after)[1] or '-'}"
        word = WORDS.get(field, field.replace("_id", ""))
        return f"{word}: {self._of(field, before)} -> {self._of(field, after)}"

    def _of(self, field: str, value: str) -> str:
        if field in _NUMBERS and value.isascii() and value.isdigit():
            return self.number(field, int(value[:18]))
        if field == "custom_status_id" and value.isascii() and value.isdigit():
            return self.labels.status(int(value[:18])) or value
        return value or "-"
