"""Every guard of a proof by itself: take one away, and a test here says which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from heroterm.domain.findings import Finding
from heroterm.domain.playbook_answers import Outcome, answer, put
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_evidence import candidates, judge
from heroterm.domain.playbook_keeping import automatic
from heroterm.domain.playbook_marker import event_of, event_values
from heroterm.domain.playbook_rehearsal import HERO, KIM, SAM, TICKET, TWIN, after, case_of
from heroterm.domain.playbook_run import Run, hash_of
from heroterm.domain.playbook_since import unread
from heroterm.domain.playbook_standing import alarms
from heroterm.domain.playbook_way import next_step
from heroterm.domain.playbook_wish import wish
from heroterm.domain.ticket import Comment, Person
from heroterm.rulebook import load
from tests.conftest import NOW

BOOKS = {book.name: book for book in load().playbooks}
REPLIES = load().replies
OWNER = str(SAM.email)
MADE = 2
"""The owner's ticket in a rehearsal's case."""


def begun(name: str) -> tuple[Run, Case]:
    book, case = BOOKS[name], case_of("Ana", NOW)
    run = Run("r", book, hash_of(book.text), book.text, TICKET, NOW, "Ana")
    return run.with_events(automatic(run, case)), case


def plays(run: Run, case: Case, *said: tuple[str, str]) -> Run:
    """Answer steps of which none is refused; "put" puts one."""
    for step, value in said:
        made: Outcome
        if value == "put":
            made = put(run, step, f"intent-{step}", TICKET, "words", case)
        else:
            made = answer(run, step, value, case)
        assert not isinstance(made, Finding), made
        run = run.with_events(made)
        run = run.with_events(automatic(run, after(case, run)))
    return run


def asked() -> tuple[Run, Case]:
    """2FA removal, where it waits for the owner."""
    run, case = begun("twofa-removal")
    steps = [("owner", OWNER), ("owner-name", "Sam Cove"), ("who", "colleague"), ("changed", "no")]
    run = plays(run, case, *steps, ("mail-owner", "put"), ("tell-requester", "put"))
    return run, after(case, run)


def written(case: Case, body: str = "Yes, I confirm.", **how: Any) -> Case:
    """The owner writes in the owner's ticket a minute later; `how` makes it somebody else."""
    ticket_id = how.get("ticket_id", MADE)
    thread = case.threads[ticket_id]
    now = case.now + timedelta(minutes=1)
    fresh = Comment(thread[-1].id + 1, ticket_id, SAM.id, True, body, now, "email", OWNER)
    threads = {**case.threads, ticket_id: (*thread, replace(fresh, **how))}
    return replace(case, now=now, threads=threads)


def confirmed() -> tuple[Run, Case]:
    """The owner said yes, and the hero picked it: the danger step comes next."""
    run, case = asked()
    case = written(case)
    run = run.with_events(automatic(run, case))
    made = answer(run, "confirmation", "confirms", case, message=case.threads[MADE][-1].id)
    assert not isinstance(made, Finding), made
    return run.with_events(made), case


def why_not(run: Run, case: Case) -> str:
    """Why the newest message of the owner's ticket does not prove the confirmation."""
    step = run.playbook.step("confirmation")
    assert step is not None
    return judge(run, case, step, case.threads[MADE][-1])


def refused(outcome: Outcome) -> tuple[str, str]:
    assert isinstance(outcome, Finding), outcome
    return outcome.rule, f"{outcome.say} {outcome.instead}"


