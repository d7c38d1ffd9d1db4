"""What the carrier reported, in words: only what a person wants to hear of."""

from __future__ import annotations

from heroterm.sync import report
from heroterm.tui.on_desk import OnDesk

_LONG_WAIT_SECONDS = 3.0


def note(desk: OnDesk, told: report.Report) -> None:
    """Say it, once; everything else shows in the panes."""
    match told:
        case report.Sent():
            desk.tell(f"#{told.ticket_id} sent: seen on the server.")
        case report.Trouble() if told.say != desk.last_trouble:
            desk.last_trouble = told.say
            desk.tell(f"{told.say} {told.remedy}".strip(), severity="warning")
        case report.Moved(state="needs_you"):
            desk.tell(f"#{told.ticket_id} needs you: {told.why}", severity="warning")
        case report.Waiting() if told.seconds >= _LONG_WAIT_SECONDS:
            desk.waiting_for = f"waits {told.seconds:.0f} s: {told.what}"
        case report.Standby():
            desk.waiting_for = f"another heroterm syncs (pid {told.pid})"
        case report.Absent():
            if told != desk.absent:
                desk.tell(f"{told.say} g a decides.", severity="warning")
            desk.absent = told
        case report.Pulled(what="working set"):
            desk.absent = None
            desk.last_trouble = ""
            desk.waiting_for = ""
        case report.Online() | report.Offline() | report.Pulled():
            desk.last_trouble = ""
            desk.waiting_for = ""
