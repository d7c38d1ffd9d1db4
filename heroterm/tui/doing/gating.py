"""The content gate: closed for each ticket with a warning until `y` or `a` (features C4)."""

from __future__ import annotations

from heroterm.domain.content_gate import Gate, gate_for, week_of
from heroterm.tui.deaf import DEAF_SECONDS
from heroterm.tui.doing import showing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened

_LEAVE = "content warning seen: {}"
"""Name in the journal's memory of the week in which an organization's gate stays open."""
CLOSED = (
    "This lies behind the content warning: {pane.ticket} goes to the ticket, {gate.once} "
    "there shows it once."
)
OURS = ("open.ticket", "open.handbook")
"""Pages that show nothing of what a customer wrote, as they are reached from here."""
BEHIND = ("open.", "thread.files", "thread.events", "copy.message", "find.")
"""Beginnings of ids that would show or open something that the customer wrote or linked."""


def gate_of(desk: OnDesk, opened: Opened) -> Gate | None:
    """The gate of a ticket while it is closed; None where there is none, or it was opened."""
    if not opened.row.content_warning or desk.seeing.once == opened.ticket.id:
        return None
    row = opened.row
    gate = gate_for(opened.organization, placeholder=row.free_mail_organization)
    journal = desk.reading.journal
    if gate.organization_id is not None and journal is not None:
        week = week_of(desk.reading.local_now().astimezone())
        if journal.marks.recall(_LEAVE.format(gate.organization_id)) == week:
            return None
    return gate


def look(desk: OnDesk, opened: Opened) -> None:
    """Close or open the gate for the ticket that is shown now; deaf at first, as every box."""
    if desk.seeing.once != opened.ticket.id:
        desk.seeing.once = None
    before, desk.seeing.gate = desk.seeing.gate, gate_of(desk, opened)
    if desk.seeing.gate is not None and desk.seeing.gate != before:
        desk.seeing.deaf = True
        gate = desk.seeing.gate
        desk.set_timer(DEAF_SECONDS, lambda: _hear(desk, gate))
    if (before is None) != (desk.seeing.gate is None):
        showing.key_line(desk)


def _hear(desk: OnDesk, gate: Gate) -> None:
    """Another gate that closed meanwhile has a time of its own."""
    if desk.seeing.gate == gate:
        desk.seeing.deaf = False


def behind(desk: OnDesk, id_: str) -> bool:
    """Whether a command would reach behind a gate that is closed."""
    return desk.seeing.gate is not None and id_.startswith(BEHIND) and id_ not in OURS


def once(desk: OnDesk) -> None:
    """`y`: show the ticket until another one is shown."""
    if desk.opened is not None and not desk.seeing.deaf:
        desk.seeing.once = desk.opened.ticket.id
        _open(desk)
        desk.tell("It is shown until another ticket is.")


def always(desk: OnDesk) -> None:
    """`a`: show every ticket of this organization until the week ends."""
    gate = desk.seeing.gate
    if desk.seeing.deaf or gate is None:
        return
    if gate.organization_id is None:
        desk.tell(
            f"No organization stands behind this ticket: {desk.key('gate.once')} shows it once."
        )
        return
    name, week = _LEAVE.format(gate.organization_id), week_of(desk.reading.local_now().astimezone())
    desk.pen.write(lambda journal: journal.marks.remember(name, week), lambda _: _open(desk))
    desk.tell(f"No content warning for {gate.organization} until the week ends.")


def stay(desk: OnDesk) -> None:
    """Enter: the safe answer; nothing is shown."""
    desk.tell(f"It stays closed: {desk.key('gate.once')} shows it once.")


def _open(desk: OnDesk) -> None:
    if desk.opened is not None:
        look(desk, desk.opened)
        showing.ticket(desk)
