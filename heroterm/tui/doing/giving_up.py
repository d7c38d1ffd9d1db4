"""A run that cannot be read here: it keeps its ticket unsolved until the hero ends it, and why."""

from __future__ import annotations

from heroterm.domain.playbook_run import Unreadable
from heroterm.tui.doing import beginning
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.step import Asked, Said, StepBox
from heroterm.tui.text import parts

_WHY_NOT = (
    "Its row in the journal was changed from outside heroterm, or a newer heroterm wrote it. "
    "Until it is ended its ticket cannot be Solved. Notes that tell of it stay on the ticket."
)


def choose(desk: OnDesk) -> None:
    """`p`: end the run that cannot be read on this ticket, else whatever can be played there."""
    opened = desk.target
    torn = on(desk, opened.ticket.id) if opened is not None and opened.run is None else None
    if torn is None:
        beginning.choose(desk)
    else:
        ask(desk, torn)


def on(desk: OnDesk, ticket_id: int) -> Unreadable | None:
    """The run on a ticket that cannot be read."""
    journal = desk.reading.journal
    found = journal.runs.unreadable() if journal is not None else []
    return next((one for one in found if one.ticket_id == ticket_id), None)


def ask(desk: OnDesk, torn: Unreadable) -> None:
    """Ask for the reason, and end it."""

    def judge(what: Said) -> str:
        return "" if what.value.strip() else "Say why: the reason is kept in the trail."

    def told(what: Said | None) -> None:
        if what is not None:
            reason = what.value.strip()
            desk.pen.write(
                lambda journal: journal.runs.give_up(torn.run_id, reason),
                lambda ended: _ended(desk, torn, ended),
            )

    title = f"“{torn.playbook}” on #{torn.ticket_id} cannot be read here. End it: why?"
    asked = Asked(title, [parts((_WHY_NOT, "$text-muted"))], {}, "", judge=judge)
    desk.app.push_screen(StepBox(asked), told)


def _ended(desk: OnDesk, torn: Unreadable, ended: bool) -> None:
    desk.refresh_desk()
    if ended:
        desk.tell(f"The run on #{torn.ticket_id} is ended: it keeps the ticket unsolved no longer.")
    else:
        desk.tell(f"The run on #{torn.ticket_id} was ended or can be read by now: nothing done.")
