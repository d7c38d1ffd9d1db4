"""The plot of breaches says what the SLA clocks said, also of targets that were met late."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from heroterm.domain import sla
from heroterm.domain.calendar import Calendar
from heroterm.domain.sla_policy import AppliedTarget
from heroterm.domain.ticket import Page, SlaClock
from heroterm.mirror import figures
from tests.conftest import NOW
from tests.mirror.make import JO, KIM, Desk, comment, ticket

OFFICE = Calendar("office", week=(((9 * 60, 17 * 60),),) * 5 + ((), ()))
MONDAY = NOW.replace(day=2, hour=0)
"""Monday, 2 March 2026."""
FRIDAY = MONDAY - timedelta(days=3) + timedelta(hours=16)
TWO_HOURS = 7_200
SINCE = NOW - timedelta(days=14)


def promised(desk: Desk, *, work: bool, metric: str = "first_reply_time") -> None:
    """Two hours, from Friday at four."""
    target = AppliedTarget(1, metric, 1, FRIDAY, "Silver", TWO_HOURS, 36, work)
    desk.writer.save_page(Page((), applied=(target,)), at=NOW)


def answered(desk: Desk, at: datetime) -> None:
    asked = comment(1, 1, JO.id, created_at=FRIDAY)
    reply = comment(2, 1, KIM.id, created_at=at)
    desk.save(ticket(1, created_at=FRIDAY, updated_at=NOW))
    desk.writer.save_comments(1, (asked, reply), (JO, KIM), complete=True, at=NOW)


def found(desk: Desk) -> list[datetime]:
    return figures.breaches(desk.mirror.connection, SINCE, NOW, OFFICE)


@pytest.mark.parametrize("metric", ["first_reply_time", "next_reply_time"])
@pytest.mark.parametrize(
    ("work", "hour", "breach"),
    [
        (True, 11, MONDAY + timedelta(hours=10)),
        (True, 9.5, None),
        (False, 9.5, FRIDAY + timedelta(hours=2)),
    ],
    ids=["late by office hours", "in time by office hours", "late by the clock"],
)
def test_a_target_met_late_ran_out_when_its_clock_did(
    desk: Desk, metric: str, work: bool, hour: float, breach: datetime | None
) -> None:
    answered(desk, MONDAY + timedelta(hours=hour))
    promised(desk, work=work, metric=metric)
    assert found(desk) == ([breach] if breach is not None else [])


@pytest.mark.parametrize("minutes", [30, -30])
def test_what_runs_now_is_breached_where_its_countdown_says_so(desk: Desk, minutes: int) -> None:
    at = NOW + timedelta(minutes=minutes)
    desk.save(ticket(1, slas=(SlaClock("next_reply_time", "active", at),)))
    promised(desk, work=True)
    state = sla.state("next_reply_time", "active", at, NOW)
    assert found(desk) == ([at] if state == "breached" else [])
    assert desk.mirror.connection.number("select count(*) from applied_target") == 1
