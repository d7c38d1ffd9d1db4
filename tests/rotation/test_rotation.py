"""Whose week it is: PagerDuty's schedule, calendars, and everything that may go wrong with both."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from heroterm.domain.rotation import Rota, Turn, document, from_document, in_order, words
from heroterm.errors import HeroError, Offline, RotaError
from heroterm.rotation import feed, pagerduty
from heroterm.sandbox import server
from heroterm.sandbox.rota import SCHEDULE, TOKEN
from tests.conftest import NOW

BERLIN = ZoneInfo("Europe/Berlin")
WEEKS = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//team//rota//EN
X-WR-CALNAME:Heroes
BEGIN:VEVENT
UID:ana
SUMMARY:On Call - Ana Hero - Heroes
DTSTART;TZID=Europe/Berlin:20260302T090000
DTEND;TZID=Europe/Berlin:20260309T090000
RRULE:FREQ=WEEKLY;INTERVAL=2
END:VEVENT
BEGIN:VEVENT
UID:ana
RECURRENCE-ID;TZID=Europe/Berlin:20260316T090000
SUMMARY:Lee Ortiz
DTSTART;TZID=Europe/Berlin:20260316T090000
DTEND;TZID=Europe/Berlin:20260323T090000
END:VEVENT
BEGIN:VEVENT
UID:bo
SUMMARY:Hero: Bo
DTSTART;TZID=Europe/Berlin:20260309T090000
DTEND;TZID=Europe/Berlin:20260316T090000
RRULE:FREQ=WEEKLY;INTERVAL=2
END:VEVENT
END:VCALENDAR
"""


def at(day: str, hour: int = 12) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00").replace(tzinfo=UTC)


def clock() -> datetime:
    return NOW


# Turns


def test_an_override_stands_over_the_turn_that_it_replaces() -> None:
    week = Turn("Ana", at("2026-03-02"), at("2026-03-09"))
    day = Turn("Lee", at("2026-03-04"), at("2026-03-05"), swapped=True)
    rota = Rota("x", in_order([week, day]), NOW)
    assert [turn.who for turn in rota.turns] == ["Ana", "Lee", "Ana"]
    assert rota.now(at("2026-03-03")) == Turn("Ana", at("2026-03-02"), at("2026-03-04"))
    assert rota.now(at("2026-03-05")) == Turn("Ana", at("2026-03-05"), at("2026-03-09"))
    assert rota.next(at("2026-03-03")) == day
    assert rota.now(at("2026-03-09")) is None  # a turn ends before its last moment
    assert "nobody now" in words(rota, at("2026-03-10"), UTC)


def test_turns_that_touch_are_one_until_somebody_else_comes() -> None:
    days = [Turn("Ana", at(f"2026-03-0{n}"), at(f"2026-03-0{n + 1}")) for n in (2, 3, 4)]
    rota = Rota("x", (*days, Turn("Lee", at("2026-03-05"), at("2026-03-06"))), NOW)
    assert rota.until(at("2026-03-02", 13)) == at("2026-03-05")
    assert rota.next(at("2026-03-02", 13)) == rota.turns[-1]


def test_a_document_gives_the_same_rota_again() -> None:
    rota = Rota("x", (Turn("A\x1b[31mna", at("2026-03-02"), at("2026-03-09"), True),), NOW, "no")
    assert from_document(json.loads(json.dumps(document(rota)))) == rota


def test_the_age_is_told_when_it_is_old_or_the_last_look_failed() -> None:
    turns = (Turn("Ana", at("2026-03-02"), at("2026-03-09")),)
    assert "as of" not in words(Rota("x", turns, NOW), NOW, UTC)
    assert "(as of 2 d ago)" in words(Rota("x", turns, NOW - timedelta(days=2)), NOW, UTC)
    assert "(as of just now)" in words(Rota("x", turns, NOW, "offline"), NOW, UTC)


# Calendars


def test_a_calendar_repeats_over_daylight_saving_with_its_exceptions(tmp_path: Path) -> None:
    (tmp_path / "rota.ics").write_text(WEEKS)
    rota = feed.read(str(tmp_path / "rota.ics"), clock, BERLIN)
    assert rota.source == "calendar: Heroes"
    told = [(turn.who, turn.begins.astimezone(UTC), turn.swapped) for turn in rota.turns[:5]]
    assert told == [
        ("Ana Hero", at("2026-03-02", 8), False),
        ("Bo", at("2026-03-09", 8), False),
        ("Lee Ortiz", at("2026-03-16", 8), True),
        ("Bo", at("2026-03-23", 8), False),
        # Summer time began on the 29th: nine in Berlin is seven in UTC.
        ("Ana Hero", at("2026-03-30", 7), False),
    ]
    here, then = rota.now(NOW), rota.next(NOW)
    assert here and then and (here.who, then.who) == ("Ana Hero", "Bo")


def test_whole_days_are_those_of_the_machine_s_zone() -> None:
    day = "DTSTART;VALUE=DATE:20260304\nDTEND;VALUE=DATE:20260306\n"
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Kim on call\n{day}END:VEVENT\n"
    rota = feed.understood(f"{text}END:VCALENDAR\n".encode(), NOW, BERLIN)
    assert rota.turns == (Turn("Kim", at("2026-03-03", 23), at("2026-03-05", 23)),)


