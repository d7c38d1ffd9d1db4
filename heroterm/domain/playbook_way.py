"""Where a run stands: its lines, the step that comes next, what keeps a step from being done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from heroterm.domain.findings import Finding
from heroterm.domain.playbook import TIMEOUT, Line, Step, ordered
from heroterm.domain.playbook_run import LONGER, OPEN, OVERDUE, WAITS, Run


@dataclass(frozen=True, slots=True)
class Waiting:
    """A wait that has begun."""

    step: str
    since: datetime
    until: datetime | None
    overdue: bool = False


def lines(run: Run) -> list[Line]:
    """Every step in order, those that the answers lead past marked."""
    return ordered(run.playbook, run.answers)


def next_step(run: Run) -> Line | None:
    """The first step on the way that is not done; None when all are, or the run has ended."""
    if run.state != OPEN:
        return None
    done = run.done
    ahead = (one for one in lines(run) if not one.off and one.step.id not in done)
    return next(ahead, None)


def waiting(run: Run) -> Waiting | None:
    """The wait at which the run stands, once it has begun."""
    line = next_step(run)
    if line is None or line.step.kind != "wait":
        return None
    begun = run.last(WAITS, line.step.id)
    if begun is None:
        return None
    longer, over = run.last(LONGER, line.step.id), run.last(OVERDUE, line.step.id)
    latest = longer if longer is not None and longer.n > begun.n else begun
    overdue = over is not None and over.n > latest.n
    return Waiting(line.step.id, begun.at, latest.until, overdue)


def open_titles(run: Run, *, but: str) -> list[str]:
    """Required steps that are on the way and not done, as they are titled; `but` is left out."""
    done = run.done
    return [
        f"{run.playbook.title}, step {one.number}: {one.step.title}"
        for one in lines(run)
        if one.step.required
        and not one.off
        and not one.undecided
        and one.step.id not in done
        and one.step.id != but
    ]


def hindered(run: Run, step_id: str) -> Finding | None:
    """What keeps a step from being done now: the run, the way, what must come before it."""
    if run.state != OPEN:
        return _no("run-ended", f"This run is {run.state}.", "Begin a new one where it is needed.")
    found = next((one for one in lines(run) if one.step.id == step_id), None)
    if found is None:
        known = ", ".join(step.id for step in run.playbook.steps)
        return _no("no-such-step", f"{step_id!a} is no step of it.", f"Steps are: {known}.")
    if found.off:
        say = f"The answers so far lead past step {found.number}."
        return _no("step-off-the-way", say, "Go on with the step that is marked.")
    before = _missing(run, found)
    if before is not None:
        return _no(
            "step-comes-later",
            f"Step {before.number}, “{before.step.title}”, comes before step {found.number}.",
            f"Do step {before.number} first.",
        )
    return _relied_on(run, found)


def _missing(run: Run, line: Line) -> Line | None:
    """The first step that must be done before this one and is not."""
    done = run.done
    wanted = line.step.requires
    for one in lines(run)[: line.number - 1]:
        ways = (*line.step.only_if, *line.step.also_if)
        decides = line.undecided and one.step.id in {where for where, _ in ways}
        needed = one.step.required if wanted is None else one.step.id in wanted
        if (needed or decides) and not one.off and one.step.id not in done:
            return one
    return None


def _relied_on(run: Run, line: Line) -> Finding | None:
    """An answer can be given anew only while nothing was done after it that relies on it."""
    step, done = line.step, run.done
    if step.id not in done:
        return None
    later = _since(run, step)
    if not later and step.kind != "danger":
        return None
    if step.kind == "wait" and any(ends_late(run, step, end) for end in step.wait_for):
        return None
    return relied_on(line.number)


def relied_on(number: int) -> Finding:
    """What is said where later steps rely on one."""
    return _no(
        "step-is-done",
        f"Step {number} is done, and later steps rely on it.",
        "Abort the run with a reason and begin anew, if it was wrong.",
    )


def ends_late(run: Run, step: Step, end: str) -> bool:
    """Whether a wait that is over can end by this after all: nothing was done since, or it ended
    because nobody answered, and all that was done since was done for that silence alone. What was
    deleted is not taken back by an answer.
    """
    since = _since(run, step)
    if not since or run.answers.get(step.id) != TIMEOUT:
        return not since
    then = ordered(run.playbook, {**run.answers, step.id: end})
    told = {line.step.id for line in then if line.off and line.step.kind != "danger"}
    return since <= told


def _since(run: Run, step: Step) -> set[str]:
    """Steps that were done after one that is done; not what follows from it by itself."""
    done = run.done
    mine = done.get(step.id)
    later = [(id_, event) for id_, event in done.items() if mine is not None and event.n > mine.n]
    return {id_ for id_, event in later if not run.follows(event)}


def _no(rule: str, say: str, instead: str) -> Finding:
    return Finding(rule, "refuse", say, instead)
