"""What was answered to a step: kept, refused, or one thing more is asked for before it stands."""

from __future__ import annotations

from dataclasses import replace

from heroterm.domain.findings import Finding
from heroterm.domain.playbook import Step
from heroterm.domain.playbook_answers import Outcome, answer
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_checks import asks_where
from heroterm.tui.doing import ending, playing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.run_lines import Played
from heroterm.tui.screens.step import Asked, Said, StepBox
from heroterm.tui.text import parts

_WHERE = "type where, for example: the EU panel shows it"


def said(desk: OnDesk, played: Played, step: Step, value: str, **more: object) -> None:
    """Answer with a value; where it was seen is asked for when no source names it."""
    case = now(desk, played)
    outcome = answer(played.run, step.id, value, case, **more)  # type: ignore[arg-type]
    if isinstance(outcome, Finding) and asks_where(outcome):
        _seen(desk, played, step, value, outcome)
    elif isinstance(outcome, Finding) and outcome.level == "ask":
        _all_the_same(desk, played, step, value, outcome, **more)
    else:
        playing.keep(desk, played.run, outcome, then=lambda: ending.if_done(desk))


def now(desk: OnDesk, played: Played) -> Case:
    """The case as the mirror has it at this moment: a box may have stood open for a while."""
    return (
        played.case if played.run.rehearsal else playing.case_for(desk, played.run) or played.case
    )


def _seen(desk: OnDesk, played: Played, step: Step, value: str, why: Finding) -> None:
    """No trusted source says so, or one says something else: where was it seen?"""

    def again(where: Said) -> Outcome:
        return answer(played.run, step.id, value, now(desk, played), seen=where.value)

    def told(where: Said | None) -> None:
        if where is not None:
            playing.keep(desk, played.run, again(where), then=lambda: ending.if_done(desk))

    lines = [parts((why.say, "bold"))]
    asked = Asked(f"{value}: where did you see it?", lines, {}, "", _WHERE)
    asked = replace(asked, judge=lambda where: playing.words_of(desk, again(where)))
    desk.app.push_screen(StepBox(asked), told)


def _all_the_same(
    desk: OnDesk, played: Played, step: Step, value: str, why: Finding, **more: object
) -> None:
    """Something speaks against an answer that may stand: y says that it was read."""

    def told(what: Said | None) -> None:
        if what is not None:
            said(desk, played, step, value, anyway=True, **more)

    lines = [parts((why.say, "$sla-breached bold")), parts(desk.filled(why.instead))]
    letters = {"y": ("y", "I have read it: this answer stands all the same")}
    desk.app.push_screen(StepBox(Asked(step.title, lines, letters)), told)


def judge(
    desk: OnDesk, played: Played, step: Step, what: Said, *, message: int | None = None
) -> str:
    """Why an answer cannot stand; where one thing more is asked for, it leaves its box."""
    outcome = answer(played.run, step.id, what.value, now(desk, played), message=message)
    asks = isinstance(outcome, Finding) and (outcome.level == "ask" or asks_where(outcome))
    return "" if asks else playing.words_of(desk, outcome)
