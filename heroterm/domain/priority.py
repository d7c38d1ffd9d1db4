"""The handbook's tiers, and the one ticket that comes next, with the reason for it.

Handbook, "How do I prioritize?": four tiers; "avoid cherry-picking tickets. Pick the ticket that
is closest to breaching". Both at once means: tier first, nearest breach inside the tier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from heroterm.domain.outbox import NEEDS_YOU
from heroterm.domain.sla import describe, state
from heroterm.domain.tables import Table
from heroterm.domain.ticket import PRIORITIES, Organization, Ticket
from heroterm.domain.view import Row

LOWEST = 4
ORDERS = ("tier,breach", "breach,tier")
_FAR = datetime.max.replace(tzinfo=UTC)
_NO_PRIORITY = "none"
_LISTED = 3


@dataclass(frozen=True, slots=True)
class TierRule:
    """One line of the order: a ticket that meets every condition given belongs to `tier`."""

    tier: int
    say: str
    """Why, to be read after "T1": "tagged by Customer Success"."""
    any_tag: tuple[str, ...] = ()
    all_tags: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()
    """Priorities it holds for; "none" stands for a ticket without one."""

    def holds(self, priority: str | None, tags: frozenset[str]) -> bool:
        """Whether a ticket of this priority with these tags falls under the rule."""
        return (
            (not self.any_tag or not tags.isdisjoint(self.any_tag))
            and tags.issuperset(self.all_tags)
            and (not self.priority or (priority or _NO_PRIORITY) in self.priority)
        )


@dataclass(frozen=True, slots=True)
class TierRules:
    """A whole order; the first rule that holds decides, and what none names is tier 4."""

    rules: tuple[TierRule, ...]
    preset: str = "handbook"
    order: str = "tier,breach"
    """What counts first when the next ticket is chosen."""

    def deciding(self, priority: str | None, tags: frozenset[str]) -> TierRule:
        """The rule that decides for such a ticket."""
        found = (rule for rule in self.rules if rule.holds(priority, tags))
        return next(found, TierRule(LOWEST, "low priority"))


HANDBOOK = TierRules(
    (
        TierRule(1, "tagged by Customer Success", any_tag=("customer_success",)),
        TierRule(2, "high priority", priority=("high", "urgent")),
        TierRule(3, "normal priority", priority=("normal",)),
        TierRule(4, "low priority", priority=("low",)),
        TierRule(4, "no priority", priority=(_NO_PRIORITY,)),
    )
)
"""The handbook's order, for where no file was read."""


def from_table(table: Table) -> TierRules:
    """The chosen preset of a tiers.toml. Every preset is checked. Raises tables.BadEntry."""
    presets = table.table("presets")
    read = {name: _preset(presets.table(name)) for name in presets.names()}
    chosen = table.text("preset", among=tuple(read))
    order = table.text("order", ORDERS[0], among=ORDERS)
    return TierRules(read[chosen], chosen, order)


def _preset(table: Table) -> tuple[TierRule, ...]:
    table.text("title")
    rules = tuple(_rule(row) for row in table.tables("rule"))
    if not rules:
        raise table.bad("rule", "is missing.", f"Add at least one [[{table.path}.rule]].")
    table.done()
    return rules


def _rule(row: Table) -> TierRule:
    number = row.number("tier", least=1)
    if number > LOWEST:
        raise row.bad("tier", f"{number} is not a tier.", "Use 1, 2, 3 or 4.")
    priority = row.texts("priority")
    for word in priority:
        if word not in (*PRIORITIES, _NO_PRIORITY):
            known = ", ".join((*PRIORITIES, _NO_PRIORITY))
            raise row.bad("priority", f'"{word}" is not a priority.', f"Use some of: {known}.")
    made = TierRule(number, row.text("say"), row.texts("any_tag"), row.texts("all_tags"), priority)
    row.done()
    return made


def tier(ticket: Ticket, organization: Organization | None, rules: TierRules) -> int:
    """Tier 1 to 4 of a ticket; tags of its organization count as its own."""
    tags = frozenset(ticket.tags) | frozenset(organization.tags if organization else ())
    return rules.deciding(ticket.priority, tags).tier


@dataclass(frozen=True, slots=True)
class Skip:
    """A ticket passed over. It comes back once something changed on it after `at`."""

    reason: str
    at: datetime | None = None
    """None: not known, and so it does not come back by itself."""

    def covers(self, row: Row) -> bool:
        """Whether the row is still passed over."""
        return self.at is None or row.updated_at <= self.at


def by_server(skips: Mapping[int, Skip], offset: timedelta) -> dict[int, Skip]:
    """The same skips with their moments by the server's clock, `offset` ahead of this machine's."""
    return {
        number: Skip(skip.reason, skip.at + offset if skip.at is not None else None)
        for number, skip in skips.items()
    }


