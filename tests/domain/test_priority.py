from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from heroterm.domain import priority
from heroterm.domain.priority import HANDBOOK, Skip, TierRules, next_ticket, tier
from heroterm.domain.tables import BadEntry, read
from heroterm.domain.ticket import Organization
from tests.domain.rows import NOW, minutes, row, ticket


@pytest.fixture
def shipped(project: Path) -> dict[str, Any]:
    return tomllib.loads((project / "heroterm/data/tiers.toml").read_text())


@pytest.mark.parametrize(
    ("level", "tags", "number"),
    [
        ("low", ("customer_success",), 1),
        ("urgent", (), 2),
        ("high", (), 2),
        ("normal", ("other",), 3),
        ("low", (), 4),
        (None, (), 4),
    ],
)
def test_the_handbooks_tiers_are_the_shipped_ones(
    shipped: dict[str, Any], level: str | None, tags: tuple[str, ...], number: int
) -> None:
    rules = read(shipped, priority.from_table)
    assert tier(ticket(priority=level, tags=tags), None, rules) == number
    assert tier(ticket(priority=level, tags=tags), None, HANDBOOK) == number


def test_a_tag_of_the_organization_counts() -> None:
    cove = Organization(7, "Cove", tags=("customer_success",))
    assert tier(ticket(), cove, HANDBOOK) == 1


@pytest.mark.parametrize("preset", ["escalated", "plan"])
def test_the_later_orders_can_be_chosen(shipped: dict[str, Any], preset: str) -> None:
    rules = read(shipped | {"preset": preset}, priority.from_table)
    assert {rule.tier for rule in rules.rules} == {1, 2, 3, 4}


def test_an_escalated_ticket_needs_all_its_tags(shipped: dict[str, Any]) -> None:
    rules = read(shipped | {"preset": "escalated"}, priority.from_table)
    assert tier(ticket(tags=("top_20",)), None, rules) == 4
    assert tier(ticket(tags=("top_20", "escalated")), None, rules) == 2


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"preset": "handbok"}, 'preset: "handbok" is not known'),
        ({"order": "newest"}, "tier,breach"),
        ({"presets": {"handbook": {"title": "x", "rule": [{"tier": 5, "say": "x"}]}}}, "1, 2, 3"),
        (
            {"presets": {"handbook": {"title": "x", "rule": [{"tier": 1, "sey": "x"}]}}},
            "say: is missing",
        ),
        (
            {"presets": {"handbook": {"title": "x", "rule": [{"tier": 1, "say": "x", "tgs": 1}]}}},
            "tgs: is not known",
        ),
    ],
)
def test_a_wrong_order_is_refused_with_its_place(
    shipped: dict[str, Any], change: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(BadEntry, match=re.escape(complaint)):
        read(shipped | change, priority.from_table)


def test_the_tier_comes_before_the_breach() -> None:
    rows = [row(1, tier=3, breach=-90), row(2, tier=2, breach=300), row(3, tier=2, breach=42)]
    assert _next(rows) == 3


def test_a_team_can_put_the_breach_before_the_tier() -> None:
    rows = [row(1, tier=3, breach=-90), row(2, tier=2, breach=300)]
    chosen = next_ticket(rows, now=NOW, rules=TierRules(HANDBOOK.rules, order="breach,tier"))
    assert chosen.row is not None
    assert chosen.row.id == 1


def test_a_ticket_without_a_target_comes_last_in_its_tier() -> None:
    assert _next([row(1, tier=2), row(2, tier=2, breach=9000)]) == 2


def test_equal_tickets_are_taken_by_number() -> None:
    assert _next([row(9, tier=2), row(4, tier=2)]) == 4


def test_pending_on_hold_and_missing_tickets_are_never_next() -> None:
    rows = [row(1, section=1, tier=1), row(2, section=2, tier=1), row(3, tier=1, missing=True)]
    chosen = next_ticket(rows, now=NOW)
    assert chosen.row is None
    assert "pending or on-hold" in chosen.why


def test_a_ticket_whose_answer_is_on_its_way_comes_after_the_others() -> None:
    assert _next([row(1, tier=1, waiting="held"), row(2, tier=4)]) == 2
    assert _next([row(1, tier=1, waiting="needs_you"), row(2, tier=4)]) == 1


def test_a_skipped_ticket_stays_away_until_something_changes_on_it() -> None:
    rows = [row(1, tier=1, updated_at=minutes(-30)), row(2, tier=4)]
    assert _next(rows, {1: Skip("needs a database expert", minutes(-10))}) == 2
    assert _next(rows, {1: Skip("needs a database expert", minutes(-40))}) == 1
    assert _next(rows, {1: Skip("needs a database expert")}) == 2
    assert _next(rows, {1: "needs a database expert"}) == 2


def test_everything_skipped_is_not_the_same_as_nothing_there() -> None:
    skipped = next_ticket([row(1)], now=NOW, skips={1: Skip("later")})
    assert skipped.row is None
    assert "1 skipped" in skipped.why
    assert next_ticket([], now=NOW).why == "This queue holds no tickets."


def test_the_reason_is_one_sentence() -> None:
    chosen = next_ticket([row(1, tier=1, tags=("customer_success",), breach=-20)], now=NOW)
    assert chosen.why == "T1 tagged by Customer Success - first reply, breached 20 min ago."


def test_never_answered_is_said_whatever_the_status_is() -> None:
    chosen = next_ticket([row(1, tier=2, priority="high", never_answered=True, breach=42)], now=NOW)
    assert chosen.why == ("T2 high priority - first reply, 42 min left, never answered by a human.")


def test_a_mark_by_hand_is_named_as_the_reason() -> None:
    assert "marked as tagged by Customer Success" in next_ticket([row(1, tier=1)], now=NOW).why


def test_the_trace_says_what_decided_and_what_would_beat_it() -> None:
    rows = [row(1, tier=2, priority="high", breach=5), row(2, tier=4), row(3, section=1)]
    trace = "\n".join(next_ticket(rows, now=NOW, skips={2: Skip("tea")}).trace)
    for words in ("2 of 3 tickets", "#2 (tea)", "T2 1", "high priority", "5 min left", "beaten by"):
        assert words in trace


def _next(rows: list[Any], skips: Mapping[int, Skip | str] | None = None) -> int:
    chosen = next_ticket(rows, now=NOW, skips=skips)
    assert chosen.row is not None
    return chosen.row.id
