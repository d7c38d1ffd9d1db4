"""One update of a ticket between its messages: who changed what, and whether heroterm did."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from heroterm.domain.ages import clock_time
from heroterm.domain.ticket import Audit
from heroterm.domain.zone import LOCAL
from heroterm.tui.naming import Names
from heroterm.tui.text import Part, parts


def event_lines(audit: Audit, width: int, names: Names, now: datetime) -> list[Content]:
    """The update in lines of at most `width` cells."""
    when = clock_time(audit.created_at, now, LOCAL)
    by = " by heroterm" if audit.marker else ""
    told: list[Part | str] = [
        (f"~ {when}  {names.author(audit.author_id)}{by}: ", "$text-secondary")
    ]
    for n, change in enumerate(audit.changes):
        told.append((", " if n else "", "$text-muted"))
        told.append((names.changed(*change), "$text-muted"))
    return [Content.assemble("  ", line) for line in parts(*told).wrap(max(8, width - 2))]
