"""The morning brief: what a hero should know before the first ticket.

It shows itself once a morning and holds up no key. An empty section says "none", since a hero
must be able to tell "nothing" from "not looked at".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from heroterm.domain.pack import Entry, line

MEMO, LEFT = "brief_day", "left_at"
"""Names under which the journal keeps the day that was briefed last, and when the hero left."""
SECTIONS = {
    "breached": "Breached",
    "due": "Due in less than {due_hours} h",
    "woken": "Waits that are over",
    "promises": "Promises due by tonight",
    "on_hold": "On-Hold for more than {on_hold_days} d",
    "auto_solving": "Solved by themselves today",
    "drafts": "Drafts whose customer wrote since",
    "outbox": "Outbox: needs you",
    "mentions": "Notes that name you",
    "changed": "Changed since you left",
}
"""Keys of the document and their headings, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Brief:
    """One morning."""

    made_at: datetime
    day: str
    since: datetime | None
    """When the hero left last; None where that is not known."""
    doubt: str = ""
    """Why the mirror cannot vouch for it, if so."""
    due_hours: int = 2
    on_hold_days: int = 7
    sections: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    solved_since: int = 0
    """How many tickets of the hero's groups were solved since the hero left."""
    next: Entry | None = None
    """The ticket that `n` opens."""

    def of(self, section: str) -> tuple[Entry, ...]:
        """Entries of one section."""
        return self.sections.get(section, ())

    def heading(self, section: str) -> str:
        """A section's heading with its numbers."""
        return SECTIONS[section].format(due_hours=self.due_hours, on_hold_days=self.on_hold_days)


def document(brief: Brief) -> dict[str, Any]:
    """The brief with stable keys; moments stay moments."""
    head = {
        "made_at": brief.made_at,
        "since": brief.since,
        "solved_since": brief.solved_since,
        "doubt": brief.doubt,
    }
    rows = {key: [asdict(entry) for entry in brief.of(key)] for key in SECTIONS}
    return {**head, **rows, "next": asdict(brief.next) if brief.next is not None else None}


def lines(brief: Brief) -> Iterator[str]:
    """The brief for a person, an empty section as "none"."""
    yield f"Good morning. {brief.day}"
    if brief.doubt:
        yield brief.doubt
    for key in SECTIONS:
        entries = brief.of(key)
        yield f"{brief.heading(key)}: {len(entries) or 'none'}"
        for entry in entries:
            yield f"  {line(entry) if entry.ticket else entry.say}"
    if brief.since is not None:
        yield f"Solved since you left: {brief.solved_since or 'none'}"
    yield f"Next: {line(brief.next)}" if brief.next is not None else "Next: nothing waits."
