"""`heroterm carry` is killed at every point of its way, and the next one ends what it began."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.desk import KILLED, Case, Desk, journal_of
from tests.crash.points import Point

pytestmark = pytest.mark.storm


def put(desk: Desk, case: Case) -> Path:
    """A draft that was typed and then queued, by the journal's own code in its own process."""
    home = desk.home()
    if case.kind != "person":
        words = f"words of {case.name}"
        assert desk.run(home, "draft", **case.job, body=words) == 0, desk.log(home)
    assert desk.run(home, "put", **case.job) == 0, desk.log(home)
    return home


def killed(desk: Desk, home: Path, case: Case, point: Point, event: str = "") -> None:
    if case.kind == "moved note" and point.fault == "lost":
        # The first try gets lost; then the ticket moves, so that it can be fenced.
        assert desk.carry(home, plan={"settle verify.after commit#1": "kill"}) == KILLED
        desk.moment.turn(5)
        desk.somebody_notes(case)
        desk.moment.turn(5)
        event = point.event.replace("#2", "#1")
    plan = {event or point.event: "kill"}
    assert desk.carry(home, plan=plan) == KILLED, f"never came to {plan}: {desk.log(home)}"


def drained(desk: Desk, home: Path) -> None:
    """Another process carries whatever is left to its end."""
    assert desk.carry(home) == 0, desk.log(home)


def sent_once(desk: Desk, home: Path, case: Case, *, writes: int = 1) -> None:
    with journal_of(home, desk.moment) as journal:
        intent = journal.outbox.get(case.name)
        assert intent is not None and intent.state == "sent", (intent, desk.log(home))
        assert not journal.drafts.list() and not journal.drafts.thrown()
        assert journal.integrity() == "ok"
    assert desk.arrived(case) == 1
    if case.kind != "person":
        assert desk.applied(case) == writes


def test_killed_at_any_point_it_is_sent_once(desk: Desk, kind: str, point: Point) -> None:
    case = desk.case(kind, hold=5.0 if point.event.startswith("due") else 0.0)
    home = put(desk, case)
    desk.moment.turn(10)
    desk.faults(case, point.fault)
    killed(desk, home, case, point)
    drained(desk, home)
    sent_once(desk, home, case)


def test_killed_twice_while_answers_get_lost_it_is_sent_once(
    desk: Desk, event: str, fault: str
) -> None:
    case = desk.case("reply")
    home = put(desk, case)
    desk.faults(case, "")
    assert desk.carry(home, plan={event: "kill"}) == KILLED
    desk.faults(case, fault)
    again = desk.carry(home, plan={event: "kill"})
    assert again in (KILLED, 0), desk.log(home)
    drained(desk, home)
    sent_once(desk, home, case)


def test_whatever_becomes_of_the_answer_it_is_sent_once(desk: Desk, kind: str, fault: str) -> None:
    case = desk.case(kind)
    home = put(desk, case)
    desk.faults(case, fault)
    drained(desk, home)
    sent_once(desk, home, case)


@pytest.mark.parametrize("event", ["settle sent.before commit#1", "settle sent.after commit#1"])
def test_26_killed_while_it_ends_as_it_was_asked_to(desk: Desk, event: str) -> None:
    case = desk.case("reply")
    home = put(desk, case)
    desk.faults(case, "")
    assert desk.carry(home, plan={"write.before#1": "term", event: "kill"}) == KILLED
    drained(desk, home)
    sent_once(desk, home, case)


def test_asked_to_end_it_ends_after_what_is_under_way(desk: Desk) -> None:
    case = desk.case("reply")
    home = put(desk, case)
    desk.faults(case, "")
    assert desk.carry(home, plan={"write.before#1": "term"}) == 0
    sent_once(desk, home, case)
