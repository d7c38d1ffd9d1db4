"""The one ticket that comes next, and the reason for it.

Handbook, "How do I prioritize?": four tiers; "avoid cherry-picking tickets. Pick the ticket that
is closest to breaching". Both at once means: tier first, nearest breach inside the tier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from heroterm.domain.outbox import NEEDS_YOU
from heroterm.domain.sla import describe, state
from heroterm.domain.tiers import HANDBOOK, ORDERS, TierRule, TierRules
from heroterm.domain.view import Row

_FAR = datetime.max.replace(tzinfo=UTC)
_LISTED = 3
_PAGE = 500
MARKED = "marked as tagged by Customer Success"
"""Why a ticket is in tier 1 that no rule puts there."""


@dataclass(frozen=True, slots=True)
class Skip:
    """A ticket passed over. It comes back once something changed on it after `at`."""

    reason: str
    at: datetime | None = None
    """None: not known, and so it does not come back by itself."""
    waits: bool = False
    """It waits for a moment or an answer (domain.waits) rather than for a change."""

    def covers(self, row: Row) -> bool:
        """Whether the row is still passed over."""
        return self.at is None or row.updated_at <= self.at


def by_server(skips: Mapping[int, Skip], offset: timedelta) -> dict[int, Skip]:
    """The same skips with their moments by the server's clock, `offset` ahead of this machine's."""
    return {
        number: replace(skip, at=skip.at + offset) if skip.at is not None else skip
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


def choose(
    page: Callable[[int, int], Sequence[Row]],
    *,
    now: datetime,
    skips: Mapping[int, Skip] | None = None,
    rules: TierRules = HANDBOOK,
) -> Choice:
    """The next ticket of a queue that is read a page at a time: `page(offset, limit)`.

    The rows come in the order of tiers and breaches, so the first page with a free ticket settles
    it; where the breach counts before the tier, all of them are looked at.
    """
    rows: list[Row] = []
    while True:
        found = page(len(rows), _PAGE)
        rows += found
        whole = len(found) < _PAGE
        if whole or (rules.order == ORDERS[0] and any(_free(row, skips or {}) for row in rows)):
            return next_ticket(rows, now=now, skips=skips, rules=rules, whole=whole)


def _free(row: Row, skips: Mapping[int, Skip]) -> bool:
    """Whether nothing keeps a row from being next but those before it."""
    over = row.id in skips and skips[row.id].covers(row)
    return row.section == 0 and not (row.missing or over or _ours(row))


def next_ticket(
    rows: Sequence[Row],
    *,
    now: datetime,
    skips: Mapping[int, Skip | str] | None = None,
    rules: TierRules = HANDBOOK,
    whole: bool = True,
) -> Choice:
    """The ticket that the handbook says is next among the rows of a queue.

    Only tickets to answer (new, open) are candidates. One on which something of ours is still on
    its way comes after all others: its answer may be written already. A skip may be its bare
    reason, when its moment is not known. Unless they are the `whole` queue, more rows follow.
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
    where = "tickets in this queue" if whole else "tickets at the top of this queue"
    trace = [f"{len(waiting)} of {len(rows)} {where} wait for an answer."]
    for waits, words in ((False, "skipped until something changes on them"), (True, "wait")):
        over = [number for number in sorted(skipped) if passed[number].waits is waits]
        if over:
            told = ", ".join(f"#{number} ({passed[number].reason})" for number in over[:_LISTED])
            trace.append(f"{len(over)} {words}: {told}.")
    if not ranked:
        return Choice(None, _nothing(len(rows), len(skipped)), tuple(trace))
    trace += [_by_tier(ranked, rules, apart=bool(skipped)), *_decided(ranked, rules, now)]
    return Choice(ranked[0], why(ranked[0], now, rules), tuple(trace))


def _rank(row: Row, order: str) -> tuple[object, ...]:
    breach = (row.breach_at if row.stage != "paused" else None) or _FAR
    keys = (row.tier, breach) if order == ORDERS[0] else (breach, row.tier)
    return (_ours(row), *keys, row.id)


def _ours(row: Row) -> bool:
    """Whether something of ours is still on its way to the ticket."""
    return row.waiting is not None and row.waiting != NEEDS_YOU


def why(row: Row, now: datetime, rules: TierRules = HANDBOOK) -> str:
    """Why a ticket stands where it stands, as one sentence."""
    clock = describe(row.metric, row.stage, row.breach_at, now)
    never = ", never answered by a human" if row.never_answered else ""
    return f"T{row.tier} {_tier_words(row, rules)} - {clock}{never}."


def rule_of(row: Row, rules: TierRules) -> TierRule:
    """The rule that decides for a row, without the mark by hand."""
    tags = frozenset((*row.tags, *row.organization_tags))
    return rules.deciding(row.priority, tags, row.subject)


def _tier_words(row: Row, rules: TierRules) -> str:
    rule = rule_of(row, rules)
    if rule.tier == row.tier:
        return rule.say
    if row.tier == 1:
        return MARKED
    same = (other.say for other in rules.rules if other.tier == row.tier)
    return next(same, "by its organization")


def _nothing(rows: int, skipped: int) -> str:
    if skipped:
        return f"Nothing else waits for an answer here; {skipped} passed over, as the queue shows."
    if rows:
        return "Nothing waits for an answer here: what is left is pending or on-hold."
    return "This queue holds no tickets."


def _by_tier(ranked: Sequence[Row], rules: TierRules, *, apart: bool) -> str:
    """How many may be next, of each tier; `apart` from those that were named before."""
    counts = ", ".join(
        f"T{number} {sum(row.tier == number for row in ranked)}"
        for number in range(1, rules.last + 1)
    )
    return f"By tier{f', the other {len(ranked)}' if apart else ''}: {counts}."


def _decided(ranked: list[Row], rules: TierRules, now: datetime) -> list[str]:
    first, rest = ranked[0], ranked[1:]
    same = [row for row in ranked if row.tier == first.tier]
    lines = [
        f"Order: {rules.order.replace(',', ', then ')}, then number (preset {rules.preset}).",
        f"#{first.id} is T{first.tier}: {_tier_words(first, rules)}.",
        f"Nearest breach of {len(same)} in T{first.tier}: "
        f"{describe(first.metric, first.stage, first.breach_at, now)}.",
    ]
    if first.never_answered:
        lines.append("No human has answered it in public yet, whatever its status says.")
    if _ours(first):
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
