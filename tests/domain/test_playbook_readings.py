"""What is read and typed, against what a trusted source says of the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from heroterm.domain.admin_line import Footer
from heroterm.domain.findings import Finding
from heroterm.domain.playbook_answers import answer, longer
from heroterm.domain.playbook_checks import wrong
from heroterm.domain.playbook_known import Known, known_of
from heroterm.domain.playbook_rehearsal import KIM, TICKET, after
from heroterm.domain.playbook_values import complaint
from heroterm.domain.playbook_wish import wish
from heroterm.domain.rules_of_words import placeholders
from heroterm.domain.ticket import Organization
from tests.domain.test_playbook_proofs import OWNER, REPLIES, asked, begun, plays, refused, written


def test_a_read_back_repeats_what_was_there() -> None:
    run, case = begun("group-deletion")
    steps = [("project", "4411"), ("open-project", "opened"), ("check-box", "comapny")]
    run = plays(run, case, *steps, ("save", "comapny SAVE"), ("which-button", "SAVE"))
    rule, said = refused(answer(run, "still-there", "4412", case))
    assert rule == "read-back-differs" and "You read '4412'; the project ID is '4411'" in said
    assert not isinstance(answer(run, "still-there", "4411", case), Finding)


def test_another_region_than_the_forms_is_refused_whatever_was_seen() -> None:
    run, case = begun("group-deletion")
    anew = replace(run, events=())
    rule, said = refused(answer(anew, "region", "US", case, seen="in the US panel"))
    assert rule == "sources-differ" and "You say 'US', but made up for the rehearsal says" in said
    silent = replace(case, known={})
    assert refused(answer(anew, "region", "US", silent))[0] == "not-known"
    assert refused(answer(anew, "region", "US", silent, seen="ok"))[0] == "not-known"


def test_another_project_than_the_forms_says_where_it_was_seen() -> None:
    run, case = begun("group-deletion")
    assert refused(answer(run, "project", "99", case))[0] == "differs-from-known"
    assert refused(answer(run, "project", "99", case, seen="ok"))[0] == "differs-from-known"
    made = answer(run, "project", "99", case, seen="in the project list")
    assert not isinstance(made, Finding)
    assert made[0].seen == "in the project list; made up for the rehearsal says 4411"


def test_facts_typed_in_the_run_never_pass_for_trusted_ones() -> None:
    run, case = begun("group-deletion")
    run = plays(run, replace(case, known={**case.known, "project_id": Known("99", "x")}),
                ("project", "99"))  # fmt: skip
    assert refused(answer(run, "project", "99", case))[0] == "differs-from-known"


def test_of_a_long_paste_its_beginning_is_told_again() -> None:
    said = complaint("address", "漢" * 100_000)
    assert len(said) < 700 and "…" in said and "漢" not in said
    assert complaint("address", "kim").startswith("'kim' is not what is wanted here")


def test_a_day_is_one_of_the_calendar_and_on_the_right_side_of_now() -> None:
    assert complaint("date", "2028-02-29") == "" and complaint("date_or_never", "never") == ""
    for never_was in ("2027-02-29", "2027-00-10", "2027-01-00"):
        assert "is not what is wanted here: a date" in complaint("date", never_was)
    run, case = begun("on-hold")
    run = plays(run, case, ("why", "the release"))
    today, past = f"{case.now:%Y-%m-%d}", f"{case.now - timedelta(days=9):%Y-%m-%d}"
    for begun_already in (today, past):
        assert refused(answer(run, "until", begun_already, case))[0] == "day-is-past"
    ahead = f"{case.now + timedelta(days=2):%Y-%m-%d}"
    assert not isinstance(answer(run, "until", ahead, case), Finding)
    run, case = begun("ownership-transfer")
    login = next(s for s in run.playbook.steps if s.id == "last-login")
    said = wrong(run, login, ahead, case, "")
    assert said is not None and said.rule == "day-is-ahead"
    assert [wrong(run, login, said, case, "") for said in (past, "never")] == [None, None]


def test_a_project_has_a_number_and_a_wait_a_number_of_days() -> None:
    assert complaint("project_id", "4411") == "" and complaint("project_id", "0")
    run, case = asked()
    for said in ("", "soon", "0", "-3", "1.5", "\N{SUPERSCRIPT TWO}", "61"):
        rule, words = refused(longer(run, "wait-owner", said, case))
        assert rule == "wait-too-long" and (not said or ascii(said) in words)
    assert not isinstance(longer(run, "wait-owner", "60", case), Finding)


def test_whether_they_pay_is_known_and_another_answer_says_where_it_was_seen() -> None:
    run, case = begun("ownership-transfer")
    paid = next(s for s in run.playbook.steps if s.id == "paid")
    for plan, mrr, value in (("scale", "1490", "yes"), ("free", "", "no"), ("", "0", "no")):
        known = known_of(
            case.ticket, None, Organization(1, "Cove", plan=plan, mrr=mrr), Footer(),
            source="mail", role="agent",
        )  # fmt: skip
        assert known["paid"].value == value
        other = {"yes": "no", "no": "yes"}[value]
        here = replace(case, known=known)
        assert wrong(run, paid, value, here, "") is None
        said = wrong(run, paid, other, here, "")
        assert said is not None and said.rule == "differs-from-known"
        assert wrong(run, paid, other, here, "in the billing admin") is None


STOPPED = (("owner", "kim@c0ve.example"), ("owner-name", "Kim"), ("who", "look-alike"))
TO_THE_END = [
    *(("ask-owner", "put"), ("wait-requester", "reply"), ("owner-can", "no"), ("mailbox", "no")),
    *(("owner", OWNER), ("owner-name", "Sam"), ("who", "colleague"), ("mail-owner", "put")),
    *(("last-login", "2026-01-02"), ("bounce", "timeout")),
]


@pytest.mark.parametrize(
    ("name", "said", "step", "words"),
    [
        ("twofa-removal", STOPPED, "alarm", "kim@cove.example asks, which only looks like the"),
        ("ownership-transfer", TO_THE_END, "bring-to-team", "the owner: not answered in time."),
    ],
)
def test_a_note_asks_for_nothing_that_was_answered_further_up(
    name: str, said: Sequence[tuple[str, str]], step: str, words: str
) -> None:
    run, case = begun(name)
    for one, value in said:
        late = replace(case, now=case.now + timedelta(days=6 if value == "timeout" else 0))
        if value == "reply":
            late = written(late, "He is gone.", ticket_id=TICKET, author_id=KIM.id,
                           from_address=KIM.email)  # fmt: skip
        run = plays(run, after(late, run), (one, value)) if one not in run.done else run
    wanted = wish(run, run.playbook.step(step), after(case, run), REPLIES)  # type: ignore[arg-type]
    assert not isinstance(wanted, Finding) and words in wanted.body
    left = placeholders(wanted.body)
    assert all("when, and where" in one for one in left), "nobody told the run that"
