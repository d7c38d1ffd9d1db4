"""The team's own table of reply targets, for accounts whose Zendesk promises nothing itself.

Handbook: "Our SLAs are explained here". The page behind that link had three priorities; a later
one went by the customer's plan. Both ship as presets of data/sla.toml, and neither is a truth
beside Zendesk's: where the account gives clocks of its own, those hold, and what comes from this
table is always marked as an estimate (`est`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, timedelta, tzinfo

from heroterm.domain import calendar
from heroterm.domain.breach_warning import WarningRules
from heroterm.domain.breach_warning import from_table as warnings_from
from heroterm.domain.calendar import ALWAYS, WEEKDAYS, Calendar, ZoneNamed
from heroterm.domain.conditions import Condition
from heroterm.domain.tables import Table
from heroterm.domain.ticket import UNSOLVED_STATUSES

SOURCES = ("auto", "zendesk", "table")
"""Whose clocks count: Zendesk's where it gives any and else the table's; or one of them alone."""
FIRST, NEXT, ESCALATED, UPDATE = (
    "first_reply_time",
    "next_reply_time",
    "escalated_reply_time",
    "pausable_update_time",
)
"""Metrics of the table; all but the escalated one bear Zendesk's names."""


@dataclass(frozen=True, slots=True)
class TargetRule:
    """What is promised to tickets that meet the condition; None: nothing is."""

    condition: Condition
    calendar: Calendar
    first_reply: timedelta | None = None
    next_reply: timedelta | None = None
    escalated: timedelta | None = None
    """Instead of both, for a ticket that was passed to the engineers."""
    update: timedelta | None = None
    """After each reply of ours: the customer hears how it goes, even if nobody asked."""

    def target(self, metric: str) -> timedelta | None:
        """What is promised for one metric."""
        spans = (self.first_reply, self.next_reply, self.escalated, self.update)
        return dict(zip((FIRST, NEXT, ESCALATED, UPDATE), spans, strict=True)).get(metric)


@dataclass(frozen=True, slots=True)
class Targets:
    """One preset of the table, and how it is used."""

    preset: str
    rules: tuple[TargetRule, ...]
    pausing: frozenset[str] = frozenset({"pending", "hold"})
    """Statuses during which no target runs (handbook: Pending, On-Hold pause the SLA timer)."""
    escalated_tags: frozenset[str] = frozenset()
    source: str = "auto"
    hours: Calendar = WEEKDAYS
    """The calendar in which work time is told for every clock."""
    warnings: WarningRules = field(default_factory=WarningRules)

    def rule(self, priority: str | None, tags: frozenset[str]) -> TargetRule | None:
        """The rule for such a ticket: the first whose condition it meets."""
        return next((r for r in self.rules if r.condition.holds(priority, tags)), None)


USUAL = Targets(
    "priority",
    (
        TargetRule(
            Condition(priority=("high", "urgent")),
            WEEKDAYS, timedelta(hours=12), timedelta(hours=24), timedelta(hours=48),
        ),
        TargetRule(
            Condition(priority=("normal",)),
            WEEKDAYS, timedelta(hours=24), timedelta(hours=48), timedelta(hours=96),
        ),
    ),
    escalated_tags=frozenset({"escalated"}),
)  # fmt: skip
"""The shipped table, for where no file was read."""


def utc_alone(name: str) -> tzinfo:
    """A `ZoneNamed` that knows UTC and nothing else."""
    if name != "UTC":
        raise KeyError(name)
    return UTC


def from_table(table: Table, zone_named: ZoneNamed = utc_alone) -> Targets:
    """The chosen preset of an sla.toml. Every preset is checked. Raises tables.BadEntry."""
    inner = table.table("calendars")
    calendars = {n: calendar.from_table(n, inner.table(n), zone_named) for n in inner.names()}
    calendars.setdefault(ALWAYS.name, ALWAYS)
    presets = table.table("presets")
    read = {name: _preset(name, presets.table(name), calendars) for name in presets.names()}
    chosen = read[table.text("preset", among=tuple(read))]
    return Targets(
        chosen.preset,
        chosen.rules,
        chosen.pausing,
        chosen.escalated_tags,
        table.text("source", SOURCES[0], among=SOURCES),
        chosen.hours,
        warnings_from(table.table("warnings", needed=False), zone_named),
    )


def _preset(name: str, table: Table, calendars: Mapping[str, Calendar]) -> Targets:
    table.text("title")
    usual = calendars[table.text("calendar", among=tuple(calendars))]
    pausing = table.texts("pauses")
    for status in pausing:
        if status not in UNSOLVED_STATUSES:
            known = ", ".join(UNSOLVED_STATUSES)
            raise table.bad("pauses", f'"{status}" is not a status.', f"Use some of: {known}.")
    rules = tuple(_rule(row, usual, calendars) for row in table.tables("rule"))
    if not rules:
        raise table.bad("rule", "is missing.", f"Add at least one [[{table.path}.rule]].")
    tags = frozenset(table.texts("escalated_tags"))
    table.done()
    return Targets(name, rules, frozenset(pausing), tags, hours=usual)


def _rule(row: Table, usual: Calendar, calendars: Mapping[str, Calendar]) -> TargetRule:
    chosen = calendars[row.text("calendar", usual.name, among=tuple(calendars))]
    made = TargetRule(
        Condition.of(row),
        chosen,
        _span(row, "first_reply", chosen),
        _span(row, "next_reply", chosen),
        _span(row, "escalated", chosen),
        _span(row, "update", chosen),
    )
    row.done()
    return made


def _span(row: Table, key: str, chosen: Calendar) -> timedelta | None:
    if not row.has(key):
        return None
    text = row.text(key)
    made = calendar.target(text, chosen)
    if made is None or not made:
        remedy = 'Write "90 min", "12 h" or "2 business days"; leave the line out for no target.'
        raise row.bad(key, f'"{text}" is no span of time.', remedy)
    return made
