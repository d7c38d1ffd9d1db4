from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heroterm.domain.calendar import ALWAYS, WEEKDAYS, Calendar, from_table, target, week_of
from heroterm.domain.schedules import calendar_of, working_hours, zones_from
from heroterm.domain.sla_policy import Holiday, Schedule
from heroterm.domain.tables import BadEntry, Table
from heroterm.domain.targets import from_table as targets_from
from heroterm.rulebook import zone_named

NINE_TO_FIVE = ((9 * 60, 17 * 60),)
QUARTER = timedelta(minutes=15)


def office(zone: str, *, days_off: frozenset[date] = frozenset()) -> Calendar:
    """Monday to Friday, 9 to 5."""
    return Calendar("office", ZoneInfo(zone), (NINE_TO_FIVE,) * 5 + ((), ()), days_off)


def every_day(zone: str) -> Calendar:
    return Calendar("every day", ZoneInfo(zone), (((0, 1440),),) * 7)


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


LONDON, NEW_YORK = "Europe/London", "America/New_York"
XMAS = Calendar(
    "xmas",
    ZoneInfo(LONDON),
    WEEKDAYS.week,
    frozenset({date(2027, 1, 1)}),
    frozenset({(12, 25), (12, 26)}),
)
BY_HAND = [
    # Twelve hours on a Friday at 18:00: six until midnight, six on Monday.
    (WEEKDAYS, "2026-03-06T18:00", "UTC", 12, "2026-03-09T06:00", "UTC"),
    # Asked on a Sunday: Monday is the first day that counts.
    (WEEKDAYS, "2026-03-08T15:00", "UTC", 24, "2026-03-10T00:00", "UTC"),
    # Office hours: 16:00 Friday, two hours of work end on Monday at ten.
    (office(LONDON), "2026-03-06T16:00", LONDON, 2, "2026-03-09T10:00", LONDON),
    # The same office asked from New York: 11:00 there is 16:00 in London until 8 March.
    (office(LONDON), "2026-03-06T11:00", NEW_YORK, 2, "2026-03-09T06:00", NEW_YORK),
    # Spring, New York: the night to Sunday 8 March has 23 hours.
    (every_day(NEW_YORK), "2026-03-07T12:00", NEW_YORK, 24, "2026-03-08T13:00", NEW_YORK),
    # Autumn, London: the night to Sunday 25 October has 25 hours.
    (every_day(LONDON), "2026-10-24T12:00", LONDON, 24, "2026-10-25T11:00", LONDON),
    # An office does not notice: 9 to 5 is eight hours on either side of a change.
    (office(NEW_YORK), "2026-03-06T09:00", NEW_YORK, 16, "2026-03-09T17:00", NEW_YORK),
    # Christmas Day 2026 is a Friday, Boxing Day a Saturday, New Year's Day a Friday.
    (XMAS, "2026-12-24T12:00", LONDON, 24, "2026-12-28T12:00", LONDON),
    (XMAS, "2026-12-31T12:00", LONDON, 24, "2027-01-04T12:00", LONDON),
    # A full working day ends when the office closes, not when it opens again.
    (office(LONDON), "2026-03-05T09:00", LONDON, 8, "2026-03-05T17:00", LONDON),
    # Forty-five minutes off the hour, and a zone whose summer time is half an hour.
    (every_day("Asia/Kathmandu"), "2026-03-04T23:30", "Asia/Kathmandu", 1,
     "2026-03-04T18:45", "UTC"),
    (every_day("Australia/Lord_Howe"), "2026-04-04T12:00", "Australia/Lord_Howe", 24,
     "2026-04-05T11:30", "Australia/Lord_Howe"),
]  # fmt: skip


@pytest.mark.parametrize(("calendar", "begin", "zone", "hours", "end", "end_zone"), BY_HAND)
def test_worked_out_by_hand(
    calendar: Calendar, begin: str, zone: str, hours: int, end: str, end_zone: str
) -> None:
    started, due = at(begin, zone), at(end, end_zone)
    assert calendar.after(started, timedelta(hours=hours)) == due
    assert calendar.between(started, due) == timedelta(hours=hours)