@dataclass(frozen=True, slots=True)
class Choice:
    """The next ticket, or None with the reason why there is none."""

    row: Row | None
    why: str
    """One sentence: "T1 tagged by Customer Success - first reply, breached 20 min ago."."""
    trace: tuple[str, ...] = ()
    """What decided, rule by rule, one sentence each."""


def next_ticket(
    rows: Sequence[Row],
    *,
    now: datetime,
    skips: Mapping[int, Skip | str] | None = None,
    rules: TierRules = HANDBOOK,
) -> Choice:
    """The ticket that the handbook says is next among the rows of a queue.

    Only tickets to answer (new, open) are candidates. One on which something of ours is still on
    its way comes after all others: its answer may be written already. A skip may be its bare
    reason, when its moment is not known.
    """
    passed = {
        number: Skip(skip) if isinstance(skip, str) else skip
        for number, skip in (skips or {}).items()
    }
    waiting = [row for row in rows if row.section == 0 and not row.missing]
    skipped = {row.id for row in waiting if row.id in passed and passed[row.id].covers(row)}
    ranked = sorted(
        (row for row in waiting if row.id not in skipped), key=lambda row: _rank(row, rules.order)
    )
    trace = [f"{len(waiting)} of {len(rows)} tickets in this queue wait for an answer."]
    if skipped:
        told = ", ".join(
            f"#{number} ({passed[number].reason})" for number in sorted(skipped)[:_LISTED]
        )
        trace.append(f"{len(skipped)} skipped until something changes on them: {told}.")
    if not ranked:
        return Choice(None, _nothing(len(rows), len(skipped)), tuple(trace))
    trace += _decided(ranked, rules, now)
    return Choice(ranked[0], why(ranked[0], now, rules), tuple(trace))


def _rank(row: Row, order: str) -> tuple[object, ...]:
    ours = row.waiting is not None and row.waiting != NEEDS_YOU
    breach = (row.breach_at if row.stage != "paused" else None) or _FAR
    keys = (row.tier, breach) if order == ORDERS[0] else (breach, row.tier)
    return (ours, *keys, row.id)


def why(row: Row, now: datetime, rules: TierRules = HANDBOOK) -> str:
    """Why a ticket stands where it stands, as one sentence."""
    clock = describe(row.metric, row.stage, row.breach_at, now)
    never = ", never answered by a human" if row.never_answered else ""
    return f"T{row.tier} {_tier_words(row, rules)} - {clock}{never}."


def _tier_words(row: Row, rules: TierRules) -> str:
    rule = rules.deciding(row.priority, frozenset(row.tags))
    if rule.tier == row.tier:
        return rule.say
    if row.tier == 1:
        return "marked as tagged by Customer Success"
    same = (other.say for other in rules.rules if other.tier == row.tier)
    return next(same, "by its organization")


def _nothing(rows: int, skipped: int) -> str:
    if skipped:
        return f"Nothing else waits for an answer here; {skipped} skipped (g q shows the queue)."
    if rows:
        return "Nothing waits for an answer here: what is left is pending or on-hold."
    return "This queue holds no tickets."


def _decided(ranked: list[Row], rules: TierRules, now: datetime) -> list[str]:
    first, rest = ranked[0], ranked[1:]
    same = [row for row in ranked if row.tier == first.tier]
    counts = ", ".join(
        f"T{number} {sum(row.tier == number for row in ranked)}" for number in range(1, LOWEST + 1)
    )
    lines = [
        f"Order: {rules.order.replace(',', ', then ')}, then number (preset {rules.preset}).",
        f"By tier: {counts}.",
        f"#{first.id} is T{first.tier}: {_tier_words(first, rules)}.",
        f"Nearest breach of {len(same)} in T{first.tier}: "
        f"{describe(first.metric, first.stage, first.breach_at, now)}.",
    ]
    if first.never_answered:
        lines.append("No human has answered it in public yet, whatever its status says.")
    if first.waiting and first.waiting != NEEDS_YOU:
        lines.append("Something of yours is still on its way to it.")
    if rest:
        lines.append(f"After it: #{rest[0].id}, {why(rest[0], now, rules)}")
    lines.append(_beaten_by(first, rules, now))
    return lines


def _beaten_by(row: Row, rules: TierRules, now: datetime) -> str:
    """What would come before it."""
    clock = state(row.metric, row.stage, row.breach_at, now)
    sooner = "any reply target" if clock in ("none", "paused") else "an earlier breach"
    if rules.order != ORDERS[0]:
        return f"It would be beaten by a ticket with {sooner}."
    higher = f"any ticket of T1 to T{row.tier - 1}" if row.tier > 2 else "any ticket of T1"
    inside = f"one of T{row.tier} with {sooner}"
    return f"It would be beaten by {inside if row.tier == 1 else f'{higher}, or {inside}'}."