ELSE = Person(77, "Sam Cove", OWNER)
"""Another user with the very address of the owner."""


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({}, ""),
        ({"public": False}, "It is an internal note."),
        ({"channel": "web"}, "It did not come by mail"),
        ({"channel": "api"}, "It did not come by mail"),
        ({"from_address": None}, "It did not come by mail"),
        ({"author_id": HERO.id}, "It was written by one of us."),
        ({"author_id": ELSE.id}, "SENDER DIFFERS: Zendesk knows its author as sam@cove.example"),
        ({"author_id": KIM.id}, "SENDER DIFFERS: Zendesk knows its author as kim@cove.example"),
        ({"author_id": 999}, "SENDER DIFFERS: Zendesk knows its author as nobody"),
        ({"from_address": KIM.email}, "it came from kim@cove.example"),
        ({"from_address": TWIN.email}, "only looks like"),
        ({"created_at": NOW}, "not newer than the question"),
        ({"body": "> yes"}, "only quoted words"),
        ({"ticket_id": TICKET}, "only an answer in #2 counts"),
    ],
)
def test_a_message_proves_nothing_unless_everything_about_it_is_right(
    how: dict[str, Any], why: str
) -> None:
    run, case = asked()
    case = written(replace(case, people={**case.people, ELSE.id: ELSE}), **how)
    step = run.playbook.step("confirmation")
    assert step is not None
    said = judge(run, case, step, case.threads[how.get("ticket_id", MADE)][-1])
    assert said.startswith(why) if why == "" else why in said, said
    assert bool(said) == bool(how)


def test_a_profile_that_has_another_address_by_now_proves_nothing() -> None:
    run, case = asked()
    moved = replace(SAM, email="sam@elsewhere.example")
    case = written(replace(case, people={**case.people, SAM.id: moved}))
    assert "Zendesk knows its author as sam@elsewhere.example" in why_not(run, case)


def test_the_danger_step_wants_a_fresh_mirror() -> None:
    run, case = confirmed()
    armed = answer(run, "delete-device", OWNER, replace(case, age=timedelta(minutes=15)))
    assert not isinstance(armed, Finding)
    for age in (timedelta(minutes=16), None):
        rule, said = refused(answer(run, "delete-device", OWNER, replace(case, age=age)))
        assert rule == "mirror-too-old" and "Sync first" in said
    rule, said = refused(answer(run, "delete-device", OWNER, replace(case, behind=(MADE,))))
    assert rule == "thread-behind" and "#2 changed" in said


def test_the_danger_step_judges_its_proof_once_more() -> None:
    run, case = confirmed()
    *before, proof = case.threads[MADE]

    def now(*last: Comment) -> Case:
        return replace(case, threads={**case.threads, MADE: (*before, *last)})

    for changed, rule in (
        (now(replace(proof, body="> redacted")), "message-does-not-prove"),
        (now(replace(proof, public=False)), "message-does-not-prove"),
        (now(), "no-such-message"),
        (replace(case, people={**case.people, SAM.id: replace(SAM, email="x@cove.example")}),
         "message-does-not-prove"),
    ):  # fmt: skip
        assert refused(answer(run, "delete-device", OWNER, changed))[0] == rule


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"ticket_id": TICKET},
        {"body": "> quoted", "channel": "web", "from_address": None},
        {"author_id": KIM.id},
        {"created_at": NOW + timedelta(minutes=1)},
    ],
)
def test_whatever_the_owner_writes_after_the_yes_disarms(how: dict[str, Any]) -> None:
    run, case = confirmed()
    later = written(case, **({"body": "Stop!"} | how))
    rule, said = refused(answer(run, "delete-device", OWNER, later))
    assert rule == "written-since" and "{playbook.check} on step 9 (/again 9) answers anew" in said
    again = answer(
        run, "confirmation", "did not ask for it", later, message=case.threads[MADE][-1].id
    )
    assert refused(again)[0] == "not-the-newest"


@pytest.mark.parametrize("how", [{"author_id": KIM.id, "from_address": KIM.email},
                                 {"author_id": HERO.id, "from_address": None}])  # fmt: skip
def test_what_others_write_takes_no_yes_back(how: dict[str, Any]) -> None:
    run, case = confirmed()
    assert unread(run, written(case, "Any news?", **how)) is None


