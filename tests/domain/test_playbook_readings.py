"""What is read and typed, against what a trusted source says of the same."""

from __future__ import annotations

from dataclasses import replace

from heroterm.domain.findings import Finding
from heroterm.domain.playbook_answers import answer
from heroterm.domain.playbook_known import Known
from heroterm.domain.playbook_values import complaint
from tests.domain.test_playbook_proofs import begun, plays, refused


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
