"""Off the way of a run: skip a step, end it, wait longer, go back; each for a reason."""

from __future__ import annotations

from heroterm.domain.playbook_answers import abort, longer, skip
from heroterm.domain.playbook_way import waiting
from heroterm.tui.doing import playing, putting, stepping
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Pick


def leave_out(desk: OnDesk) -> None:
    """`s`: skip an optional step, for a reason."""
    played = playing.shown(desk)
    step = stepping.step_at(desk, played) if played is not None else None
    if played is None or step is None:
        return
    if step.required:
        playing.keep(desk, played.run, skip(played.run, step.id, "required", played.case))
        return

    def because(reason: str | None) -> None:
        if reason:
            playing.keep(desk, played.run, skip(played.run, step.id, reason, played.case))

    desk.app.push_screen(Pick(f"Skip “{step.title}”: why?", [], free=True), because)


def end(desk: OnDesk) -> None:
    """`A`: end the run for a reason; what was answered so far is told in a note."""
    played = playing.shown(desk)
    if played is None:
        desk.tell("No playbook is under way on this ticket.")
        return

    def because(reason: str | None) -> None:
        if reason:
            putting.end(desk, played, abort(played.run, reason, played.case))

    desk.app.push_screen(Pick(f"End “{played.run.playbook.title}”: why?", [], free=True), because)


def wait_longer(desk: OnDesk) -> None:
    """`w`: wait so many days from now."""
    played = playing.shown(desk)
    now = waiting(played.run) if played is not None else None
    if played is None or now is None:
        desk.tell("The run does not wait for anything now.")
        return

    def days(number: str | None) -> None:
        if number:
            count = int(number) if number.isascii() and number.isdigit() else 0
            playing.keep(desk, played.run, longer(played.run, now.step, count, played.case))

    desk.app.push_screen(Pick("Wait how many days from now?", [], free=True), days)


def back_to_list(desk: OnDesk) -> None:
    """`h`: from a rehearsal back to the list; a run stays shown while its ticket is open."""
    if desk.rehearsal is not None:
        playing.turn_rehearsal(desk)
    else:
        desk.focus_pane("thread" if desk.opened is not None else "queue")
