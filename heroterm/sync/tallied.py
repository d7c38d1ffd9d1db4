"""Feature requests as the playbook runs hold them, also those that colleagues filed elsewhere."""

from __future__ import annotations

from datetime import datetime

from heroterm.domain.bug_report import FEATURE
from heroterm.domain.playbook_filing import already
from heroterm.domain.playbook_offer import kind_of
from heroterm.domain.playbook_run import ABORTED, Run
from heroterm.domain.tally import Asked, Request, tally
from heroterm.journal.database import Journal
from heroterm.mirror.reader import Mirror


def requests(mirror: Mirror, journal: Journal, since: datetime) -> list[Request]:
    """What was asked for since a moment, by organization and issue. Raises StoreError."""
    runs = journal.runs.under_way(all=True)
    found = [_asked(mirror, run) for run in runs if _counts(run, since)]
    return tally(found)


def _counts(run: Run, since: datetime) -> bool:
    wish = kind_of(run.playbook) == FEATURE
    return wish and bool(already(run)) and run.state != ABORTED and run.begun_at >= since


def _asked(mirror: Mirror, run: Run) -> Asked:
    ticket = mirror.ticket(run.ticket_id)
    home = ticket.organization_id if ticket is not None else None
    organization = mirror.organization(home) if home is not None else None
    told = [run.answers.get(s.id, "") for s in run.playbook.steps if s.offer == "slack-line"]
    return Asked(run.ticket_id, already(run), organization, run.begun_at, "".join(told))
