"""Killed while words are typed, queued, taken back or mended: they are in one place, and whole."""

from __future__ import annotations

import pytest

from tests.crash.desk import KILLED, Case, Desk, journal_of
from tests.crash.test_carrying import drained

KIND = {"reply": "public_reply", "new_ticket": "new_ticket"}


def where(desk: Desk, home: object, case: Case) -> tuple[list[str], list[str]]:
    """Bodies of the drafts, and states of the intents with this name."""
    with journal_of(home, desk.moment) as journal:  # type: ignore[arg-type]
        assert journal.integrity() == "ok"
        found = journal.outbox.get(case.name)
        drafts = [draft.body for draft in journal.drafts.list()]
        return drafts, [found.state] if found is not None else []


@pytest.mark.parametrize(("when", "kept"), [("before", "first words"), ("after", "second words")])
def test_1_and_2_a_draft_is_the_one_before_or_the_new_one(desk: Desk, when: str, kept: str) -> None:
    case, home = desk.case("reply"), desk.home()
    assert desk.run(home, "draft", **case.job, body="first words") == 0
    plan = {f"save.{when} commit#1": "kill"}
    assert desk.run(home, "draft", **case.job, body="second words", plan=plan) == KILLED
    assert where(desk, home, case) == ([kept], [])


@pytest.mark.parametrize("kind", ["reply", "new_ticket"])
@pytest.mark.parametrize(
    ("event", "queued"),
    [
        ("put.before statement#1", False),
        ("put.after statement#1", False),
        ("put.after statement#2", False),
        ("put.before commit#1", False),
        ("put.after commit#1", True),
    ],
)
def test_3_to_5_words_are_a_draft_or_an_intent_and_never_both(
    desk: Desk, kind: str, event: str, queued: bool
) -> None:
    case, home = desk.case(kind), desk.home()
    words = f"words of {case.name}"
    assert desk.run(home, "draft", **case.job, body=words) == 0
    assert desk.run(home, "put", **case.job, plan={event: "kill"}) == KILLED
    assert where(desk, home, case) == (([], ["queued"]) if queued else ([words], []))
    # Pressed again after the restart: the same id, so that it is one intent whatever was kept.
    assert desk.run(home, "put", **case.job) == 0
    desk.faults(case, "")
    drained(desk, home)
    assert where(desk, home, case) == ([], ["sent"]) and desk.arrived(case) == 1


@pytest.mark.parametrize("kind", ["reply", "new_ticket"])
@pytest.mark.parametrize("event", ["recall.before commit#1", "recall.after commit#1"])
def test_6_and_7_what_is_taken_back_is_a_draft_or_goes_out(
    desk: Desk, kind: str, event: str
) -> None:
    case, home = desk.case(kind, hold=30.0), desk.home()
    assert desk.run(home, "put", **case.job) == 0
    assert desk.run(home, "recall", **case.job, plan={event: "kill"}) == KILLED
    recalled = "after" in event
    words = [f"words of {case.name}"] if recalled else []
    assert where(desk, home, case) == (words, ["recalled" if recalled else "held"])
    desk.faults(case, "")
    desk.moment.turn(40)
    drained(desk, home)
    assert desk.arrived(case) == (0 if recalled else 1)


@pytest.mark.parametrize("event", ["recall.before commit#1", "recall.after commit#1", ""])
def test_21_what_is_mended_after_a_collision_goes_out_once(desk: Desk, event: str) -> None:
    case = desk.case("reply")
    home = desk.home()
    assert desk.run(home, "put", **case.job) == 0
    desk.somebody_notes(case)
    desk.moment.turn(10)
    desk.faults(case, "")
    drained(desk, home)
    assert where(desk, home, case) == ([], ["needs_you"]) and desk.arrived(case) == 0
    plan = {event: "kill"} if event else {}
    assert desk.run(home, "recall", **case.job, plan=plan) == (KILLED if event else 0)
    if event.startswith("recall.before"):
        assert where(desk, home, case) == ([], ["needs_you"])
        assert desk.run(home, "recall", **case.job) == 0
    drafts, states = where(desk, home, case)
    assert (drafts, states) == ([f"words of {case.name}"], ["recalled"])
    mended = desk.case("reply")
    job = {**mended.job, "ticket": case.job["ticket"]}
    ticket = desk.world.tickets[case.job["ticket"]]
    job |= {"stamp": desk.stamp(ticket), "seen": desk.world.thread(ticket).comments[-1].id}
    assert desk.run(home, "put", **job, plan={"put.after commit#1": "kill"}) == KILLED
    drained(desk, home)
    assert (desk.arrived(case), desk.arrived(mended)) == (0, 1)
