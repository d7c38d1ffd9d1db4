"""How a wait of a playbook may end, and what comes too early or too late for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from heroterm.domain.findings import Finding
from heroterm.domain.outbox import HELD, NEEDS_YOU, QUEUED, SENT
from heroterm.domain.playbook_answers import answer, finish
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_keeping import automatic
from heroterm.domain.playbook_known import Known
from heroterm.domain.playbook_late import go_on, late
from heroterm.domain.playbook_rehearsal import KIM, after
from heroterm.domain.playbook_run import ABORTED, OPEN, OVERDUE, PUT, Run
from heroterm.domain.playbook_since import unread
from heroterm.domain.playbook_standing import alarms, over
from heroterm.domain.playbook_trail import note_text
from heroterm.domain.playbook_way import next_step
from heroterm.domain.playbook_wish import wish
from tests.domain.test_playbook_proofs import (
    MADE,
    OWNER,
    REPLIES,
    asked,
    begun,
    confirmed,
    plays,
    refused,
    written,
)


@pytest.mark.parametrize(
    ("body", "bounced"),
    [
        ("Your message could not be delivered: 550 5.1.1 no such user.", True),
        ("Delivery has failed to these recipients. 4.4.7 message expired.", True),
        ("THIS IS A WARNING ONLY. It will be\nretried until it is 5 days old.", False),
        ("Delivery incomplete. Gmail will retry for 47 more hours.", False),
        ("Delivery is delayed to these recipients or groups.", False),
    ],
)
def test_a_mail_that_is_only_delayed_has_not_bounced(body: str, *, bounced: bool) -> None:
    run, case = asked()
    daemon = {"from_address": "Mailer-Daemon@mx.example.com", "author_id": 999}
    told = automatic(run, written(case, body, **daemon))
    assert [event.value for event in told] == ["bounce"] * bounced


def test_nobody_is_late_with_an_answer_to_what_was_not_sent() -> None:
    run, case = asked()
    later = replace(case, now=case.now + timedelta(days=6))
    for state in (HELD, QUEUED, NEEDS_YOU):
        waits = replace(run, intents={"intent-mail-owner": state})
        assert automatic(waits, later) == [] and over(waits, later.now) == ""
        assert refused(answer(waits, "wait-owner", "timeout", later))[0] == "not-sent-yet"
    sent = replace(run, intents={"intent-mail-owner": SENT})
    assert [event.what for event in automatic(sent, later)] == [OVERDUE]
    assert over(sent, later.now) == "nobody answered in time"
    assert not isinstance(answer(sent, "wait-owner", "timeout", later), Finding)


def test_a_silence_that_ended_a_wait_is_no_answer_once_somebody_wrote() -> None:
    run, case = asked()
    case = replace(case, now=case.now + timedelta(days=6))
    run = run.with_events(automatic(run, case))
    run = plays(run, case, ("wait-owner", "timeout"))
    nobody = run.playbook.step("not-confirmed")
    assert nobody is not None and not isinstance(wish(run, nobody, case, REPLIES), Finding)
    daemon = {"from_address": "mailer-daemon@mx.example.com", "author_id": 999}
    for how, end in (({}, "reply"), (daemon, "bounce")):
        late = written(case, "Yes, it was me.", **how)
        stopped = wish(run, nobody, late, REPLIES)
        assert isinstance(stopped, Finding) and stopped.rule == "written-since"
        assert "step 8" in stopped.instead
        assert any("Yes, it was me." in said for said in alarms(run, late))
        made = answer(run, "wait-owner", end, late)
        assert not isinstance(made, Finding), made
        assert unread(run.with_events(made), late) is None
    quoted = written(case, "> Could you confirm?")
    assert not isinstance(wish(run, nobody, quoted, REPLIES), Finding)


def silent(run: Run, case: Case, wait: str) -> tuple[Run, Case]:
    """The owner let the time of a wait go by, and the hero went on that way."""
    case = replace(case, now=case.now + timedelta(days=6))
    run = run.with_events(automatic(run, case))
    return plays(run, case, (wait, "timeout")), case


def test_an_answer_that_comes_after_the_requester_heard_of_silence_goes_on_with_the_run() -> None:
    run, case = silent(*asked(), "wait-owner")
    run = plays(run, case, ("not-confirmed", "put"))
    assert next_step(run) is None
    assert refused(answer(run, "who", "owner", case))[0] == "step-is-done"
    assert refused(answer(run, "wait-owner", "reply", case))[0] == "no-message-picked"
    late = written(case)
    since = unread(run, late)
    assert since is not None and "on step 8 (/again 8)" in since.instead
    made = answer(run, "wait-owner", "reply", late)
    assert not isinstance(made, Finding), made
    run = run.with_events(made)
    line = next_step(run)
    assert line is not None and line.step.id == "confirmation" and unread(run, late) is None
    assert "[x] 15 Nobody confirmed in time" in note_text(run), "it was sent"
    yes = answer(run, "confirmation", "confirms", late, message=late.threads[MADE][-1].id)
    assert not isinstance(yes, Finding), yes
    run = run.with_events(yes)
    line = next_step(run)
    assert line is not None and line.step.id == "delete-device"
    assert not isinstance(answer(run, "delete-device", OWNER, late), Finding)


def test_a_confirmation_of_a_deletion_that_comes_late_is_handed_on_and_told() -> None:
    run, case = begun("data-deletion")
    said = [("self-serve", "no"), ("admin", OWNER), ("admin-name", "Sam Cove")]
    said += [("who", "colleague"), ("what", "all events of project 7"), ("mail-admin", "put")]
    run = plays(run, case, *said)
    run, case = silent(run, after(case, run), "wait-admin")
    line = next_step(run)
    assert line is not None and line.step.reply == "data-deletion-not-confirmed"
    run, late = plays(run, case, ("not-confirmed", "put")), written(case)
    since = unread(run, late)
    assert since is not None and "answers anew" in since.instead
    run = plays(run, late, ("wait-admin", "reply"))
    yes = answer(run, "confirmation", "confirms", late, message=late.threads[MADE][-1].id)
    assert not isinstance(yes, Finding), yes
    run = plays(run.with_events(yes), late, ("hand-over", "put"), ("tell", "put"))
    assert next_step(run) is None


def test_an_answer_comes_too_late_for_what_was_not_done_for_the_silence_alone() -> None:
    run, case = silent(*asked(), "wait-owner")
    (told,) = (step for step in run.playbook.steps if step.id == "not-confirmed")
    ways = (("confirmation", "confirms"), ("wait-owner", "bounce"), *told.only_if)
    altered = [replace(one, only_if=ways) if one is told else one for one in run.playbook.steps]
    run = replace(run, playbook=replace(run.playbook, steps=tuple(altered)))
    run, late = plays(run, case, ("not-confirmed", "put")), written(case)
    assert refused(answer(run, "wait-owner", "reply", late))[0] == "step-is-done"
    since = unread(run, late)
    assert since is not None and "abort" in since.instead


def test_no_answer_takes_back_what_was_deleted() -> None:
    run, case = silent(*asked(), "wait-owner")
    (quiet,) = (step for step in run.playbook.steps if step.id == "not-confirmed")
    feared = replace(quiet, kind="danger", reply="", confirm="{owner_address}")
    altered = tuple(feared if step is quiet else step for step in run.playbook.steps)
    run = replace(run, playbook=replace(run.playbook, steps=altered))
    run = plays(run, case, ("not-confirmed", OWNER))
    assert refused(answer(run, "wait-owner", "reply", written(case)))[0] == "step-is-done"


def test_an_address_is_written_anew_while_only_what_heroterm_knew_stands_on_it() -> None:
    run, case = begun("twofa-removal")

    def knows(name: str) -> Case:
        return replace(case, known={**case.known, "owner_name": Known(name, "Zendesk")})

    run = plays(run, knows("Kim Cove"), ("owner", str(KIM.email)))
    assert run.answers["owner-name"] == "Kim Cove" and run.answers["who"] == "owner"
    run = plays(run, knows("Sam Cove"), ("owner", OWNER))
    assert run.answers["owner"] == OWNER and run.answers["owner-name"] == "Sam Cove"
    line = next_step(run)
    assert line is not None and line.step.id == "who", "who asks is compared again"
    run = plays(run, case, ("who", "colleague"))
    assert refused(answer(run, "owner", str(KIM.email), case))[0] == "step-is-done"


def ended() -> tuple[Run, Case]:
    """2FA removal, finished because the owner did not answer."""
    run, case = silent(*asked(), "wait-owner")
    run = plays(run, case, ("not-confirmed", "put"))
    made = finish(run, case)
    assert not isinstance(made, Finding), made
    return run.with_events(made), case


def test_a_finished_run_goes_on_with_an_answer_that_comes_later_still() -> None:
    run, case = ended()
    assert late(run, case) is None and refused(go_on(run, case))[0] == "run-ended"
    assert late(run, written(case, "> Could you confirm?")) is None, "no words of its own"
    came = written(case)
    stale = replace(came, age=None)
    assert refused(go_on(run, stale))[0] == "mirror-too-old"
    made = go_on(run, came)
    assert not isinstance(made, Finding), made
    again = run.with_events(made)
    line = next_step(again)
    assert again.state == OPEN and line is not None and line.step.id == "confirmation"
    assert again.done["not-confirmed"].what == PUT and late(again, came) is None
    yes = answer(again, "confirmation", "confirms", came, message=came.threads[MADE][-1].id)
    assert not isinstance(yes, Finding), yes
    line = next_step(again.with_events(yes))
    assert line is not None and line.step.id == "delete-device", "typed by the hero, as ever"
    aborted = replace(run.events[-1], what=ABORTED)
    assert late(replace(run, events=(*run.events[:-1], aborted)), came) is None


def test_a_run_in_which_something_was_deleted_stays_ended_whatever_comes() -> None:
    run, case = confirmed()
    run = plays(run, case, ("delete-device", OWNER), ("left", "no device of the owner"))
    run = plays(run, case, ("tell-owner", "put"), ("tell-done", "put"))
    made = finish(run, case)
    assert not isinstance(made, Finding), made
    run, came = run.with_events(made), written(case, "I never asked for that!")
    assert late(run, came) is None and refused(go_on(run, came))[0] == "run-ended"
