"""`g p`: every playbook under way, where each stands and what it waits for."""

from __future__ import annotations

from heroterm.domain.playbook_run import Run
from heroterm.domain.playbook_standing import standing
from heroterm.domain.playbook_way import waiting
from heroterm.tui.doing import giving_up
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick

_TORN = "torn "
"""How the key of a run begins that cannot be read."""


def show(desk: OnDesk) -> None:
    """List them; Enter opens the ticket at its step."""
    journal = desk.reading.journal
    if journal is None:
        desk.tell(str(desk.reading.journal_trouble), severity="error")
        return
    runs, now = journal.runs.under_way(), desk.reading.now()
    torn = {f"{_TORN}{one.run_id}": one for one in journal.runs.unreadable()}
    if not runs and not torn:
        desk.tell(f"No playbook is under way: {desk.key('ticket.playbook')} begins one.")
        return
    zone = desk.book.zone
    choices = [
        Choice(
            str(run.ticket_id), f"#{run.ticket_id} {run.playbook.title}", standing(run, now, zone)
        )
        for run in sorted(runs, key=_urgency)
    ]
    choices += [
        Choice(key, f"#{one.ticket_id} {one.playbook}", "CANNOT BE READ here: Enter ends it")
        for key, one in torn.items()
    ]

    def chosen(key: str | None) -> None:
        if key is not None and key in torn:
            giving_up.ask(desk, torn[key])
        elif key is not None and desk.open_ticket(int(key)):
            desk.focus_pane("playbook")

    count = len(choices)
    desk.app.push_screen(
        Pick(f"{count} playbook{'s' if count != 1 else ''} under way", choices), chosen
    )


def _urgency(run: Run) -> tuple[int, float]:
    """What the hero can do something about comes before what waits."""
    now = waiting(run)
    return (1 if now is not None and not now.overdue else 0, run.begun_at.timestamp())
