"""When a ticket's clocks stood still: told from who changed its status and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from heroterm.domain.ages import span
from heroterm.domain.ticket import Audit

WORDS = {"pending": "Pending", "hold": "On-Hold"}
"""Statuses that pause, as people write them."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which no reply target ran; `end` is None while it lasts."""

    status: str
    begin: datetime
    end: datetime | None = None


def pauses(audits: Sequence[Audit], pausing: frozenset[str]) -> list[Pause]:
    """The pauses that a ticket's history tells of, oldest first."""
    found: list[Pause] = []
    changes = [(a.created_at, *change) for a in audits for change in a.changes]
    for at, field, _, status in sorted(changes):
        if field != "status":
            continue
        if found and found[-1].end is None:
            found[-1] = Pause(found[-1].status, found[-1].begin, at)
        if status in pausing:
            found.append(Pause(status, at))
    return found


def pause_words(audits: Sequence[Audit], pausing: frozenset[str], now: datetime) -> str:
    """For a person: "paused twice, 6 h in all (Pending, On-Hold)"; "" without a pause."""
    found = pauses(audits, pausing)
    if not found:
        return ""
    whole = sum(((each.end or now) - each.begin for each in found), timedelta())
    times = {1: "once", 2: "twice"}.get(len(found), f"{len(found)} times")
    names = ", ".join(dict.fromkeys(WORDS.get(each.status, each.status) for each in found))
    lasts = ", and stands still now" if found[-1].end is None else ""
    return f"paused {times}, {span(whole)} in all ({names}){lasts}"
