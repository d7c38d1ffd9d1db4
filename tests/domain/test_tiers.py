"""The shipped orders: which tier a ticket belongs to, and what is owed at the end of a week."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from heroterm.domain import tiers
from heroterm.domain.priority import rule_of
from heroterm.domain.tables import BadEntry, read
from heroterm.domain.ticket import Organization
from heroterm.domain.tiers import HANDBOOK, policy_order, tier
from heroterm.domain.view import BREACH, POLICY, View
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
    rules = read(shipped, tiers.from_table).chosen()
    assert tier(ticket(priority=level, tags=tags), None, rules) == number
    assert tier(ticket(priority=level, tags=tags), None, HANDBOOK) == number


def test_a_rule_may_ask_for_words_of_the_subject(shipped: dict[str, Any]) -> None:
    rule = {"tier": 1, "say": "asked in a shared channel", "subject": r"^\[CS\]|#\w+-shared"}
    shipped["presets"]["handbook"]["rule"].insert(0, {**rule, "priority": ["high"]})
    rules = read(shipped, tiers.from_table).chosen()
    said = {"[cs] Replays are gone": 1, "From #ACME-shared: help": 1, "Ask the [CS] team": 2}
    for subject, number in said.items():
        asked = ticket(priority="high", subject=subject)
        assert tier(asked, None, rules) == number
    assert tier(ticket(priority="low", subject="[CS] Replays"), None, rules) == 4
    found = row(1, tier=1, priority="high", subject="[CS] Replays")
    assert rule_of(found, rules).say == "asked in a shared channel"


def test_a_tag_of_the_organization_counts() -> None:
    cove = Organization(7, "Cove", tags=("customer_success",))
    assert tier(ticket(), cove, HANDBOOK) == 1


GENERATIONS = [
    # 2024: four tiers by priority, all of them owed at the end of the week.
    ("handbook", "low", "customer_success", 1, True),
    ("handbook", "high", "", 2, True),
    ("handbook", "normal", "", 3, True),
    ("handbook", "low", "", 4, True),
    ("handbook", None, "", 4, True),
    # 2025: what was escalated first; the rest is owed only when it is near its target.
    ("handbook-2025", "low", "cs_tagged", 1, True),
    ("handbook-2025", "low", "top_20 escalated", 2, True),
    ("handbook-2025", "urgent", "escalated", 3, True),
    ("handbook-2025", "normal", "escalated", 4, True),
    ("handbook-2025", "low", "escalated", 4, True),
    ("handbook-2025", "high", "top_20", 5, False),
    ("handbook-2025", "normal", "", 5, False),
    ("handbook-2025", "low", "", 6, False),
    ("handbook-2025", None, "", 6, False),
    # 2026: by what the customer pays and by who might leave.
    ("handbook-2026", "low", "top_20 churn_risk", 1, True),
    ("handbook-2026", "low", "plan_enterprise", 2, True),
    ("handbook-2026", "low", "churn_risk plan_free", 3, True),
    ("handbook-2026", "urgent", "plan_boost", 3, False),
    ("handbook-2026", "urgent", "plan_free", 4, False),
]


@pytest.mark.parametrize(("preset", "level", "tags", "number", "owed"), GENERATIONS)
def test_three_generations_of_the_handbooks_order(
    shipped: dict[str, Any], preset: str, level: str | None, tags: str, number: int, owed: bool
) -> None:
    rules = read(shipped, tiers.from_table).chosen(preset)
    asked = ticket(priority=level, tags=tuple(tags.split()))
    assert tier(asked, None, rules) == number
    rule = rules.deciding(level, frozenset(asked.tags))
    assert rules.owes(rule, minutes(48 * 60), NOW) == owed


def test_the_first_generation_is_the_usual_one_and_a_person_may_choose_another(
    shipped: dict[str, Any],
) -> None:
    presets = read(shipped, tiers.from_table)
    assert next(iter(presets.rules)) == presets.chosen().preset == "handbook"
    assert presets.chosen("handbook-2026").preset == "handbook-2026"
    assert presets.chosen("", "breach,tier").order == "breach,tier"
    with pytest.raises(KeyError):
        presets.chosen("handbok")


def test_what_no_rule_names_is_in_the_last_tier_the_fourth_at_least(
    shipped: dict[str, Any],
) -> None:
    only = {"title": "x", "rule": [{"tier": 1, "say": "paid", "any_tag": ["paid"]}]}
    rules = read({"preset": "a", "presets": {"a": only}}, tiers.from_table).chosen()
    assert rules.deciding("urgent", frozenset()).say == "low priority"
    assert (tier(ticket(), None, rules), tier(ticket(tags=("paid",)), None, rules)) == (4, 1)
    six = read(shipped, tiers.from_table).chosen("handbook-2025")
    assert six.last == 6


def test_the_ninth_is_the_last_number_there_may_be() -> None:
    nine = {"title": "x", "rule": [{"tier": 9, "say": "last of all"}]}
    presets = read({"preset": "a", "presets": {"a": nine}}, tiers.from_table)
    assert tier(ticket(), None, presets.chosen()) == 9


def test_the_queue_follows_the_breach_where_the_policy_says_so_and_nobody_sorted_it() -> None:
    nearest = replace(HANDBOOK, order="breach,tier")
    assert policy_order(View(), nearest).order == BREACH
    assert policy_order(View(), HANDBOOK).order == POLICY
    assert policy_order(View(order="newest"), nearest).order == "newest"


def test_in_2025_a_ticket_near_its_target_is_owed_and_a_mark_by_hand_always(
    shipped: dict[str, Any],
) -> None:
    rules = read(shipped, tiers.from_table).chosen("handbook-2025")
    rule = rules.deciding("normal", frozenset())
    assert rules.owes(rule, minutes(-5), NOW)
    assert rules.owes(rule, minutes(23 * 60), NOW)
    assert not rules.owes(rule, minutes(25 * 60), NOW)
    assert not rules.owes(rule, None, NOW)
    assert rules.owes(rules.deciding("low", frozenset()), None, NOW, marked=True)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"preset": "handbok"}, 'preset: "handbok" is not known'),
        ({"order": "newest"}, "tier,breach"),
        (
            {"presets": {"handbook": {"title": "x", "rule": [{"tier": 10, "say": "x"}]}}},
            "Use 1 to 9",
        ),
        ({"presets": {"handbook": {"title": "x", "rule": []}}}, "rule: is missing"),
        (
            {"presets": {"handbook": {"title": "x", "near": 2, "rule": [{"tier": 1, "say": "x"}]}}},
            "near: is not known",
        ),
        (
            {"presets": {"handbook": {"title": "x", "rule": [{"tier": 1, "sey": "x"}]}}},
            "say: is missing",
        ),
        (
            {"presets": {"handbook": {"title": "x", "rule": [{"tier": 1, "say": "x", "tgs": 1}]}}},
            "tgs: is not known",
        ),
        (
            {"presets": {"a": {"title": "x", "rule": [{"tier": 1, "say": "x", "subject": "("}]}}},
            "subject: is no regular expression",
        ),
    ],
)
def test_a_wrong_order_is_refused_with_its_place(
    shipped: dict[str, Any], change: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(BadEntry, match=re.escape(complaint)):
        read(shipped | change, tiers.from_table)
