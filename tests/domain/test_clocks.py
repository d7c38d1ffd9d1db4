from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from heroterm.domain import lifecycle
from heroterm.domain.ages import ago, clock_day, clock_time, span
from heroterm.domain.lifecycle import LifecycleNumbers, consequence, dates, milestones
from heroterm.domain.sla import countdown, describe, left, metric_words, next_breach
from heroterm.domain.tables import BadEntry, read
from heroterm.domain.ticket import SlaClock
from tests.domain.rows import NOW, minutes

NUMBERS = LifecycleNumbers()


@pytest.mark.parametrize(
    ("remaining", "text", "state"),
    [
        (-20, "-0:20!!", "breached"),
        (0, "-0:00!!", "breached"),
        (-599, "-9:59!!", "breached"),
        (-600, " -10h!!", "breached"),
        (-60 * 72, "  -3d!!", "breached"),
        (42, " 0:42! ", "soon"),
        (59.9, " 0:59! ", "soon"),
        (60, " 1:00  ", "running"),
        (190, " 3:10  ", "running"),
        (680, "11:20  ", "running"),
        (60 * 24 * 19, "  19d  ", "running"),
        (60 * 24 * 9999, " 999d  ", "running"),
    ],
)
def test_a_countdown_always_has_the_same_width(remaining: float, text: str, state: str) -> None:
    shown = countdown("first_reply_time", "active", minutes(remaining), NOW)
    assert (shown.text, shown.state) == (text, state)
    assert len(shown.text) == 7


@pytest.mark.parametrize(
    ("metric", "stage", "breach_at", "state"),
    [
        (None, None, None, "none"),
        ("next_reply_time", "paused", None, "paused"),
        ("next_reply_time", "active", None, "paused"),
        ("next_reply_time", "achieved", NOW, "achieved"),
    ],
)
def test_a_clock_that_does_not_run_says_so_in_a_word(
    metric: str | None, stage: str | None, breach_at: datetime | None, state: str
) -> None:
    shown = countdown(metric, stage, breach_at, NOW)
    assert shown.state == state
    assert len(shown.text) == 7


def test_metrics_have_names_for_people() -> None:
    assert metric_words("first_reply_time") == "first reply"
    assert metric_words("brand_new_time") == "brand new"
    assert describe("next_reply_time", "active", minutes(42), NOW) == "next reply, 42 min left"
    assert describe(None, None, None, NOW) == "no reply target"


def test_what_is_left_goes_below_zero() -> None:
    assert left(minutes(-20), NOW) == timedelta(minutes=-20)


def test_the_clock_that_breaches_first_is_shown() -> None:
    clocks = (
        SlaClock("total_resolution_time", "active", minutes(500)),
        SlaClock("next_reply_time", "active", minutes(50)),
        SlaClock("first_reply_time", "achieved", minutes(-50)),
        SlaClock("periodic_update_time", "paused", None),
    )
    shown = next_breach(clocks)
    assert shown is not None
    assert shown.metric == "next_reply_time"
    assert next_breach(()) is None
    assert next_breach(None) is None


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("pending", "pauses the SLA timer, auto-solves Wed 11 Mar"),
        (
            "solved",
            "stops the SLA timer; CSAT in 3 days, reopen until Tue 24 Mar, then a follow-up",
        ),
        ("hold", "pauses the SLA timer; easily overlooked, tell the customer"),
        ("open", "SLA timer runs; say in a note who works on it next"),
        ("never heard of", ""),
    ],
)
def test_a_status_says_what_it_does_to_the_timers(status: str, words: str) -> None:
    assert consequence(status, NOW, NUMBERS, UTC) == words
    assert len(consequence(status, NOW, NUMBERS, UTC, brief=True)) <= 60


def test_the_numbers_come_from_the_file(project: Path) -> None:
    values = tomllib.loads((project / "heroterm/data/lifecycle.toml").read_text())
    assert read(values, lifecycle.from_table) == NUMBERS
    changed = read(values | {"csat_days": 1}, lifecycle.from_table)
    assert "CSAT in 1 day," in consequence("solved", NOW, changed, UTC)
    with pytest.raises(BadEntry, match=r"csat_day: is not known here. Did you mean .csat_days"):
        read({"csat_day": 1}, lifecycle.from_table)


def test_the_dates_of_a_ticket_are_listed_soonest_first() -> None:
    names = [milestone.name for milestone in milestones("solved", NOW, NUMBERS, UTC)]
    assert names == ["csat", "reopen_until"]
    assert milestones("pending", NOW, NUMBERS, UTC)[0].say == "auto-solves Wed 11 Mar"
    assert milestones("open", NOW, NUMBERS, UTC) == ()
    later = NOW + timedelta(days=10)
    assert dates("solved", NOW, NOW, NUMBERS, UTC, later) == (
        "CSAT survey was due Sat 7 Mar, an answer reopens it until Tue 24 Mar"
    )


def test_ages_are_short() -> None:
    assert ago(minutes(-0.5), NOW) == "just now"
    assert ago(minutes(5), NOW) == "just now"
    assert ago(minutes(-12), NOW) == "12 min ago"
    assert ago(minutes(-200), NOW) == "3 h 20 min ago"
    assert ago(minutes(-60 * 24 * 5), NOW) == "5 d ago"
    assert span(timedelta(minutes=-190)) == "3 h 10 min"
    assert span(timedelta(seconds=3)) == "less than 1 min"


def test_days_are_those_of_the_hero() -> None:
    late = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    assert clock_day(late, UTC) == "Wed 4 Mar"
    assert clock_day(late, timezone(timedelta(hours=2))) == "Thu 5 Mar"
    assert clock_time(minutes(-60), NOW, UTC) == "09:00"
    assert clock_time(minutes(-60 * 25), NOW, UTC) == "Tue 09:00"
    assert clock_time(minutes(-60 * 24 * 20), NOW, UTC) == "Thu 12 Feb"
