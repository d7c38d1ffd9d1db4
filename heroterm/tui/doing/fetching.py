"""A ticket that the mirror does not hold: asked of Zendesk beside the screen, opened when it comes.

The mirror keeps what is worked on; an old solved ticket or an archived one comes when somebody
asks for its number.
"""

from __future__ import annotations

from heroterm.errors import HeroError
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.verbs import Document


def fetch(desk: OnDesk, ticket_id: int) -> None:
    """Ask for one ticket, and say what becomes of it; offline only say that it cannot be had."""
    number, offline = f"#{ticket_id}", desk.reading.state.offline_since
    if offline is not None:
        since = offline.astimezone().strftime("%H:%M")
        words = f"{number} is not in the mirror, and Zendesk is out of reach since {since}."
        desk.tell(f"{words} Ask again once the top line says ONLINE.", severity="warning")
        return
    front = desk.opened

    def came(_: Document) -> None:
        desk.reading.forget()
        busy = desk.composer.writing is not None or not desk.in_front or desk.opened is not front
        if busy:
            desk.tell(f"{number} is here now: {desk.key('desk.goto')} opens it.")
        elif desk.open_ticket(ticket_id):
            desk.tell(f"{number} was fetched from Zendesk just now.")
        elif not desk.failed:
            desk.tell(f"{number} came, but the mirror does not hold it.", severity="error")

    def failed(error: HeroError) -> None:
        desk.tell(error.say, severity="warning")

    desk.tell(f"{number} is not in the mirror: it is being fetched from Zendesk.")
    desk.verbs.run(["show", str(ticket_id)], came, failed)
