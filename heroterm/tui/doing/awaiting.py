"""A wait of a run: how it may end by now; in a rehearsal, who shall write."""

from __future__ import annotations

from heroterm.domain.playbook import TIMEOUT, Step
from heroterm.domain.playbook_evidence import candidates
from heroterm.domain.playbook_rehearsal import VOICES, later, said
from heroterm.domain.playbook_since import ended_by
from heroterm.domain.playbook_way import waiting
from heroterm.tui.doing import deciding, playing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.run_lines import Played
from heroterm.tui.screens.step import Asked, Said, StepBox
from heroterm.tui.text import parts

_OVER = (TIMEOUT, "the time is over: go on that way")
_ENDS = {
    "reply": "an answer that counts has come: go on with it",
    "bounce": "the mail could not be delivered: go on that way",
}


def answer(desk: OnDesk, played: Played, step: Step) -> None:
    """What the wait may end by now; in a rehearsal, who shall write."""
    run, case = played.run, played.case
    now = waiting(run)
    lines = [parts((step.text, "bold"))]
    came = (f"{c.address}: {c.reason or 'counts'}" for c in candidates(run, case, step))
    lines += [parts(said) for said in dict.fromkeys(came)]
    if run.rehearsal:
        letters = {
            key: (voice, f"the {voice} writes: Yes, please.")
            for key, voice in (("o", "owner"), ("r", "requester"), ("l", "look-alike"))
        }
        over = bool(now and now.overdue)
        letters |= {"t": _OVER} if over else {"d": ("days", "the time of this wait goes by")}
        asked = Asked(step.title, lines, letters)
        desk.app.push_screen(StepBox(asked), lambda what: _pretend(desk, played, step, what))
        return
    letters = {"t": _OVER} if now and now.overdue else {}
    letters |= {end[0]: (end, _ENDS[end]) for end in ended_by(run, case, step)}
    asked = Asked(
        step.title, lines, letters, judge=lambda said: deciding.judge(desk, played, step, said)
    )

    def told(what: Said | None) -> None:
        if what is not None:
            deciding.said(desk, played, step, what.value)

    desk.app.push_screen(StepBox(asked), told)


def _pretend(desk: OnDesk, played: Played, step: Step, what: Said | None) -> None:
    if what is None:
        return
    if what.value == TIMEOUT:
        deciding.said(desk, played, step, TIMEOUT)
        return
    case = played.case
    days = later(case, step.days + 1)
    then = said(case, what.value, "Yes, please.") if what.value in VOICES else days
    playing.rehearse(desk, [], then)
    if what.value in VOICES:
        newest, *_ = candidates(played.run, then, step)
        counts = f"Does not count: {newest.reason}" if newest.reason else "It counts."
        desk.tell(f"{newest.address} wrote. {counts}")
