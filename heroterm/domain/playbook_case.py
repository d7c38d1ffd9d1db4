"""The case of a run: what its tickets, people and addresses are at this moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from heroterm.domain.ages import clock_time
from heroterm.domain.playbook import StepLink
from heroterm.domain.playbook_known import Known
from heroterm.domain.playbook_run import HEROTERM, Run
from heroterm.domain.playbook_values import HOLE
from heroterm.domain.ticket import Comment, Group, Organization, Person, Ticket
from heroterm.domain.zone import LOCAL

FRESH = timedelta(minutes=15)
"""How old the mirror may be where a message or the last look decides (security.md §4)."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is known at `now`, by the server's clock as far as it is known; read, never guessed."""

    ticket: Ticket
    now: datetime
    by: str
    """The hero's name."""
    known: Mapping[str, Known] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    """Why something is not known: lines that are missing, doubled or in conflict."""
    requester: Person | None = None
    me: Person | None = None
    organization: Organization | None = None
    homes: tuple[Organization, ...] = ()
    """Organizations in Zendesk with the very name that the Admin line gives."""
    tickets: Mapping[int, Ticket] = field(default_factory=dict)
    """The ticket at hand and those that the run made."""
    threads: Mapping[int, Sequence[Comment]] = field(default_factory=dict)
    people: Mapping[int, Person] = field(default_factory=dict)
    made: Mapping[str, int] = field(default_factory=dict)
    """Tickets that `new_ticket` steps became, by step, as the outbox or the mirror shows them."""
    groups: tuple[Group, ...] = ()
    age: timedelta | None = None
    """How long ago the mirror was brought up to date; None when it never was."""
    behind: tuple[int, ...] = ()
    """Tickets of the run that changed after their messages were fetched."""
    content_warning: bool = False
    source: str = "mail"
    zone: tzinfo = LOCAL
    """In which the hero reads clocks."""

    @property
    def fresh(self) -> bool:
        """Whether the mirror is young and whole enough to decide by."""
        return self.age is not None and self.age <= FRESH and not self.behind


def fact(run: Run, case: Case, name: str) -> Known | None:
    """A fact with its source: what was answered in the run, else what the case knows."""
    event = run.fact(name)
    if event is None:
        return case.known.get(name)
    if event.by == HEROTERM:
        return Known(event.value, event.seen)
    seen = f", {event.seen}" if event.seen else ""
    return Known(event.value, f"{event.by}, {clock_time(event.at, case.now, case.zone)}{seen}")


def values(run: Run, case: Case) -> dict[str, str]:
    """Every fact's value by name, for texts and links."""
    names = {step.fact for step in run.playbook.steps if step.fact} | set(case.known)
    found = ((name, fact(run, case, name)) for name in sorted(names))
    return {name: known.value for name, known in found if known is not None}


def filled(template: str, run: Run, case: Case) -> str:
    """A text of the playbook with its {facts} put in; what is not known stays in its braces."""
    found = values(run, case)
    return HOLE.sub(lambda hole: found.get(hole[1], hole[0]), template)


def address(link: StepLink, run: Run, case: Case) -> str | None:
    """Where a link of a step leads, for the region of this case; None where that is not known."""
    found = values(run, case)
    return link.address(found.get("region"), found)


def ticket_of(run: Run, case: Case, step: str) -> int | None:
    """The ticket that a `new_ticket` step became, as far as anybody knows."""
    return run.made(step) or case.made.get(step)
