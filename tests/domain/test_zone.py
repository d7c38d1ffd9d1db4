"""Clocks and days as they were on the wall, on both sides of a change to summer time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from heroterm.cli.thread_lines import thread_lines
from heroterm.domain.playbook_rehearsal import case_of
from heroterm.domain.stats import day_ends
from heroterm.domain.ticket import Audit, Comment
from heroterm.domain.waits import parse
from heroterm.domain.zone import LOCAL
from heroterm.journal.database import Journal
from heroterm.mirror.labels import Labels
from heroterm.rulebook import local_zone
from heroterm.rulebook.digest import digest_of
from heroterm.tui.naming import Names
from heroterm.tui.panes.event import event_lines
from heroterm.tui.today import done

AUTUMN = datetime(2026, 10, 25, 11, tzinfo=UTC)
"""Noon of the day that had twenty-five hours in Berlin."""


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


class Asked:
    """A journal that keeps what it was asked."""

    def __init__(self) -> None:
        self.outbox = self.trail = self
        self.moments: list[datetime] = []

    def sent_since(self, moment: datetime) -> list[object]:
        self.moments.append(moment)
        return []

    def since(self, moment: datetime, what: str) -> list[object]:
        return self.sent_since(moment)


def test_what_happened_before_the_change_has_the_clock_time_that_it_had() -> None:
    before = Audit(1, datetime(2026, 10, 23, 13, tzinfo=UTC), None)
    (line, *_) = event_lines(before, 80, Names(None), AUTUMN)
    assert "Fri 15:00" in line.plain


def test_the_command_line_and_a_case_tell_the_clock_of_this_machine_too() -> None:
    note = Comment(1, 7, 9, False, "Stop!", datetime(2026, 10, 25, 9, tzinfo=UTC))
    told = list(thread_lines([note], (), {}, cast(Labels, None), AUTUMN))
    assert "10:00" in told[0]
    assert case_of("Ana", AUTUMN).zone is LOCAL


def test_days_begin_at_their_midnight_and_the_week_on_its_monday() -> None:
    asked = Asked()
    done(cast(Journal, asked), None, AUTUMN)
    midnight, monday = (moment.astimezone(UTC) for moment in asked.moments)
    assert midnight == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert monday == datetime(2026, 10, 18, 22, tzinfo=UTC)
    friday, saturday, today = day_ends(AUTUMN.astimezone(LOCAL), 3)
    assert [saturday.astimezone(UTC), today] == [midnight, AUTUMN]
    assert friday.astimezone(UTC) == midnight - timedelta(days=1)


@pytest.mark.parametrize("named", ["", "CET-1CEST,M3.5.0,M10.5.0/3"])
def test_a_machine_whose_zone_has_no_name_keeps_its_own_time(tmp_path: Path, named: str) -> None:
    """Where /etc/localtime is a copy, or TZ a rule, "mon 9" must not be nine o'clock in London."""
    copied = tmp_path / "localtime"
    copied.touch()
    zone = local_zone(copied, {"TZ": named})
    wake = parse("mon 9", AUTUMN, zone)
    assert wake is not None and wake.until == datetime(2026, 10, 26, 8, tzinfo=UTC)
    assert digest_of(zone) == digest_of(local_zone(copied, {}))


def test_of_an_hour_that_comes_twice_it_is_known_which_one_is_meant() -> None:
    for minutes in range(-120, 180, 30):
        moment = datetime(2026, 10, 25, 1, tzinfo=UTC) + timedelta(minutes=minutes)
        told = moment.astimezone(LOCAL)
        assert told.replace(tzinfo=None) == moment.astimezone().replace(tzinfo=None)
        assert told.astimezone(UTC) == moment
