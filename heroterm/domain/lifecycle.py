"""What a status does to the timers, and when (handbook: Ticket Status)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from heroterm.domain.ages import clock_day
from heroterm.domain.tables import Table


@dataclass(frozen=True, slots=True)
class LifecycleNumbers:
    """Days after which Zendesk acts by itself. The defaults are the handbook's."""

    auto_solve_days: int = 7
    """A pending ticket without an answer becomes solved."""
    reopen_days: int = 20
    """An answer to a solved ticket reopens it; a later one becomes a follow-up."""
    csat_days: int = 3
    """A solved ticket gets its satisfaction survey."""
    on_hold_days: int = 7
    """On-Hold for longer than this is called out every morning ("too easily overlooked")."""
    due_soon_hours: int = 2
    """A target that is nearer than this is called out every morning."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that will happen to a ticket by itself, and when."""

    name: str
    """`auto_solve`, `csat` or `reopen_until`."""
    at: datetime
    say: str


_OVER = {
    "auto_solve": "was due to auto-solve",
    "csat": "CSAT survey was due",
    "reopen_until": "an answer makes a follow-up since",
}
"""Of each milestone, once it lies behind."""


def from_table(table: Table) -> LifecycleNumbers:
    """The numbers of a lifecycle.toml. Raises tables.BadEntry."""
    usual = LifecycleNumbers()
    return LifecycleNumbers(
        auto_solve_days=table.number("auto_solve_days", usual.auto_solve_days, least=1),
        reopen_days=table.number("reopen_days", usual.reopen_days, least=1),
        csat_days=table.number("csat_days", usual.csat_days),
        on_hold_days=table.number("on_hold_days", usual.on_hold_days, least=1),
        due_soon_hours=table.number("due_soon_hours", usual.due_soon_hours, least=1),
    )


def milestones(
    status: str, since: datetime, numbers: LifecycleNumbers, zone: tzinfo
) -> tuple[Milestone, ...]:
    """What follows from a status that has stood `since` a moment, soonest first."""

    def after(name: str, days: int, say: str) -> Milestone:
        at = since + timedelta(days=days)
        return Milestone(name, at, f"{say} {clock_day(at, zone)}")

    match status:
        case "pending":
            return (after("auto_solve", numbers.auto_solve_days, "auto-solves"),)
        case "solved":
            found = (
                after("csat", numbers.csat_days, "CSAT survey"),
                after("reopen_until", numbers.reopen_days, "an answer reopens it until"),
            )
            return tuple(sorted(found, key=lambda milestone: milestone.at))
    return ()


def dates(
    status: str,
    since: datetime | None,
    touched: datetime,
    numbers: LifecycleNumbers,
    zone: tzinfo,
    now: datetime,
) -> str:
    """One line of what will happen to a ticket by itself, with its dates; "" for nothing.

    What is over at `now` is told as such: "CSAT survey was due Sat 18 Nov".

    "auto-solves Thu 16 Nov"; "CSAT survey Sat 18 Nov, an answer reopens it until Tue 5 Dec". Where
    it is not known since when the ticket has its status, its last change stands for that: `est`.
    """
    following = milestones(status, since or touched, numbers, zone)
    told = ", ".join(
        f"{_OVER[each.name]} {clock_day(each.at, zone)}" if each.at <= now else each.say
        for each in following
    )
    return f"{told} (est)" if told and since is None else told


def consequence(
    status: str,
    now: datetime,
    numbers: LifecycleNumbers,
    zone: tzinfo,
    *,
    brief: bool = False,
) -> str:
    """What choosing a status now does. Empty for an unknown status; `brief` is at most 60 cells
    wide, so that a line of the status chooser holds it at 80 columns.
    """
    match status:
        case "new":
            return "SLA timer runs; a status for fresh tickets, not for answers"
        case "open":
            return "SLA timer runs; say in a note who works on it next"
        case "pending":
            day = clock_day(now + timedelta(days=numbers.auto_solve_days), zone)
            return f"pauses the SLA timer, auto-solves {day}"
        case "hold":
            return "pauses the SLA timer; easily overlooked, tell the customer"
        case "solved":
            until = clock_day(now + timedelta(days=numbers.reopen_days), zone)
            csat = "today" if numbers.csat_days == 0 else f"in {_days(numbers.csat_days)}"
            after = "" if brief else ", then a follow-up"
            return f"stops the SLA timer; CSAT {csat}, reopen until {until}{after}"
        case "closed":
            return "frozen; an answer makes a follow-up ticket"
    return ""


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