_ZONES = st.sampled_from(
    "UTC Europe/London America/New_York America/Santiago Asia/Kathmandu Australia/Lord_Howe "
    "Pacific/Chatham Africa/Cairo Asia/Beirut".split()
)
# Quarter hours, but for the small hours: a change of the clocks may name one twice.
_MINUTES = st.sampled_from([0, *range(5 * 60, 23 * 60, 15), 1440])
_HOURS = st.tuples(_MINUTES, _MINUTES).filter(lambda pair: pair[0] < pair[1])
_YEAR = 4 * 24 * 366
# Days around changes of the clocks, ends of years, and any others.
_CHANGES = [
    datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 3, 27, tzinfo=UTC),
    datetime(2026, 4, 3, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC),
    datetime(2026, 10, 30, tzinfo=UTC), datetime(2026, 12, 29, tzinfo=UTC),
]  # fmt: skip
_MOMENTS = st.one_of(
    st.builds(lambda day, n: day + n * QUARTER, st.sampled_from(_CHANGES), st.integers(0, 400)),
    st.integers(0, _YEAR).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + n * QUARTER),
)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    stretch = draw(_HOURS)
    open_days = draw(st.sets(st.integers(0, 6), min_size=1))
    week = tuple((stretch,) if day in open_days else () for day in range(7))
    off = draw(st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=3))
    return Calendar("some", ZoneInfo(draw(_ZONES)), week, frozenset(off))


def slow(calendar: Calendar, begin: datetime, end: datetime) -> timedelta:
    """Every quarter of an hour looked at by the clock on the wall."""
    total, moment = timedelta(), begin
    while moment < end:
        local = moment.astimezone(calendar.zone)
        minute = local.hour * 60 + local.minute
        hours = calendar.week[local.weekday()]
        if not calendar.off(local.date()) and any(a <= minute < b for a, b in hours):
            total += QUARTER
        moment += QUARTER
    return total


@given(calendars(), _MOMENTS, st.integers(0, 4 * 24 * 5))
def test_work_is_what_the_clock_on_the_wall_says(
    calendar: Calendar, begin: datetime, quarters: int
) -> None:
    end = begin + quarters * QUARTER
    assert calendar.between(begin, end) == slow(calendar, begin, end)
    assert calendar.between(end, begin) == -calendar.between(begin, end)


@given(calendars(), _MOMENTS, st.integers(1, 60 * 60))
def test_after_is_the_first_moment_at_which_the_work_is_done(
    calendar: Calendar, begin: datetime, minutes: int
) -> None:
    work = timedelta(minutes=minutes)
    due = calendar.after(begin, work)
    assert due is not None and due > begin
    assert calendar.between(begin, due) == work
    assert calendar.between(begin, due - timedelta(seconds=1)) < work


@given(calendars(), _MOMENTS, st.integers(0, 900), st.integers(0, 900))
def test_work_adds_up(calendar: Calendar, begin: datetime, one: int, two: int) -> None:
    middle, end = begin + one * QUARTER, begin + (one + two) * QUARTER
    whole = calendar.between(begin, end)
    assert whole == calendar.between(begin, middle) + calendar.between(middle, end)


def in_hours(calendar: Calendar, moment: datetime) -> bool:
    """Whether a moment lies in one of the stretches of the days around it."""
    day = moment.astimezone(calendar.zone).date()
    around = (day + timedelta(days=n) for n in (-1, 0, 1))
    return any(opens <= moment < closes for d in around for opens, closes in calendar.stretches(d))


@given(calendars(), _MOMENTS)
def test_work_is_done_in_the_stretches_of_a_day(calendar: Calendar, moment: datetime) -> None:
    worked = calendar.between(moment, moment + timedelta(minutes=1)) > timedelta()
    assert in_hours(calendar, moment) == worked


def test_a_calendar_that_never_opens_has_no_answer() -> None:
    closed = Calendar("closed", UTC, ((),) * 7)
    assert closed.after(at("2026-03-04T10:00"), timedelta(hours=1)) is None
    assert ALWAYS.after(at("2026-03-04T10:00"), timedelta(0)) == at("2026-03-04T10:00")


