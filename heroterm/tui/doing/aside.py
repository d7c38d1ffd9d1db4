"""Off the way of a run: skip a step, end it, wait longer, go back; each for a reason."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.domain.playbook_answers import Outcome, abort, longer, skip
from heroterm.domain.playbook_way import waiting
from heroterm.tui.doing import ending, giving_up, playing, stepping
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.step import Asked, Said, StepBox


def leave_out(desk: OnDesk) -> None:
    """`s`: skip an optional step, for a reason."""
    played = playing.begun(desk)
    step = stepping.step_at(desk, played) if played is not None else None
    if played is None or step is None:
        return
    if step.required:
        playing.keep(desk, played.run, skip(played.run, step.id, "required", played.case))
        return

    def skipped(reason: str) -> Outcome:
        return skip(played.run, step.id, reason, played.case)

    def then(outcome: Outcome) -> None:
        playing.keep(desk, played.run, outcome, then=lambda: ending.if_done(desk))

    _why(desk, f"Skip “{step.title}”: why?", skipped, then)


def end(desk: OnDesk) -> None:
    """`A`: end the run for a reason; what was answered so far is told in a note."""
    played = playing.shown(desk)
    if played is None:
        torn = giving_up.on(desk, desk.opened.ticket.id) if desk.opened is not None else None
        if torn is not None:
            giving_up.ask(desk, torn)
        else:
            playing.begun(desk)
        return

    title = f"End “{played.run.playbook.title}”: why?"
    _why(
        desk,
        title,
        lambda reason: abort(played.run, reason, played.case),
        lambda outcome: ending.end(desk, played, outcome),
    )


def wait_longer(desk: OnDesk) -> None:
    """`w`: wait so many days from now."""
    played = playing.begun(desk)
    if played is None:
        return
    now = waiting(played.run)
    if now is None:
        desk.tell("The run does not wait for anything now.")
        return

    def until(number: str) -> Outcome:
        return longer(played.run, now.step, number, played.case)

    title = "Wait how many days from now?"
    _why(desk, title, until, lambda outcome: playing.keep(desk, played.run, outcome))


def _why(
    desk: OnDesk,
    title: str,
    outcome: Callable[[str], Outcome],
    then: Callable[[Outcome], None],
) -> None:
    """Ask for words until they can stand; the box says why they cannot."""

    def told(what: Said | None) -> None:
        if what is not None:
            then(outcome(what.value.strip()))

    def judge(what: Said) -> str:
        return playing.words_of(desk, outcome(what.value.strip()))

    desk.app.push_screen(StepBox(Asked(title, [], {}, "", judge=judge)), told)


def back_to_list(desk: OnDesk) -> None:
    """`h`: from a rehearsal back to the list; a run stays shown while its ticket is open."""
    if desk.rehearsal is not None:
        playing.turn_rehearsal(desk)
    else:
        desk.focus_pane("thread" if desk.opened is not None else "queue")
