"""`a c`: a soft claim that others see, on and off; the team's rule says whether by assignee or tag.

By a tag it says so in an internal note, too: who reads the ticket may overlook a tag (features H2).

Two heroes may press it at the same moment. Zendesk takes one update, refuses the other as stale,
and whoever lost is told who won.
"""

from __future__ import annotations

from heroterm.domain.claims import (
    ASSIGNEE,
    TAG,
    Claim,
    claimers,
    claiming,
    letting_go,
    note_of,
    tag_of,
)
from heroterm.domain.freshness import freshness
from heroterm.domain.outbox import Intent
from heroterm.journal.database import Journal
from heroterm.tui.doing import answering
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened, read


def turn(desk: OnDesk) -> None:
    """Claim the ticket, or let it go again; somebody else's claim is only named."""
    opened, me = desk.target, desk.reading.me
    if opened is None:
        return
    if me is None or me.role == "light":
        desk.tell("A light agent cannot claim: ask for a full seat for your week.")
        return
    how = TAG if desk.parts.settings.claim == TAG else ASSIGNEE
    who = others(opened, me.id, me.name)
    number = f"#{opened.ticket.id}"
    if who:
        desk.tell(
            f"{who} has {number} already; talk to them, or {desk.key('desk.skip')} skips it.",
            severity="warning",
        )
    elif _mine(opened, how, me.id, me.name):
        answering.put_changes(desk, opened, letting_go(how, me.name))
        desk.pen.write(lambda journal: journal.week.unclaim(opened.ticket.id))
    else:
        said = note_of(me.name) if how == TAG else ""
        answering.put_changes(desk, opened, claiming(how, me.id, me.name), said)
        desk.pen.write(lambda journal: journal.week.claim(opened.ticket.id, how))


def let_idle_go(desk: OnDesk) -> None:
    """Take off claims that have lain idle, for colleagues keep off the ticket meanwhile; one on
    which the hero has words begun is not idle. They stay until that can be done, and until it is
    known whether somebody else has the ticket by now, as after hours without a desk.
    """
    journal, now = desk.reading.journal, desk.reading.local_now()
    idle = [claim for claim in journal.week.claims() if claim.idle(now)] if journal else []
    if journal is None or not idle or desk.parts.read_only.on or not _up_to_date(desk):
        return
    begun = {draft.ticket_id for draft in journal.drafts.list()}
    free = [claim for claim in idle if claim.ticket_id not in begun]
    gone = [intent for claim in free if (intent := _goes(desk, claim)) is not None]

    def let_go(kept: Journal) -> None:
        kept.outbox.put_all(gone)  # first: a claim that is forgotten here stays in Zendesk
        for claim in idle:
            if claim in free:
                kept.week.unclaim(claim.ticket_id)
            else:
                kept.week.touch_claim(claim.ticket_id)

    def said(_: None) -> None:
        desk.refresh_desk()
        if gone:
            desk.tell(_idle_words(desk, [intent.ticket_id for intent in gone]))

    desk.pen.write(let_go, said if free else None)


def _up_to_date(desk: OnDesk) -> bool:
    """Whether who has a ticket is known as of now."""
    reading, synced = desk.reading, desk.reading.state.synced_at
    if reading.me is None or synced is None:
        return False
    return freshness(synced, reading.now(), reading.promise) == "fresh"


def _goes(desk: OnDesk, claim: Claim) -> Intent | None:
    """What takes an idle claim off; None where it is gone, or the rules do not let it."""
    me, found = desk.reading.me, read(desk.reading, claim.ticket_id)
    if me is None or found is None:
        return None
    waits = any(intent.ticket_id == claim.ticket_id for intent in desk.reading.intents())
    if not waits and not _mine(found, claim.how, me.id, me.name):
        return None
    intent = answering.intent_of(desk, found, letting_go(claim.how, me.name))
    return None if desk.parts.check(intent) else intent


def _idle_words(desk: OnDesk, tickets: list[int]) -> str:
    numbers = ", ".join(f"#{ticket_id}" for ticket_id in tickets)
    end = f"the claim goes; {desk.key('desk.undo')} takes that back"
    return f"Claimed, and nothing written for half an hour: {numbers} ({end})."


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
