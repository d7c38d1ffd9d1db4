"""Warnings before a reply target is missed: few, in time, and not at night.

The team's own alerts come 3, 2 and 1 hours before a breach, three at most, and only for the tiers
that have a target. The same warning is not given twice: what was given is remembered by ticket,
and forgotten once the ticket has more time again than the widest warning asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo

from heroterm.domain.calendar import DAYS, ZoneNamed
from heroterm.domain.tables import Table
from heroterm.domain.view import Row


@dataclass(frozen=True, slots=True)
class WarningRules:
    """When to warn. `before` are hours before the breach, widest first."""

    on: bool = True
    before: tuple[int, ...] = (3, 2, 1)
    tiers: tuple[int, ...] = (1, 2, 3)
    quiet: tuple[time, time] | None = None
    """From, until, by the clock of `zone`; it may span midnight. None: never quiet."""
    quiet_days: frozenset[int] = frozenset()
    """Days of the week, Monday 0, on which nothing is said."""
    zone: tzinfo = UTC

    def is_quiet(self, moment: datetime) -> bool:
        """Whether nobody wants to be disturbed at this moment."""
        local = moment.astimezone(self.zone)
        if local.weekday() in self.quiet_days:
            return True
        if self.quiet is None:
            return False
        begin, end = self.quiet
        clock = local.time()
        return begin <= clock < end if begin <= end else clock >= begin or clock < end


@dataclass(frozen=True, slots=True)
class BreachWarning:
    """One warning: less than `hours` are left of a ticket's target."""

    ticket_id: int
    hours: int
    tier: int
    metric: str
    breach_at: datetime
    title: str


@dataclass(frozen=True, slots=True)
class Round:
    """What one look at the queue comes to."""

    warnings: tuple[BreachWarning, ...] = ()
    given: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Hours for which each ticket has been warned of by now; to be kept for the next look."""


def look(
    rows: Iterable[Row],
    given: Mapping[int, frozenset[int]],
    now: datetime,
    rules: WarningRules,
) -> Round:
    """The warnings that are due now, nearest breach first, and what has been given with them.

    Where several hours have gone by unseen only the tightest one is said, and the wider ones count
    as given. In quiet hours nothing is said and nothing counts as given, so that the morning says
    what is still true.
    """
    kept = dict(given)
    due: list[BreachWarning] = []
    quiet = not rules.on or rules.is_quiet(now)
    for row in rows:
        if not _watched(row, rules) or row.breach_at is None or row.metric is None:
            continue
        left = row.breach_at - now
        reached = frozenset(h for h in rules.before if left <= timedelta(hours=h))
        if not reached:
            kept.pop(row.id, None)
        elif not quiet and left > timedelta() and min(reached) not in kept.get(row.id, ()):
            kept[row.id] = kept.get(row.id, frozenset()) | reached
            due.append(
                BreachWarning(row.id, min(reached), row.tier, row.metric, row.breach_at, row.title)
            )
    return Round(tuple(sorted(due, key=lambda each: (each.breach_at, each.ticket_id))), kept)


def _watched(row: Row, rules: WarningRules) -> bool:
    return row.section == 0 and row.tier in rules.tiers and row.stage == "active"


def from_table(table: Table, zone_named: ZoneNamed) -> WarningRules:
    """The `[warnings]` of an sla.toml. Raises tables.BadEntry."""
    usual = WarningRules()
    before = table.numbers("hours_before") or usual.before
    days = table.texts("quiet_days")
    for day in days:
        if day not in DAYS:
            raise table.bad("quiet_days", f'"{day}" is no day.', f"Use: {', '.join(DAYS)}.")
    zone = table.text("zone", "local")
    try:
        where = zone_named(zone)
    except KeyError:
        if zone != "local":  # which only whoever knows the machine can tell
            remedy = 'Use a name such as "Europe/London", "UTC", or "local" for this machine\'s.'
            raise table.bad("zone", f'"{zone}" is no time zone that is known.', remedy) from None
        where = UTC
    made = WarningRules(
        on=table.flag("on", usual.on),
        before=tuple(sorted(set(before), reverse=True)),
        tiers=table.numbers("tiers") or usual.tiers,
        quiet=_stretch(table, "quiet"),
        quiet_days=frozenset(DAYS.index(day) for day in days),
        zone=where,
    )
    table.done()
    return made


def _stretch(table: Table, key: str) -> tuple[time, time] | None:
    if not table.has(key):
        return None
    text = table.text(key)
    first, _, last = text.partition("-")
    try:
        return time.fromisoformat(first.strip()), time.fromisoformat(last.strip())
    except ValueError:
        raise table.bad(key, f'"{text}" is no stretch of time.', 'Use "18:00-09:00".') from None
