"""Reminders as people write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from heroterm.domain.contact import Contact, answered
from heroterm.domain.waits import Wait, Wake, exact, examples, parse, woken, words
from tests.domain.rows import NOW, minutes

LONDON = ZoneInfo("Europe/London")
"""NOW is Wednesday 4 March 2026, 10:00, there as in UTC."""


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("3h", "2026-03-04 13:00"),
        ("in 90 min", "2026-03-04 11:30"),
        ("2 days", "2026-03-06 10:00"),
        ("1w", "2026-03-11 10:00"),
        ("tue 9", "2026-03-10 09:00"),
        ("tue", "2026-03-10 09:00"),
        ("Tuesday at 14:30", "2026-03-10 14:30"),
        ("wed 14", "2026-03-04 14:00"),
        ("wed", "2026-03-11 09:00"),
        ("wed 9", "2026-03-11 09:00"),
        ("on wed 9", "2026-03-11 09:00"),
        ("on wednesday", "2026-03-11 09:00"),
        ("next wed 14", "2026-03-11 14:00"),
        ("tomorrow", "2026-03-05 09:00"),
        ("tomorrow 3pm", "2026-03-05 15:00"),
        ("today 16:15", "2026-03-04 16:15"),
        ("15:00", "2026-03-04 15:00"),
        ("9:30", "2026-03-05 09:30"),
        ("12 am", "2026-03-05 00:00"),
        ("next week", "2026-03-09 09:00"),
        ("16 nov 14:30", "2026-11-16 14:30"),
        ("Nov 16", "2026-11-16 09:00"),
        ("1 feb", "2027-02-01 09:00"),
        ("2026-03-09", "2026-03-09 09:00"),
        ("2026-03-09 17", "2026-03-09 17:00"),
    ],
)
def test_moments_are_written_as_people_say_them(said: str, until: str) -> None:
    wake = parse(said, NOW, UTC)
    assert wake is not None and wake.until is not None
    assert (f"{wake.until:%Y-%m-%d %H:%M}", wake.on_reply) == (until, False)


def test_an_answer_ends_a_wait_alone_or_before_a_moment() -> None:
    assert parse("on reply", NOW, UTC) == Wake(on_reply=True)
    both = Wake(datetime(2026, 3, 10, 9, tzinfo=UTC), on_reply=True)
    assert parse("on reply or tue", NOW, UTC) == both
    assert parse("tue or on reply", NOW, UTC) == both
    assert parse("3h or tue", NOW, UTC) == Wake(minutes(180))


@pytest.mark.parametrize(
    "said",
    ["", "soon", "9", "tue 25", "tue 9:75", "today 9", "2020-01-01", "500d", "31 feb", "13 pm",
     "on reply or never", "tue 9 or", "nov 99999999999"],
)  # fmt: skip
def test_what_names_no_moment_to_come_is_no_wait(said: str) -> None:
    assert parse(said, NOW, UTC) is None


def test_the_hour_is_the_heros_also_after_the_clocks_change() -> None:
    friday = datetime(2026, 3, 27, 12, tzinfo=UTC)
    wake = parse("mon 9", friday, LONDON)
    assert wake is not None and wake.until == datetime(2026, 3, 30, 8, tzinfo=UTC)
    night = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    tokyo = parse("today 20:00", night, ZoneInfo("Asia/Tokyo"))
    assert tokyo is not None and tokyo.until == datetime(2026, 3, 5, 11, tzinfo=UTC)


def test_the_exact_moment_is_shown() -> None:
    tuesday = datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert exact(minutes(60), NOW, UTC) == "11:00"
    assert words(Wake(tuesday), NOW, UTC) == "until Tue 10 Mar 09:00"
    assert words(Wake(tuesday, on_reply=True), NOW, UTC) == (
        "until Tue 10 Mar 09:00 or they answer"
    )
    assert words(Wake(on_reply=True), NOW, UTC) == "until they answer"


def test_a_moment_of_another_year_says_the_year_and_no_example_lies_there() -> None:
    assert exact(NOW.replace(year=NOW.year + 1), NOW, UTC) == "Thu 4 Mar 2027 10:00"
    for days in range(366):
        now = NOW + timedelta(days=days)
        for said in examples(now, UTC):
            wake = parse(said, now, UTC)
            assert wake is not None, said
            assert wake.until is None or wake.until - now < timedelta(days=14), said


def test_a_wait_is_over_at_whichever_comes_first() -> None:
    wait = Wait(1, Wake(minutes(30), on_reply=True), "30m or on reply", NOW)
    assert woken(wait, minutes(29), False) == ""
    assert woken(wait, minutes(30), False) == "its time has come"
    assert woken(wait, minutes(1), True) == "the customer answered"
    by_clock = Wait(1, Wake(minutes(30)), "30m", NOW)
    assert woken(by_clock, minutes(1), True) == ""


def test_an_answer_is_a_message_of_the_customer_that_had_not_been_read() -> None:
    wait = Wait(1, Wake(on_reply=True), "on reply", NOW, seen_comment_id=50)
    assert not answered(wait, {}, timedelta())
    assert not answered(wait, {1: Contact(1, minutes(5), 50)}, timedelta())
    assert answered(wait, {1: Contact(1, minutes(5), 51)}, timedelta())
    unread = Wait(1, Wake(on_reply=True), "on reply", NOW)
    assert answered(unread, {1: Contact(1, minutes(5), 51)}, timedelta())
    assert not answered(unread, {1: Contact(1, minutes(5), 51)}, timedelta(minutes=10))
