"""Which tickets a rule of a file is about: by their tags and their priority."""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.domain.tables import Table
from heroterm.domain.ticket import PRIORITIES

NO_PRIORITY = "none"
"""Stands for a ticket that has no priority."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Every part that is given must hold; one without parts holds for every ticket."""

    any_tag: tuple[str, ...] = ()
    all_tags: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()
    """Priorities it holds for; "none" stands for a ticket without one."""

    def holds(self, priority: str | None, tags: frozenset[str]) -> bool:
        """Whether a ticket of this priority with these tags meets the condition."""
        return (
            (not self.any_tag or not tags.isdisjoint(self.any_tag))
            and tags.issuperset(self.all_tags)
            and (not self.priority or (priority or NO_PRIORITY) in self.priority)
        )

    @classmethod
    def of(cls, row: Table) -> Condition:
        """The condition that a rule of a file names. Raises tables.BadEntry."""
        priority = row.texts("priority")
        for word in priority:
            if word not in (*PRIORITIES, NO_PRIORITY):
                known = ", ".join((*PRIORITIES, NO_PRIORITY))
                raise row.bad("priority", f'"{word}" is not a priority.', f"Use some of: {known}.")
        return cls(row.texts("any_tag"), row.texts("all_tags"), priority)


EVERY = Condition()
"""Holds for every ticket."""
