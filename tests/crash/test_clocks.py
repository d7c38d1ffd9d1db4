"""The machine sleeps or its clock is turned while a write is under way: sent once all the same."""

from __future__ import annotations

import pytest

from tests.crash.desk import KILLED, Desk
from tests.crash.points import EVERY
from tests.crash.test_carrying import put, sent_once

pytestmark = pytest.mark.storm


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("event", ["begin.after commit#1", "write.before#1", "write.answered#1"])
def test_29_a_machine_that_sleeps_eight_hours_in_a_write_sends_it_once(
    desk: Desk, kind: str, event: str
) -> None:
    case = desk.case(kind)
    home = put(desk, case)
    desk.faults(case, "")
    assert desk.carry(home, plan={event: "sleep"}) == 0, desk.log(home)
    sent_once(desk, home, case)


@pytest.mark.parametrize("kind", EVERY)
def test_29_a_machine_that_sleeps_before_the_second_try_sends_it_once(
    desk: Desk, kind: str
) -> None:
    """The first one landed unheard; eight hours later no key protects a second new ticket."""
    case = desk.case(kind)
    home = put(desk, case)
    desk.faults(case, "unheard")
    assert desk.carry(home, plan={"settle verify.after commit#1": "kill"}) == KILLED
    assert desk.carry(home, plan={"begin.after commit#1": "sleep"}) == 0, desk.log(home)
    sent_once(desk, home, case)


def test_30_a_clock_that_jumps_an_hour_changes_nothing(
    desk: Desk, kind: str, skew: int, event: str
) -> None:
    case = desk.case(kind)
    home = put(desk, case)
    desk.faults(case, "unheard" if event.startswith("settle") else "")
    try:
        assert desk.carry(home, plan={event: "clock"}, skew=skew) == 0, desk.log(home)
        sent_once(desk, home, case)
    finally:
        desk.moment.right()
