"""An issue that was filed, as answers to the steps of a bug report or feature request.

The composer shows in one box what these playbooks ask for one by one: priority, tickets alike, the
form, the issue's address. What was done there is written into the run as if it had been answered
step by step, so that the trail, the reply and the line for Slack are the playbook's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.domain.findings import Finding
from heroterm.domain.playbook import Playbook, Step
from heroterm.domain.playbook_answers import Outcome, answer
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_checks import no
from heroterm.domain.playbook_keeping import automatic
from heroterm.domain.playbook_run import Event, Run
from heroterm.domain.playbook_way import next_step

_FORMS = ("bug-form", "feature-form")


@dataclass(frozen=True, slots=True)
class Filed:
    """An issue, whether it was there before, and how Customer Success was told of a request."""

    issue: str
    existing: bool = False
    told: str = ""


def filed(run: Run, case: Case, what: Filed | None) -> Outcome:
    """What happened to a run up to its reply; None: no issue, where the priority asks for none.

    Refused where a playbook of the team's own asks for something else in between.
    """
    events: list[Event] = []
    while (line := next_step(run)) is not None and line.step.kind != "reply":
        more: Outcome = automatic(run, case)
        if not more:
            value = _value(run.playbook, line.step, what)
            if value is None:
                return _unknown(run, line.step)
            more = answer(run, line.step.id, value, case)
        if isinstance(more, Finding):
            return more
        events += more
        run = run.with_events(more)
    return events


def _value(playbook: Playbook, step: Step, what: Filed | None) -> str | None:
    """What the composer answers to a step; None where it does not know the step."""
    if step.kind == "tell":
        return ""
    if what is None:
        return None
    if step.offer == "similar":
        return "yes" if what.existing else "no"
    if step.offer in _FORMS:
        return "in the composer"
    if step.fact == "issue":
        return what.issue
    if step.offer == "plus-one":
        return ""
    if step.offer == "slack-line":
        return what.told or None
    decided = {way for one in playbook.steps if one.fact == "issue" for way in one.only_if}
    return next((value for where, value in decided if where == step.id), None)


def _unknown(run: Run, step: Step) -> Finding:
    say = f"“{run.playbook.title}” asks here: {step.title}. The composer does not know that step."
    return no("step-not-known", say, "{ticket.playbook} plays the playbook step by step.")


def already(run: Run) -> str:
    """The issue that a run has filed; "" before."""
    event = run.fact("issue")
    return event.value if event is not None else ""
