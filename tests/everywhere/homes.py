"""A home in which each rule can be broken: another customer, an issue, questions, a warning."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from heroterm.cli.rules import rulebook
from heroterm.domain.playbook_run import Run, hash_of
from heroterm.domain.ticket import Comment, CustomStatus, Organization, Page
from heroterm.journal.database import open_journal
from tests.cli.conftest import ACME, ANA, JO, TICKETS, Home, filled, ticket
from tests.conftest import NOW
from tests.everywhere.rows import ANSWERED, OPEN, Row

COVE = Organization(71, "Cove Analytics")
ISSUE = ticket(108, "Issue", channel="github", tags=("github", "claimed_by_lee_park"))
SHUT_QUESTION = ticket(
    ANSWERED, "How?", status="closed", tags=("community_question",), channel="web"
)
ASKED_AGAIN = ticket(110, "Still")
TOLD_AND_ASKED = (
    Comment(61, 110, ANA.id, True, "Try the filter.", NOW - timedelta(hours=2)),
    Comment(62, 110, JO.id, True, "That is not what I asked.", NOW - timedelta(hours=1)),
)
PARKED, DONE = CustomStatus(9, "hold", "Parked"), CustomStatus(8, "solved", "Done")
HELD = (ISSUE, SHUT_QUESTION, ASKED_AGAIN, *TICKETS)


def begun(where: Path) -> Home:
    """Make such a home there, as `prepared` finds it."""
    home = filled(where)
    writer = home.writer()
    writer.save_page(Page(HELD, (), (COVE, ACME)), at=NOW)
    writer.save_custom_statuses([PARKED, DONE])
    writer.save_comments(110, TOLD_AND_ASKED, (ANA, JO), complete=True, at=NOW)
    writer.remember(account="")
    writer.remember(account="https://acme-desk.zendesk.com")
    writer.close()
    open_journal(home.paths.journal, clock=lambda: NOW).close()
    return home


def prepared(home: Home, row: Row) -> None:
    """The home as the row wants it: its seat, a warning, a playbook under way."""
    if row.warned or row.role != "agent":
        warned = replace(ACME, content_warning="true" if row.warned else None)
        writer = home.writer()
        writer.save_page(Page(HELD, (), (COVE, warned)), at=NOW)
        writer.remember(role=row.role)
        writer.close()
    if row.running:
        running(home)


def running(home: Home) -> None:
    """A playbook is under way on 101, and none of its steps is done."""
    playbook = rulebook(home.paths).playbook("self-hosted")
    assert playbook is not None
    text = playbook.text
    journal = open_journal(home.paths.journal, clock=lambda: NOW)
    assert journal.runs.begin(Run("r", playbook, hash_of(text), text, OPEN, NOW, "Ana"))
    journal.close()