@pytest.mark.parametrize(
    ("data", "say"),
    [
        (b"<html>sign in</html>", "no calendar"),
        (b"\xff\xfe\x00", "no calendar"),
        (b"", "no calendar"),
        (WEEKS.replace("FREQ=WEEKLY;INTERVAL=2", "FREQ=SECONDLY").encode(), "by the hour"),
        (WEEKS.replace("WEEKLY;INTERVAL=2", "DAILY;BYSECOND=1,2").encode(), "by the hour"),
        (WEEKS.replace("20260302T090000", "20269902T990000").encode(), "no calendar"),
    ],
    ids=["html", "bytes", "empty", "secondly", "bysecond", "moment"],
)
def test_what_is_no_calendar_is_said(data: bytes, say: str) -> None:
    with pytest.raises(RotaError, match=say):
        feed.understood(data, NOW, BERLIN)


def test_a_calendar_s_name_is_clean_text() -> None:
    rota = feed.understood(WEEKS.replace("Hero: Bo", "B\x1b[31mo\u202e").encode(), NOW, BERLIN)
    assert any(turn.who.startswith("B") for turn in rota.turns)
    assert all(len(turn.who) <= 80 for turn in rota.turns)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(RotaError, match="There is no calendar file"):
        feed.read(str(tmp_path / "none.ics"), clock, BERLIN)


# PagerDuty


@pytest.fixture
def read(sandbox_http: Any) -> Callable[..., Rota]:
    """Asks the stand-in, with the right token unless another is given."""

    def ask(token: str = TOKEN, schedule: str = SCHEDULE, now: datetime = NOW) -> Rota:
        return pagerduty.read(f"{sandbox_http.url}/_pagerduty", schedule, token, lambda: now)

    return ask


def test_a_schedule_gives_the_weeks_and_who_stands_in(
    read: Callable[..., Rota], sandbox_wsgi: Any
) -> None:
    before = read()
    here, then = before.now(NOW), before.next(NOW)
    assert here and then and not here.swapped and before.source == "PagerDuty: Support Hero"
    # The hand-over is at nine in New York, on both sides of the eighth of March.
    told = [f"{turn.begins.astimezone(UTC):%m-%d %H}" for turn in before.turns[1:4]]
    assert told == ["03-02 14", "03-09 13", "03-16 13"]
    start, end = NOW - timedelta(hours=2), NOW + timedelta(hours=20)
    body = {"who": "Kim Stand-In", "start": start.isoformat(), "end": end.isoformat()}
    sandbox_wsgi.app.rota.override(body)
    after = read()
    swapped = after.now(NOW)
    assert swapped and (swapped.who, swapped.swapped) == ("Kim Stand-In", True)
    assert after.until(NOW) == end and after.next(NOW) == Turn(here.who, end, here.ends)


def fault(sandbox: Any, **rule: Any) -> None:
    sandbox.app.faults.replace([{"match": "GET /_pagerduty/*", **rule}])


@pytest.mark.parametrize(
    ("rule", "say"),
    [
        ({"do": "status", "status": 429, "retry_after": "30"}, "asks to wait for 30 s"),
        ({"do": "status", "status": 500}, "answered 500"),
        ({"do": "html"}, "no schedule"),
        ({"do": "status", "status": 403}, "does not accept the token"),
    ],
    ids=["429", "500", "html", "403"],
)
def test_an_answer_that_is_no_schedule_is_said(
    rule: dict[str, Any], say: str, read: Callable[..., Rota], sandbox_wsgi: Any
) -> None:
    fault(sandbox_wsgi, **rule)
    with pytest.raises(RotaError, match=say):
        read()


@pytest.mark.parametrize("rule", [{"do": "refuse"}, {"do": "truncate"}], ids=["refuse", "truncate"])
def test_a_broken_way_is_offline(
    rule: dict[str, Any], read: Callable[..., Rota], sandbox_wsgi: Any
) -> None:
    fault(sandbox_wsgi, **rule)
    with pytest.raises(Offline):
        read()


def test_a_wrong_token_and_a_wrong_schedule_are_told_apart(read: Callable[..., Rota]) -> None:
    with pytest.raises(RotaError, match="does not accept the token"):
        read(token="another")
    with pytest.raises(RotaError, match="no such schedule"):
        read(schedule="PNONE")


def test_a_redirect_is_not_followed_and_the_token_goes_nowhere(
    read: Callable[..., Rota], sandbox_wsgi: Any
) -> None:
    from heroterm.sandbox import shift

    elsewhere = server.start(shift.build(seed=2, tickets=1, clock=NOW, now=lambda: NOW))
    asked: list[str] = []
    inner = elsewhere.sandbox.app.rota.answer

    def listening(path: str, query: Any, headers: Any) -> Any:
        asked.append(path)
        return inner(path, query, headers)

    elsewhere.sandbox.app.rota = type("Ear", (), {"answer": staticmethod(listening)})()
    try:
        to = f"{elsewhere.url}/_pagerduty/schedules/{SCHEDULE}?since=a"
        fault(sandbox_wsgi, do="status", status=307, location=to)
        with pytest.raises(RotaError, match=r"sends elsewhere, to 127\.0\.0\.1") as caught:
            read()
    finally:
        elsewhere.stop()
    assert asked == [] and TOKEN not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [b"[]", b"{}", b'{"schedule": 3}', b'{"schedule": {"final_schedule": {}}', b"[" * 100_000,
     b'{"schedule": {"final_schedule": {"rendered_schedule_entries": [{"start": 1, "end": 2}]}}}'],
    ids=["list", "empty", "number", "cut", "deep", "moments"],
)  # fmt: skip
def test_garbage_is_no_schedule(body: bytes) -> None:
    with pytest.raises(HeroError, match="no schedule"):
        pagerduty.understood(body, NOW)
