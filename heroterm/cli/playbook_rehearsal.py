"""A seat for rehearsals: a made-up ticket in memory; no journal, no outbox, no Zendesk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from heroterm.cli.invocation import Invocation
from heroterm.cli.rules import rulebook
from heroterm.domain.admin_line import Footer
from heroterm.domain.findings import Facts, Finding
from heroterm.domain.outbox import Intent
from heroterm.domain.playbook import Playbook
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_keeping import automatic
from heroterm.domain.playbook_rehearsal import TICKET, VOICES, after, case_of, later, said
from heroterm.domain.playbook_run import Event, Run, hash_of
from heroterm.domain.rules import check
from heroterm.domain.ticket_number import number_of
from heroterm.rulebook import Rulebook

_MOST_DAYS = 366
"""That a rehearsal lets go by at once."""


@dataclass
class RehearsalSeat:
    """Keeps the run and the made-up case in memory."""

    book: Rulebook
    run: Run
    made_up: Case
    account_url: str = "https://rehearsal.example"
    hold: float = 0.0

    def case(self) -> Case:
        """The case now; what happens by itself has happened."""
        self.made_up = after(self.made_up, self.run)
        while events := automatic(self.run, self.made_up):
            self.run = self.run.with_events(events)
            self.made_up = after(self.made_up, self.run)
        return self.made_up

    def add(self, events: Sequence[Event], intents: Sequence[Intent] = ()) -> bool:
        """Keep the events for as long as the rehearsal lasts; intents are dropped."""
        self.run = self.run.with_events(events)
        return True

    def check(self, intent: Intent) -> tuple[Sequence[Finding], Facts]:
        """The one list of rules, over the made-up ticket."""
        ticket = self.made_up.tickets.get(intent.ticket_id, self.made_up.ticket)
        facts = Facts(ticket=ticket, now=self.made_up.now, last_public_by_staff_at=self.made_up.now)
        return check(intent, facts), facts

    def footer(self, case: Case) -> Footer:
        """A made-up ticket has no block of the form."""
        return Footer()

    def similar(self, case: Case) -> Sequence[str]:
        """Nothing is like it."""
        return ()

    def local_now(self) -> datetime:
        """The moment of the rehearsal."""
        return self.made_up.now

    def pretend(self, line: str) -> bool:
        """`owner WORDS`, `requester WORDS`, `look-alike WORDS`, `days N`."""
        name, _, rest = line.partition(" ")
        if name in VOICES and rest.strip():
            self.made_up = said(self.made_up, name, rest.strip())
        elif name == "days" and 0 < (days := number_of(rest) or 0) <= _MOST_DAYS:
            self.made_up = later(self.made_up, days)
        else:
            return False
        return True


def rehearsal(call: Invocation, playbook: Playbook) -> RehearsalSeat:
    """A fresh rehearsal of a playbook."""
    by, now = "You", call.clock()
    run = Run("rehearsal", playbook, hash_of(playbook.text), playbook.text, TICKET, now, by, True)
    return RehearsalSeat(rulebook(call.paths), run, case_of(by, now))
