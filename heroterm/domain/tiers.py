"""The handbook's tiers: which tickets come before which, and which must not be left behind.

The order has been written three times, for other years and another Zendesk. All three ship as
presets of data/tiers.toml; the first is the one that is used unless the team says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from heroterm.domain.conditions import EVERY, NO_PRIORITY, Condition
from heroterm.domain.tables import Table
from heroterm.domain.ticket import Organization, Ticket
from heroterm.domain.view import BREACH, POLICY, View

LOWEST = 4
"""The handbook's last tier."""
MOST = 9
_LETTERS = 300
"""Letters of a subject that a rule looks at."""
ORDERS = ("tier,breach", "breach,tier")
"""What counts first when the next ticket is chosen."""
ALWAYS, DUE, NEVER = "always", "due", "never"
OWED = (ALWAYS, DUE, NEVER)
"""Whether a ticket must be resolved or passed on before the week may end: in any case, when its
target is missed or near, or not at all."""


@dataclass(frozen=True, slots=True)
class TierRule:
    """One line of the order: a ticket that meets the condition belongs to `tier`."""

    tier: int
    say: str
    """Why, to be read after "T1": "tagged by Customer Success"."""
    condition: Condition = EVERY
    owed: str = ALWAYS
    subject: re.Pattern[str] | None = None
    """What the subject must say, besides the condition; None: whatever it says."""

    def holds(self, priority: str | None, tags: frozenset[str], subject: str) -> bool:
        """Whether such a ticket belongs to this rule."""
        if not self.condition.holds(priority, tags):
            return False
        return self.subject is None or bool(self.subject.search(subject[:_LETTERS]))


@dataclass(frozen=True, slots=True)
class TierRules:
    """A whole order; the first rule that holds decides, and what none names is in the last tier."""

    rules: tuple[TierRule, ...]
    preset: str = "handbook"
    order: str = ORDERS[0]
    near: timedelta = timedelta(hours=24)
    """How much less than this is "near" its target."""

    @property
    def last(self) -> int:
        """Number of the last tier, 4 at least."""
        return max([LOWEST, *(rule.tier for rule in self.rules)])

    def deciding(self, priority: str | None, tags: frozenset[str], subject: str = "") -> TierRule:
        """The rule that decides for such a ticket."""
        for rule in self.rules:
            if rule.holds(priority, tags, subject):
                return rule
        return TierRule(self.last, "low priority")

    def owes(
        self, rule: TierRule, breach_at: datetime | None, now: datetime, *, marked: bool = False
    ) -> bool:
        """Whether the week may not end while a ticket of this rule is open and not passed on.

        `marked`: tagged by Customer Success, by hand. Then it is owed whatever the rule says.
        """
        if marked or rule.owed == ALWAYS:
            return True
        return rule.owed == DUE and breach_at is not None and breach_at - now < self.near


@dataclass(frozen=True, slots=True)
class Presets:
    """Every order that a file describes, and the one that it chooses."""

    rules: Mapping[str, TierRules]
    usual: str
    order: str = ORDERS[0]

    def chosen(self, policy: str = "", order: str = "") -> TierRules:
        """The order in use: as the person's configuration says, where it does, else as filed.

        Raises KeyError for a policy that is no preset.
        """
        return replace(self.rules[policy or self.usual], order=order or self.order)


HANDBOOK = TierRules(
    (
        TierRule(1, "tagged by Customer Success", Condition(any_tag=("customer_success",))),
        TierRule(2, "high priority", Condition(priority=("high", "urgent"))),
        TierRule(3, "normal priority", Condition(priority=("normal",))),
        TierRule(4, "low priority", Condition(priority=("low",))),
        TierRule(4, "no priority", Condition(priority=(NO_PRIORITY,))),
    )
)
"""The handbook's order, for where no file was read."""


def from_table(table: Table) -> Presets:
    """The presets of a tiers.toml, every one checked. Raises tables.BadEntry."""
    presets = table.table("presets")
    read = {name: _preset(name, presets.table(name)) for name in presets.names()}
    chosen = table.text("preset", among=tuple(read))
    return Presets(read, chosen, table.text("order", ORDERS[0], among=ORDERS))


def _preset(name: str, table: Table) -> TierRules:
    table.text("title")
    rules = tuple(_rule(row) for row in table.tables("rule"))
    if not rules:
        raise table.bad("rule", "is missing.", f"Add at least one [[{table.path}.rule]].")
    near = timedelta(hours=table.number("near_hours", 24, least=1))
    table.done()
    return TierRules(rules, name, near=near)


def _rule(row: Table) -> TierRule:
    number = row.number("tier", least=1)
    if number > MOST:
        raise row.bad("tier", f"{number} is not a tier.", f"Use 1 to {MOST}.")
    made = TierRule(
        number,
        row.text("say"),
        Condition.of(row),
        row.text("owed", ALWAYS, among=OWED),
        row.pattern("subject") if row.has("subject") else None,
    )
    row.done()
    return made


def policy_order(view: View, rules: TierRules) -> View:
    """The view in the policy's own order, where that puts the breach before the tier."""
    breach_first = view.order == POLICY and rules.order != ORDERS[0]
    return replace(view, order=BREACH) if breach_first else view


def tier(ticket: Ticket, organization: Organization | None, rules: TierRules) -> int:
    """The tier of a ticket; tags of its organization count as its own."""
    tags = frozenset(ticket.tags) | frozenset(organization.tags if organization else ())
    return rules.deciding(ticket.priority, tags, ticket.subject).tier
