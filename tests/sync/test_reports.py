from __future__ import annotations

import os
from random import Random

import pytest

from heroterm.sync import orders, report
from heroterm.sync.inbox import Inbox
from heroterm.sync.orders import Open, Stop, SyncNow
from heroterm.sync.rhythm import Backoff, Rhythm

REPORTS: list[report.Report] = [
    report.Pulled("delta", (1, 2), 3, 4, 5, 1, False),
    report.Sent("a", 7, 1, 2),
    report.Moved("a", 7, "needs_you", "Kim “wrote”\n at 10:31"),
    report.Moved(),
    report.Online(1.5),
    report.Offline(1.5, 2.0),
    report.Waiting("Zendesk asked to wait", 30.0, short="rate limit"),
    report.Allowance(273, 400),
    report.Standby(None),
    report.Trouble("No.", "Yes.", True),
    report.Absent(24, 35),
    report.Progress(400, True),
]


@pytest.mark.parametrize("told", REPORTS, ids=lambda told: type(told).__name__)
def test_a_report_survives_the_pipe(told: report.Report) -> None:
    line = report.to_line(told)
    assert "\n" not in line and line.isascii()
    assert report.from_line(line) == told


@pytest.mark.parametrize(
    "line", ["", "x", "[]", "{}", '{"report": "Nothing"}', '{"report": "Sent"}', "[" * 100_000]
)
def test_what_is_no_report_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        report.from_line(line)


def test_a_newer_report_with_more_to_say_is_still_understood() -> None:
    assert report.from_line('{"report": "Online", "at": 1.0, "new": []}') == report.Online(1.0)


def test_orders_come_whole_however_the_pipe_cuts_them() -> None:
    reading, writing = os.pipe()
    inbox = Inbox(reading)
    assert inbox(0.0) is None
    line = orders.to_line(Open(7)) + "\nnonsense\n" + orders.to_line(SyncNow(full=True)) + "\n"
    for byte in line.encode():
        os.write(writing, bytes([byte]))
    assert [inbox(0.0), inbox(0.0), inbox(0.0)] == [Open(7), SyncNow(full=True), None]
    os.close(writing)
    assert inbox(0.0) == Stop()
    inbox.close()
    os.close(reading)


def test_backoff_grows_to_its_ceiling_and_never_below_a_second() -> None:
    backoff = Backoff(lambda: 0.999, ceiling=60.0)
    waits = [backoff.failed() for _ in range(9)]
    assert [round(wait) for wait in waits] == [2, 4, 8, 16, 32, 60, 60, 60, 60]
    backoff.reset()
    assert round(backoff.failed()) == 2
    rng = Random(1)
    wild = Backoff(rng.random)
    assert all(1.0 <= wild.failed() <= 300.0 for _ in range(2_000))


def test_a_rhythm_is_due_at_first_and_then_after_its_period() -> None:
    now = [100.0]
    rhythm = Rhythm(lambda: now[0], 60.0)
    assert rhythm.due
    rhythm.done()
    now[0] = 159.0
    assert rhythm.left == 1.0
    rhythm.now()
    assert rhythm.left == 0.0