def test_words_that_rest_on_an_answer_are_not_put_once_its_writer_wrote_again() -> None:
    run, case = asked()
    case = written(case, "That was not me.")
    run = run.with_events(automatic(run, case))
    proof = case.threads[MADE][-1].id
    made = answer(run, "confirmation", "did not ask for it", case, message=proof)
    assert not isinstance(made, Finding)
    run, alarm = run.with_events(made), run.playbook.step("alarm")
    assert alarm is not None and not isinstance(wish(run, alarm, case, REPLIES), Finding)
    stopped = wish(run, alarm, written(case, "Oh, it was."), REPLIES)
    assert isinstance(stopped, Finding) and stopped.rule == "written-since"


def test_an_older_yes_that_was_picked_knowingly_holds_until_the_next_message() -> None:
    run, case = confirmed()
    later = written(case, "And thank you!")
    yes = case.threads[MADE][-1].id
    made = answer(run, "confirmation", "confirms", later, message=yes, anyway=True)
    assert not isinstance(made, Finding)
    run = run.with_events(made)
    told = [event_of(e.n, e.at, e.by, e.what, e.step, event_values(e)) for e in made]
    assert told == made and made[0].evidence is not None
    assert made[0].evidence.newest == later.threads[MADE][-1].id
    assert not isinstance(answer(run, "delete-device", OWNER, later), Finding)
    assert refused(answer(run, "delete-device", OWNER, written(later, "No!")))[0] == "written-since"


@pytest.mark.parametrize(
    ("owner", "value", "why"),
    [
        ("boss@else.example", "colleague", "Another domain: kim@cove.example asks"),
        ("boss@else.example", "owner", "REQUESTER IS NOT THE OWNER"),
        ("boss@cove.example", "owner", "REQUESTER IS NOT THE OWNER"),
        ("kim@cove.example", "colleague", "the same address"),
        ("kim@c0ve.example", "colleague", "LOOK-ALIKE"),
        ("kim@c0ve.example", "somebody else", "LOOK-ALIKE"),
        ("boss@cove.example", "colleague", ""),
        ("boss@else.example", "somebody else", ""),
    ],
)
def test_who_asks_follows_from_the_addresses(owner: str, value: str, why: str) -> None:
    run, case = begun("twofa-removal")
    run = plays(run, case, ("owner", owner), ("owner-name", "The Boss"))
    if "who" in run.done:  # both addresses are the same: nobody was asked
        run = replace(run, events=run.events[:-1])
    outcome = answer(run, "who", value, case)
    said = f"{outcome.say} {outcome.instead}" if isinstance(outcome, Finding) else ""
    assert why in said and bool(said) == bool(why), said


def test_only_the_requester_ends_a_wait_for_the_requester() -> None:
    run, case = begun("ownership-transfer")
    run = plays(run, case, ("ask-owner", "put"))
    step = run.playbook.step("wait-requester")
    assert step is not None
    kim = {"ticket_id": TICKET, "author_id": KIM.id, "from_address": KIM.email}
    wrong: Sequence[dict[str, Any]] = (kim | {"author_id": SAM.id}, kim | {"public": False})
    for how in wrong:
        later = written(case, "He can.", **how)
        assert candidates(run, later, step)[0].reason == "It was not written by the requester."
        assert automatic(run, later) == []
    later = written(case, "He can.", **kim)
    woken = run.with_events(automatic(run, later))
    line = next_step(woken)
    assert line is not None and line.step.id == "owner-can"


def test_what_must_be_seen_wherever_the_ticket_is() -> None:
    run, case = asked()
    other = "REQUESTER IS NOT THE OWNER: kim@cove.example asks, sam@cove.example owns."
    assert alarms(run, case) == [other]
    run, case = confirmed()
    assert [said[:28] for said in alarms(run, written(case, "No!"))][1:] == [
        f"{OWNER} wrote since"[:29]
    ]
    run, case = begun("group-deletion")
    steps = [("project", "4411"), ("open-project", "opened"), ("check-box", "comapny")]
    run = plays(run, case, *steps)
    assert alarms(run, case) == []
    run = plays(run, case, ("save", "comapny SAVE"))
    assert alarms(run, case) == [
        "ARMED: Click the SAVE button. What it has left is not read back yet ({ticket.playbook})."
    ]
    assert alarms(plays(run, case, ("which-button", "SAVE")), case) == []
