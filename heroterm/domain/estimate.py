"""Reply clocks worked out here, from what was said and done on a ticket and the team's own table.

For accounts whose Zendesk gives no clocks. A public message by the customer starts a clock unless
one runs; a public reply by a human of ours ends it; Pending and On-Hold let it stand still; Solved
ends it for good. What a clock still allows is work of its calendar, so a weekend costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from heroterm.domain.stopwatch import Run
from heroterm.domain.targets import ESCALATED, FIRST, NEXT, UPDATE, TargetRule, Targets
from heroterm.domain.ticket import Audit, Comment, SlaClock, Ticket

ASKED, ANSWERED, STATUS, ESCALATION = "asked", "answered", "status", "escalation"
_ENDING = ("solved", "closed", "deleted")
_SAME_SECOND = {ANSWERED: 0, STATUS: 1, ESCALATION: 2, ASKED: 3}
"""Within one second: a reply, then the status it sets, then the words that reopen it."""
_TAG = re.compile(r"[^\s,'\"\[\]]+")


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that matters to a clock."""

    at: datetime
    what: str
    """`asked`, `answered`, `status` or `escalation`."""
    status: str = ""


def happenings(
    ticket: Ticket,
    comments: Sequence[Comment],
    staff: frozenset[int],
    audits: Sequence[Audit] = (),
    escalated_tags: frozenset[str] = frozenset(),
) -> tuple[Happening, ...]:
    """What happened to a ticket, oldest first. `staff` are ids of those who answer tickets.

    Without audits only the newest status is known, and since when. A message of the customer
    stands for the ticket's being open, as Zendesk opens it on one.
    """
    found = [Happening(c.created_at, _said(c, staff)) for c in comments if c.public]
    if not any(each.what == ASKED for each in found):
        found.append(Happening(ticket.created_at, ASKED))
    changes = [(audit.created_at, *change) for audit in audits for change in audit.changes]
    found += [Happening(at, STATUS, new) for at, name, _, new in changes if name == "status"]
    found += [
        Happening(at, ESCALATION)
        for at, name, old, new in changes
        if name == "tags" and not escalated_tags.isdisjoint(_tags(new) - _tags(old))
    ]
    if not any(each.what == STATUS for each in found):
        found.append(Happening(ticket.status_since or ticket.updated_at, STATUS, ticket.status))
    return tuple(sorted(found, key=lambda each: (each.at, _SAME_SECOND[each.what])))


def _said(comment: Comment, staff: frozenset[int]) -> str:
    return ANSWERED if comment.author_id in staff else ASKED


def _tags(value: str) -> set[str]:
    """The tags of a field change, which Zendesk writes as words or as a list."""
    return set(_TAG.findall(value))


def clocks(
    ticket: Ticket, tags: frozenset[str], happened: Iterable[Happening], targets: Targets
) -> tuple[SlaClock, ...]:
    """The ticket's clocks by the table, the one that runs or stands still last; all marked `est`.

    `tags` are the ticket's and its organization's. Empty where nothing is promised to it.
    """
    rule = targets.rule(ticket.priority, tags)
    if rule is None:
        return ()
    play = _Play(rule, targets, escalated=not tags.isdisjoint(targets.escalated_tags))
    for happening in happened:
        play.take(happening)
    first = [clock for clock in play.ended if clock.metric == FIRST][:1]
    if play.run is not None:
        return (*first, play.run.clock())
    return (*first, *[clock for clock in play.ended if clock.metric != FIRST][-1:])


class _Play:
    """Plays a ticket's happenings through one rule."""

    def __init__(self, rule: TargetRule, targets: Targets, *, escalated: bool) -> None:
        self.rule, self.targets, self.escalated = rule, targets, escalated
        self.run: Run | None = None
        self.ended: list[SlaClock] = []
        self.replied = False
        self.status = "open"

    def take(self, happening: Happening) -> None:
        """One happening, in the order of time."""
        match happening.what:
            case "answered":
                self._answered(happening.at)
            case "asked":
                self._asked(happening.at)
            case "status":
                self._changed(happening.at, happening.status)
            case _:
                self._passed_on(happening.at)

    def _answered(self, at: datetime) -> None:
        self._end(at)
        self.replied = True
        if self.status not in _ENDING:
            self._start(UPDATE, at)

    def _asked(self, at: datetime) -> None:
        # Zendesk opens a waiting or solved ticket on the customer's words.
        self._changed(at, "open")
        if self.run is None or self.run.metric == UPDATE:
            passed_on = self.escalated and self.rule.target(ESCALATED) is not None
            self._start(ESCALATED if passed_on else NEXT if self.replied else FIRST, at)

    def _start(self, metric: str, at: datetime) -> None:
        promised = self.rule.target(metric)
        if promised is None:
            return
        self.run = Run(metric, promised, self.rule.calendar, at)
        if self.status in self.targets.pausing:
            self.run.pause(at)

    def _changed(self, at: datetime, status: str) -> None:
        self.status = status
        if self.run is None:
            return
        if status in _ENDING:
            self._end(at)
        elif status in self.targets.pausing:
            self.run.pause(at)
        else:
            self.run.resume(at)

    def _passed_on(self, at: datetime) -> None:
        """The engineers have their own time from the moment when they got it."""
        if self.run is not None and self.run.metric == ESCALATED:
            self._start(ESCALATED, at)

    def _end(self, at: datetime) -> None:
        if self.run is not None:
            self.ended.append(self.run.ended(at))
            self.run = None
