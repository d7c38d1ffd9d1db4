"""Reply clocks worked out here, from what was said and done on a ticket and the team's own table.

For accounts whose Zendesk gives no clocks. A public message by the customer starts a clock unless
one runs; a public reply by a human of ours ends it; Pending and On-Hold let it stand still; Solved
ends it for good. What a clock still allows is work of its calendar, so a weekend costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from heroterm.domain.calendar import Calendar
from heroterm.domain.targets import ESCALATED, FIRST, NEXT, UPDATE, TargetRule, Targets
from heroterm.domain.ticket import Audit, Comment, SlaClock, Ticket

ASKED, ANSWERED, STATUS, ESCALATION = "asked", "answered", "status", "escalated"
_ENDING = ("solved", "closed", "deleted")
_SAME_SECOND = {ANSWERED: 0, STATUS: 1, ESCALATION: 2, ASKED: 3}
"""Within one second: a reply, then the status it sets, then the words that reopen it."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that matters to a clock."""

    at: datetime
    what: str
    """`asked`, `answered`, `status` or `escalated`."""
    status: str = ""


@dataclass(slots=True)
class _Run:
    """One run of a clock. `left` is the work that it still allowed at `since`."""

    metric: str
    target: timedelta
    calendar: Calendar
    left: timedelta
    since: datetime
    paused: bool = False

    def pause(self, at: datetime) -> None:
        if not self.paused:
            self.left -= self.calendar.between(self.since, at)
            self.since, self.paused = at, True

    def resume(self, at: datetime) -> None:
        if self.paused:
            self.since, self.paused = at, False

    def breach(self) -> datetime | None:
        """When it will be missed if nothing stops it; where it was missed already, when."""
        if self.left >= timedelta():
            return self.calendar.after(self.since, self.left)
        # Missed before it was paused: the moment lies behind, as far as clock time can tell.
        return self.since + self.left

    def clock(self, stage: str, at: datetime | None = None) -> SlaClock:
        """As the desk shows it; `at` is when it ended."""
        spent = self.left if self.paused or at is None else None
        left = self.left - self.calendar.between(self.since, at) if spent is None and at else spent
        late = left is not None and left < timedelta()
        return SlaClock(
            self.metric,
            stage,
            None if stage == "paused" else self.breach(),
            target_seconds=int(self.target.total_seconds()),
            estimated=True,
            late=late if stage != "active" else None,
        )


def happenings(
    ticket: Ticket,
    comments: Iterable[Comment],
    staff: frozenset[int],
    audits: Sequence[Audit] = (),
    escalated_tags: frozenset[str] = frozenset(),
) -> tuple[Happening, ...]:
    """What happened to a ticket, oldest first. `staff` are ids of those who answer tickets.

    Without audits only the newest status is known, and since when; a message of the customer then
    stands for the ticket's being open, as Zendesk opens it on one.
    """
    found = [
        Happening(c.created_at, ANSWERED if c.author_id in staff else ASKED)
        for c in comments
        if c.public
    ]
    if not found:
        found.append(Happening(ticket.created_at, ASKED))
    changes = [(a.created_at, *change) for a in audits for change in a.changes]
    found += [Happening(at, STATUS, new) for at, name, _, new in changes if name == "status"]
    for at, name, old, new in changes:
        if name == "tags" and not escalated_tags.isdisjoint(set(new.split()) - set(old.split())):
            found.append(Happening(at, ESCALATION))
    if not any(each.what == STATUS for each in found):
        found.append(Happening(ticket.status_since or ticket.updated_at, STATUS, ticket.status))
    return tuple(sorted(found, key=lambda each: (each.at, _SAME_SECOND[each.what])))


def clocks(
    ticket: Ticket, tags: frozenset[str], happened: Sequence[Happening], targets: Targets
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
    ended = list(play.ended)
    if play.run is None:
        return tuple(_worth_showing(ended, None))
    now = play.run.clock("paused" if play.run.paused else "active")
    return (*_worth_showing(ended, now), now)


def _worth_showing(ended: list[SlaClock], running: SlaClock | None) -> list[SlaClock]:
    """The first reply, and the newest other one where none runs."""
    first = [clock for clock in ended if clock.metric == FIRST][:1]
    later = [clock for clock in ended if clock.metric != FIRST][-1:]
    return first + (later if running is None else [])


class _Play:
    """Plays a ticket's happenings through one rule."""

    def __init__(self, rule: TargetRule, targets: Targets, *, escalated: bool) -> None:
        self.rule, self.targets, self.escalated = rule, targets, escalated
        self.run: _Run | None = None
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
        if self.run is not None:
            self.ended.append(self.run.clock("achieved", at))
        self.replied, self.run = True, None
        if self.rule.update is not None and self.status not in _ENDING:
            self._start(UPDATE, self.rule.update, at)

    def _asked(self, at: datetime) -> None:
        # Zendesk opens a waiting or solved ticket on the customer's words.
        self._changed(at, "open")
        if self.run is None or self.run.metric == UPDATE:
            self._start(*self._promised(), at)

    def _promised(self) -> tuple[str, timedelta | None]:
        if self.escalated and self.rule.escalated is not None:
            return ESCALATED, self.rule.escalated
        if self.replied:
            return NEXT, self.rule.next_reply
        return FIRST, self.rule.first_reply

    def _start(self, metric: str, promised: timedelta | None, at: datetime) -> None:
        if promised is None:
            return
        self.run = _Run(metric, promised, self.rule.calendar, promised, at)
        if self.status in self.targets.pausing:
            self.run.pause(at)

    def _changed(self, at: datetime, status: str) -> None:
        self.status = status
        if self.run is None:
            return
        if status in _ENDING:
            self.ended.append(self.run.clock("achieved", at))
            self.run = None
        elif status in self.targets.pausing:
            self.run.pause(at)
        else:
            self.run.resume(at)

    def _passed_on(self, at: datetime) -> None:
        """The engineers have their own time from the moment when they got it."""
        if self.run is not None and self.run.metric == ESCALATED and not self.run.paused:
            self.run = replace(self.run, left=self.run.target, since=at)