@pytest.mark.parametrize(
    ("text", "hours"),
    [("90 min", 1.5), ("12 h", 12), ("1 hour", 1), ("3 d", 72), ("2 business days", 16)],
)
def test_targets_are_written_as_people_say_them(text: str, hours: float) -> None:
    assert target(text, office(LONDON)) == timedelta(hours=hours)


def test_other_words_are_no_target() -> None:
    assert [target(text, WEEKDAYS) for text in ("soon", "12", "-3 h", "h")] == [None] * 4


def test_a_week_is_written_in_lines() -> None:
    week = week_of(("mon-thu 09:00-17:30", "fri 09:00-12:00", "fri 11:00-16:00"))
    assert week is not None
    assert week[0] == ((540, 1050),)
    assert week[4] == ((540, 960),)
    assert week[5] == ()
    assert week_of(("sat-mon 10:00-12:00",)) == (
        ((600, 720),),
        (),
        (),
        (),
        (),
        *((((600, 720),),) * 2),
    )
    assert week_of(("mon 9-17",)) is None
    assert week_of(("mon 17:00-09:00",)) is None


def test_holidays_are_days_yearly_days_and_stretches() -> None:
    made = from_table(
        "x",
        Table(
            {
                "hours": ["mon-sun 00:00-24:00"],
                "holidays": ["12-25", "2026-04-06", "2026-12-30..2027-01-02", "02-29"],
            }
        ),
        zone_named,
    )
    days = [date(2030, 12, 25), date(2026, 4, 6), date(2027, 1, 2), date(2028, 2, 29)]
    assert [made.off(day) for day in days] == [True] * 4
    assert not made.off(date(2027, 1, 3))


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ({"zone": "Mars/Olympus"}, "zone: .*Mars"),
        ({"zone": "../../etc/passwd"}, "zone: "),
        ({"hours": ["all day"]}, "hours: says no hours"),
        ({"hours": []}, "hours: says no hours"),
        ({"holidays": ["2026-02-30"]}, "holidays: .*no day"),
        ({"holidays": ["2026-03-04..2026-03-01"]}, "holidays: .*no day"),
        ({"hollidays": []}, "hollidays: is not known here. Did you mean .holidays"),
    ],
)
def test_a_wrong_calendar_is_refused_with_its_place(
    project: Path, entry: dict[str, object], complaint: str
) -> None:
    values = tomllib.loads((project / "heroterm/data/sla.toml").read_text())
    values["calendars"]["office"] |= entry
    with pytest.raises(BadEntry, match=f"calendars.office.{complaint}"):
        targets_from(Table(values), zone_named)


def test_zendesks_business_hours_become_a_calendar(project: Path) -> None:
    values = tomllib.loads((project / "heroterm/data/zones.toml").read_text())
    zones = zones_from(Table(values))
    assert zones and all(zone_named(name) for name in zones.values())
    # Minutes from Sunday midnight: Monday 9 to 5, and Friday 22:00 until Saturday 02:00.
    hours = ((1440 + 540, 1440 + 1020), (5 * 1440 + 1320, 6 * 1440 + 120))
    shut = (Holiday("Founders", date(2026, 3, 9), date(2026, 3, 9)),)
    kept = Schedule(1, "Desk", "Eastern Time (US & Canada)", hours, shut)
    made = calendar_of(kept, zones, zone_named)
    assert made is not None
    assert made.after(at("2026-03-02T16:00", NEW_YORK), timedelta(hours=4)) == at(
        "2026-03-07T01:00", NEW_YORK
    )
    assert made.off(date(2026, 3, 9))
    assert calendar_of(Schedule(1, "Moon", "Mare Imbrium", hours), zones, zone_named) is None
    assert calendar_of(Schedule(1, "Never", "London"), zones, zone_named) is None
    assert working_hours([kept], zones, zone_named, WEEKDAYS) == made
    assert working_hours([kept, kept], zones, zone_named, WEEKDAYS) == WEEKDAYS
