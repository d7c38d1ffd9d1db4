"""`g @`: notes of colleagues that name the hero, until the hero answers there."""

from __future__ import annotations

from heroterm.domain.ages import ago
from heroterm.errors import StoreError
from heroterm.mirror.reader import Mirror
from heroterm.sync.mentioned import Named, mentioned
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick


def show(desk: OnDesk) -> None:
    """Look for them beside the screen, then list them; Enter opens the ticket."""
    me = desk.reading.me
    if me is None:
        desk.tell(f"It is not known yet who you are ({desk.key('desk.sync')} syncs).")
        return

    def ask(mirror: Mirror) -> list[Named]:
        whole = mirror.person(me.id)
        return list(mentioned(mirror, whole or me))

    def failed(error: StoreError) -> None:
        desk.tell(str(error), severity="error")

    desk.lookups.ask(ask, lambda found: _list(desk, found), failed, "mentions")


def _list(desk: OnDesk, found: list[Named]) -> None:
    if not found:
        desk.tell("No colleague's note waits for you: @ and your name would be found here.")
        return
    now = desk.reading.now()
    choices = [
        Choice(
            str(one.mention.ticket_id),
            f"#{one.mention.ticket_id} {one.author}: {one.mention.said[:80]}",
            ago(one.mention.at, now),
        )
        for one in found
    ]

    def chosen(key: str | None) -> None:
        if key is not None:
            desk.open_ticket(int(key))

    notes = "1 note that names you" if len(found) == 1 else f"{len(found)} notes that name you"
    title = f"{notes}; {desk.key('ticket.tier1')} at the ticket makes it tier 1"
    desk.app.push_screen(Pick(title, choices), chosen)
