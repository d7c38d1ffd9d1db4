"""What the carrier reported, in words: only what a person wants to hear of."""

from __future__ import annotations

from heroterm.sync import report
from heroterm.tui.doing import near_breach, noticing, saying
from heroterm.tui.on_desk import OnDesk

_SIGNED_OUT = "SIGNED OUT"


def note(desk: OnDesk, told: report.Report) -> bool:
    """Say it, once; everything else shows in the panes. False where no pane can have changed."""
    if isinstance(told, report.Allowance):
        desk.waits.allowed(told)
        saying.status_lines(desk)
        return False
    if isinstance(told, report.Trouble) and told.paused:
        desk.waits.standing = _SIGNED_OUT
    match told:
        case report.Sent():
            desk.tell(f"#{told.ticket_id} sent: seen on the server.")
        case report.Trouble() if told.say != desk.last_trouble:
            desk.last_trouble = told.say
            desk.tell(f"{told.say} {told.remedy}".strip(), severity="warning")
        case report.Moved(state="needs_you"):
            desk.tell(f"#{told.ticket_id} needs you: {told.why}", severity="warning")
            if told.ticket_id is not None:
                noticing.notice(desk, told.ticket_id, "a reply of yours needs you")
        case report.Waiting():
            desk.waits.note(told, desk.reading.local_now())
        case report.Woken():
            lists = f"{desk.key('go.runs')} lists the playbooks under way."
            desk.tell(f"#{told.ticket_id} {told.say} {lists}")
            noticing.notice(desk, told.ticket_id, "a playbook goes on")
        case report.Standby():
            desk.waits.standing = f"another heroterm syncs (pid {told.pid or 'unknown'})"
        case report.Alert():
            _alert(desk, told)
        case report.Absent():
            if told != desk.absent:
                desk.tell(f"{told.say} {desk.key('go.absent')} decides.", severity="warning")
            desk.absent = told
        case report.Pulled(what="working set"):
            desk.absent = None
    _no_longer(desk, told)
    return True


def _alert(desk: OnDesk, told: report.Alert) -> None:
    what = told.say
    match told.kind:
        case "wait_woken":
            desk.tell(f"#{told.ticket_id}: the wait is over, {told.say} ({desk.key('go.waits')}).")
            what = "a wait is over"
        case "named":
            desk.tell(f"#{told.ticket_id}: {told.say} ({desk.key('go.mentions')}).")
            what = "a note names you"
        case _:
            near_breach.warn(desk, told)
    noticing.notice(desk, told.ticket_id, what)


def gone(desk: OnDesk, why: str, again_in: float) -> None:
    """The carrier ended; it is started again after so many seconds."""
    desk.waits.standing = f"no carrier, again in {again_in:.0f} s"
    why = why.removeprefix("heroterm: ").rstrip(".")
    again = f"it starts again in {again_in:.0f} s"
    desk.tell(f"The carrier stopped: {why}. Nothing is lost: {again}.", severity="warning")


def _no_longer(desk: OnDesk, told: report.Report) -> None:
    """What a report puts an end to."""
    match told:
        case report.Sent() | report.Moved():
            desk.waits.over(told.intent_id)
        case report.Online():
            desk.last_trouble = ""
            desk.waits.answered()
        case report.Offline() | report.Pulled():
            desk.waits.answered()
