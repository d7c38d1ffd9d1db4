"""Where a run is worked on from the command line: the mirror and journal of a home, or a rehearsal.

A seat reads the case, checks what would be put by the one list of rules, and writes what happened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from heroterm.cli.reading import Reading
from heroterm.cli.rules import facts_of
from heroterm.domain.admin_line import Footer, parse
from heroterm.domain.findings import Facts, Finding
from heroterm.domain.outbox import Intent
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_keeping import automatic
from heroterm.domain.playbook_run import Event, Run
from heroterm.domain.rules import check
from heroterm.domain.source import opening
from heroterm.domain.text import shown
from heroterm.errors import StoreError
from heroterm.mirror.reported import reported
from heroterm.rulebook import Rulebook
from heroterm.sync.runs import RunKeeper


class Seat(Protocol):
    """What a session needs of the desk."""

    book: Rulebook
    account_url: str
    hold: float
    run: Run

    def case(self) -> Case:
        """The case as it is now; what happens by itself has been added to the run."""

    def add(self, events: Sequence[Event], intents: Sequence[Intent] = ()) -> bool:
        """Write what happened; False when another desk was quicker: read the run again."""

    def check(self, intent: Intent) -> tuple[Sequence[Finding], Facts]:
        """What the rules find about an intent."""

    def footer(self, case: Case) -> Footer:
        """The in-app form's block of the ticket at hand."""

    def similar(self, case: Case) -> Sequence[str]:
        """Lines about tickets that look alike."""

    def local_now(self) -> datetime:
        """The moment by this machine's clock."""

    def pretend(self, line: str) -> bool:
        """In a rehearsal: let somebody write, or time pass. False: not understood."""


@dataclass
class HomeSeat:
    """A seat at the mirror and journal of a home."""

    read: Reading
    book: Rulebook
    keeper: RunKeeper
    run: Run
    account_url: str
    hold: float
    own: tuple[str, ...]
    clock: Callable[[], datetime]

    def case(self) -> Case:
        """The case now. Raises StoreError when the mirror lost the ticket."""
        case = self.keeper.cases.read(self.run.ticket_id, self.keeper.now, self.run)
        if case is None:
            raise StoreError(
                f"Ticket #{self.run.ticket_id} is not in the mirror any more.",
                f"`heroterm sync --once --ticket {self.run.ticket_id}` asks Zendesk for it.",
            )
        events = automatic(self.run, case)
        if events and self.add(events):
            return self.case()
        return case

    def add(self, events: Sequence[Event], intents: Sequence[Intent] = ()) -> bool:
        """Write what happened, in one transaction."""
        kept = self.read.journal.runs.append(self.run, events, intents)
        if kept is None:
            found = self.read.journal.runs.get(self.run.id)
            self.run = found if found is not None else self.run
            return False
        self.run = kept
        return True

    def check(self, intent: Intent) -> tuple[Sequence[Finding], Facts]:
        """What the one list of rules finds, with the ticket that the intent is for."""
        ticket = self.read.ticket(intent.ticket_id)
        facts = facts_of(
            self.read.mirror,
            ticket,
            self.book,
            self.keeper.now,
            self.own,
            intent=intent,
            journal=self.read.journal,
        )
        return check(intent, facts), facts

    def footer(self, case: Case) -> Footer:
        """The form's block, trusted only where the form sent it."""
        thread = self.read.mirror.thread(case.ticket.id)
        first = opening(case.ticket, thread.comments, complete=thread.complete)
        return parse(first, case.ticket.subject, from_form=case.source == "app")

    def similar(self, case: Case) -> Sequence[str]:
        """The best matches of the ticket's own words, with the issues that were named there."""
        found = reported(self.read.mirror, case.ticket.description, but=case.ticket.id)
        return [
            f"#{hit.ticket_id} {shown(hit.title, single_line=True, limit=120)}"
            f" (shares: {', '.join(hit.shared[:3])})" + "".join(f"  {url}" for url in hit.issues)
            for hit in found
        ]

    def local_now(self) -> datetime:
        """The moment by this machine's clock."""
        return self.clock()

    def pretend(self, line: str) -> bool:
        """Nothing is pretended here."""
        return False
