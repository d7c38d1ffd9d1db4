"""How a playbook is begun on a ticket, or gone on with: what is under way, and what had ended."""

from __future__ import annotations

from heroterm.domain.ages import clock_day
from heroterm.domain.playbook import Playbook
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_late import go_on, late
from heroterm.domain.playbook_marker import MARKER, told
from heroterm.domain.playbook_run import Run, hash_of
from heroterm.domain.playbook_since import said_of
from heroterm.domain.zone import LOCAL
from heroterm.tui.doing import playing
from heroterm.tui.doing.ways import ending_keys
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.screens.pick import Choice, Pick

_NO_TICKET = "A playbook runs on a ticket: open one first, or {playbook.rehearse} rehearses."
_FOREIGN = "A colleague's run is being taken over; a moment, then {ticket.playbook} again."
_LATE = "/late"
"""No playbook's name: the run that had ended, and goes on."""


def choose(desk: OnDesk) -> None:
    """`p`: the run that is under way, one that ended before an answer came, else a playbook to
    begin.
    """
    opened = desk.target
    if opened is None:
        return
    if opened.run is not None:
        if desk.opened is None or desk.opened.ticket.id != opened.ticket.id:
            desk.open_ticket(opened.ticket.id)
        desk.focus_pane("playbook")
        return
    choices = [
        Choice(one.playbook.name, one.playbook.title, one.words or one.playbook.section)
        for one in playing.offered(desk, opened)
    ]
    ended = playing.ended(desk, opened)
    if ended is not None:
        words = f"{ended[0].playbook.title}: go on"
        choices.insert(0, Choice(_LATE, words, "it had ended, and an answer came"))

    def picked(name: str | None) -> None:
        if name == _LATE and ended is not None:
            _go_on(desk, *ended)
        elif name is not None:
            _begin_named(desk, opened.ticket.id, name)

    def steps(name: str) -> str:
        return _came(*ended) if name == _LATE and ended is not None else _steps(desk, name)

    desk.app.push_screen(Pick(f"Playbook for #{opened.ticket.id}", choices, preview=steps), picked)


def choose_named(desk: OnDesk, name: str) -> None:
    """As `p`, where it is known already which playbook is wanted."""
    opened = desk.target
    if opened is not None:
        _begin_named(desk, opened.ticket.id, name)


def _begin_named(desk: OnDesk, ticket_id: int, name: str) -> None:
    playbook = next((p for p in desk.book.playbooks if p.name == name), None)
    if playbook is None:
        return
    if desk.opened is None or desk.opened.ticket.id != ticket_id:
        desk.open_ticket(ticket_id)
    begin(desk, playbook)


def _steps(desk: OnDesk, name: str) -> str:
    playbook = next(p for p in desk.book.playbooks if p.name == name)
    steps = (f"{n} {step.title}" for n, step in enumerate(playbook.steps, 1))
    return "\n".join([playbook.note, "", *steps])


def begin(desk: OnDesk, playbook: Playbook) -> None:
    """Begin a playbook on the open ticket, unless another is under way there; one of its runs that
    had ended before an answer came may go on instead.
    """
    opened = desk.opened
    if opened is None:
        desk.tell(desk.filled(_NO_TICKET))
        return
    if opened.run is not None:
        desk.tell(
            f"“{opened.run.playbook.title}” is under way here: two procedures on one ticket would "
            f"contradict each other. {ending_keys(desk)} ends it, with a reason.",
            severity="warning",
        )
        return
    if _foreign(desk, opened):
        desk.tell(desk.filled(_FOREIGN))
        return
    ended = playing.ended(desk, opened)
    if ended is None or ended[0].playbook.name != playbook.name:
        _unless_done(desk, opened, playbook)
        return
    run, case = ended

    def told_(key: str) -> None:
        if key == "g":
            _go_on(desk, run, case)
        elif key == "b":
            _anew(desk, opened, playbook)

    answers = {"g": "go on with it", "b": "begin anew, from the first step", "n": "neither"}
    desk.ask(_came(run, case), answers, told_)


def _unless_done(desk: OnDesk, opened: Opened, playbook: Playbook) -> None:
    """Begin it; one that was done here already only after a question: its steps write again."""
    done = next(one.done for one in playing.offered(desk, opened) if one.playbook is playbook)
    if not done:
        _anew(desk, opened, playbook)
        return

    def told_(key: str) -> None:
        if key == "b":
            _anew(desk, opened, playbook)

    desk.ask(
        f"{playbook.title} on #{opened.ticket.id}: {done}. Begun anew, all of its steps are to be "
        "done again, and what they write is written again.",
        {"b": "begin anew, from the first step", "n": "leave it"},
        told_,
    )


def _anew(desk: OnDesk, opened: Opened, playbook: Playbook) -> None:
    text = playbook.text
    run = Run(
        desk.parts.new_id(), playbook, hash_of(text), text, opened.ticket.id,
        desk.reading.now(), desk.reading.state.user_name or "you",
    )  # fmt: skip
    playing.start(desk, run, lambda: None)


def _foreign(desk: OnDesk, opened: Opened) -> bool:
    """Whether a note tells of a run that the carrier has not taken over yet."""
    journal = desk.reading.journal
    notes = (c.body for c in opened.comments if not c.public and MARKER.sign in c.body)
    read = (told(body) for body in notes)
    return journal is not None and any(
        note is not None and journal.runs.get(note.run_id) is None for note in read
    )


# A run that had ended.


def _came(run: Run, case: Case) -> str:
    """What came, and of when the rest is."""
    answer = late(run, case)
    came = f"{said_of(answer, case)}." if answer is not None else ""
    day = clock_day(run.begun_at, LOCAL)
    return (
        f"{run.playbook.title} on #{run.ticket_id} ended because nobody answered. {came}\n"
        "Going on takes this answer: what it says is read in the next step. What was looked up is "
        f"as it was on {day}. Nothing that was done is done again."
    )


def _go_on(desk: OnDesk, run: Run, case: Case) -> None:
    now = playing.case_for(desk, run) or case
    playing.keep(desk, run, go_on(run, now), then=lambda: desk.focus_pane("playbook"))
