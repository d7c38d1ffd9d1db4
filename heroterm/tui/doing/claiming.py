"""`a c`: a soft claim that others see, on and off; the team's rule says whether by assignee or tag.

Two heroes may press it at the same moment. Zendesk takes one update, refuses the other as stale,
and whoever lost is told who won.
"""

from __future__ import annotations

from heroterm.domain.claims import ASSIGNEE, TAG, claimers, claiming, letting_go, tag_of
from heroterm.journal.database import Journal
from heroterm.tui.doing import answering
from heroterm.tui.doing.aiming import one
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened


def turn(desk: OnDesk) -> None:
    """Claim the ticket, or let it go again; somebody else's claim is only named."""
    opened, me = one(desk, "Claiming"), desk.reading.me
    if opened is None:
        return
    if me is None or me.role == "light":
        desk.tell("A light agent cannot claim: ask for a full seat for your week.")
        return
    how = TAG if desk.parts.settings.claim == TAG else ASSIGNEE
    who = others(opened, me.id, me.name)
    number = f"#{opened.ticket.id}"
    if who:
        desk.tell(f"{who} has {number} already; talk to them, or N skips it.", severity="warning")
    elif _mine(opened, how, me.id, me.name):
        answering.put_changes(desk, opened, letting_go(how, me.name))
        desk.pen.write(lambda journal: journal.week.unclaim(opened.ticket.id))
    else:
        answering.put_changes(desk, opened, claiming(how, me.id, me.name))
        desk.pen.write(lambda journal: journal.week.claim(opened.ticket.id, how))


def remind(desk: OnDesk) -> None:
    """Say once that a claim has lain idle: colleagues keep off the ticket meanwhile."""
    journal, now = desk.reading.journal, desk.reading.local_now()
    idle = [one.ticket_id for one in journal.week.claims() if one.idle(now)] if journal else []
    if not idle:
        return
    numbers = ", ".join(f"#{ticket_id}" for ticket_id in idle)
    desk.tell(f"Claimed, and nothing written for half an hour: {numbers} (a c lets go).")

    def forget(kept: Journal) -> None:
        for ticket_id in idle:
            kept.week.unclaim(ticket_id)

    desk.pen.write(forget)


def others(opened: Opened, me: int, name: str) -> str:
    """Who else has the ticket: its assignee, or whoever claims it by a tag; "" for nobody."""
    ticket = opened.ticket
    by_tag = claimers([tag for tag in ticket.tags if tag != tag_of(name)])
    if by_tag:
        return ", ".join(by_tag)
    assigned = ticket.assignee_id is not None and ticket.assignee_id != me
    return (opened.row.assignee or "somebody") if assigned else ""


def _mine(opened: Opened, how: str, me: int, name: str) -> bool:
    if how == ASSIGNEE:
        return opened.ticket.assignee_id == me
    return tag_of(name) in opened.ticket.tags
