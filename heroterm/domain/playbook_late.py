"""A run that ended because nobody answered, and the answer that comes later still.

Such a run is opened again where it stands, and its wait ends by what came. What was done stays
done, so that nothing is sent or deleted a second time; a run in which more was done since than
telling of the silence stays ended, and so does one that somebody aborted.
"""

from __future__ import annotations

from heroterm.domain.playbook import TIMEOUT, Step
from heroterm.domain.playbook_answers import Outcome, answer
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_checks import no
from heroterm.domain.playbook_run import FINISHED, REOPENED, Event, Run
from heroterm.domain.playbook_since import ended_by
from heroterm.domain.playbook_way import ends_late
from heroterm.domain.ticket import Comment


def may_go_on(run: Run) -> bool:
    """Whether an answer could open it again at all: it is finished, and nobody had answered."""
    return run.state == FINISHED and TIMEOUT in run.answers.values()


def late(run: Run, case: Case) -> Comment | None:
    """The newest message for which a finished run goes on; None where there is none."""
    found = _late(_again(run, case), case) if may_go_on(run) else None
    return found[2] if found is not None else None


def go_on(run: Run, case: Case) -> Outcome:
    """Open it again, with the answer that came; whether that says yes is read in the next step."""
    again = _again(run, case)
    found = _late(again, case) if may_go_on(run) else None
    if found is None:
        return no("run-ended", f"This run is {run.state}, and no answer that counts came since.")
    step, end, _ = found
    made = answer(again, step.id, end, case)
    return [again.events[-1], *made] if isinstance(made, list) else made


def _again(run: Run, case: Case) -> Run:
    said = "an answer came"
    return run.with_events([Event(len(run.events) + 1, case.now, case.by, REOPENED, value=said)])


def _late(again: Run, case: Case) -> tuple[Step, str, Comment] | None:
    for step in again.playbook.steps:
        if step.kind == "wait" and again.answers.get(step.id) == TIMEOUT:
            for end, comment in ended_by(again, case, step).items():
                if ends_late(again, step, end):
                    return step, end, comment
    return None
