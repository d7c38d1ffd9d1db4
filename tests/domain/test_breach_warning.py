from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from heroterm.domain.breach_warning import BreachWarning, WarningRules, look
from heroterm.domain.tables import BadEntry, read
from heroterm.domain.targets import from_table
from heroterm.rulebook import zone_named
from tests.domain.rows import NOW, minutes, row

RULES = WarningRules()


@pytest.fixture
def shipped(project: Path) -> WarningRules:
    values = tomllib.loads((project / "heroterm/data/sla.toml").read_text())
    values["warnings"]["zone"] = "Europe/London"
    return read(values, lambda table: from_table(table, zone_named)).warnings


def watched(breach: float, steps: int, *, rules: WarningRules = RULES) -> list[int]:
    """The hours warned of while the desk looks every ten minutes."""
    given: Mapping[int, frozenset[int]] = {}
    said: list[BreachWarning] = []
    for step in range(steps):
        found = look([row(1, tier=2, breach=breach)], given, minutes(10 * step), rules)
        given = found.given
        said += found.warnings
    return [each.hours for each in said]


def test_three_two_and_one_hour_before_and_never_again() -> None:
    assert watched(300, 60) == [3, 2, 1]


def test_what_was_slept_through_is_said_once() -> None:
    assert watched(50, 60) == [1]


def test_a_target_that_is_missed_already_is_no_warning() -> None:
    assert watched(-5, 3) == []


def test_only_tickets_whose_clock_runs_and_that_have_a_tier_for_it() -> None:
    rows = [
        row(1, tier=4, breach=30),
        row(2, tier=1, breach=30, section=1),
        row(3, tier=1),
        row(4, tier=1, metric="next_reply_time", stage="paused"),
        row(5, tier=3, breach=30),
        row(6, tier=1, breach=20),
    ]
    assert [each.ticket_id for each in look(rows, {}, NOW, RULES).warnings] == [6, 5]


def test_a_reply_that_wins_new_time_arms_the_warnings_again() -> None:
    first = look([row(1, tier=2, breach=30)], {}, NOW, RULES)
    later = look([row(1, tier=2, breach=1440)], first.given, NOW, RULES)
    assert later.given == {}
    again = look([row(1, tier=2, breach=170)], later.given, NOW, RULES)
    assert [each.hours for each in again.warnings] == [3]


def test_a_short_pause_arms_nothing() -> None:
    first = look([row(1, tier=2, breach=30)], {}, NOW, RULES)
    gone = look([row(1, tier=2, metric="x", stage="paused")], first.given, NOW, RULES)
    assert look([row(1, tier=2, breach=100)], gone.given, NOW, RULES).warnings == ()


def test_the_night_is_quiet_and_the_morning_says_what_is_still_true(shipped: WarningRules) -> None:
    night = datetime.fromisoformat("2026-03-04T23:00+00:00")
    asked = [row(1, tier=1, metric="m", stage="active", breach_at=night + timedelta(hours=11))]
    dark = look(asked, {}, night + timedelta(hours=8, minutes=30), shipped)
    assert (dark.warnings, dark.given) == ((), {})
    morning = look(asked, dark.given, night + timedelta(hours=9), shipped)
    assert [each.hours for each in morning.warnings] == [2]


def test_quiet_hours_follow_summer_time(shipped: WarningRules) -> None:
    # 07:30 in London is 07:30 UTC in winter and 06:30 UTC in summer.
    assert shipped.is_quiet(datetime.fromisoformat("2026-03-04T07:30+00:00"))
    assert not shipped.is_quiet(datetime.fromisoformat("2026-07-01T07:30+00:00"))
    assert shipped.is_quiet(datetime.fromisoformat("2026-03-07T12:00+00:00"))


def test_all_of_it_is_off_with_one_setting() -> None:
    assert watched(300, 60, rules=WarningRules(on=False)) == []


def test_a_wrong_stretch_is_refused_with_its_place(project: Path) -> None:
    values = tomllib.loads((project / "heroterm/data/sla.toml").read_text())
    values["warnings"]["quiet"] = "at night"
    with pytest.raises(BadEntry, match=r"warnings\.quiet: .at night. is no stretch of time"):
        read(values, lambda table: from_table(table, zone_named))


def test_a_zone_that_is_misspelt_is_said_and_does_not_move_the_quiet_hours(project: Path) -> None:
    values = tomllib.loads((project / "heroterm/data/sla.toml").read_text())
    values["warnings"]["zone"] = "Europe/Lodnon"
    with pytest.raises(BadEntry, match="Lodnon") as raised:
        read(values, lambda table: from_table(table, zone_named))
    assert raised.value.key == "warnings.zone"
