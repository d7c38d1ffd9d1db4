"""Marks that Zendesk cannot know: asked for by Customer Success in Slack."""

from __future__ import annotations

from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick

_WITHOUT = "-"


def tier1(desk: OnDesk) -> None:
    """`*`: mark as tagged by Customer Success, with the link of the Slack thread; or unmark."""
    opened = desk.target
    if opened is None:
        return
    ticket_id = opened.ticket.id
    if ticket_id in desk.reading.overlay.tier1:
        _mark(desk, ticket_id, on=False)
        return

    def asked(link: str | None) -> None:
        if link is not None:
            _mark(desk, ticket_id, on=True, link="" if link == _WITHOUT else link)

    question = f"#{ticket_id}: paste the link of the Slack thread in which they ask"
    desk.app.push_screen(
        Pick(question, [Choice(_WITHOUT, "mark it without a link")], free=True), asked
    )


def _mark(desk: OnDesk, ticket_id: int, *, on: bool, link: str = "") -> None:
    def marked(_: object) -> None:
        desk.refresh_desk()
        desk.tell(f"#{ticket_id} is {'now' if on else 'no longer'} marked as tier 1.")

    desk.pen.write(lambda journal: journal.marks.set_tier1(ticket_id, on, link), marked)
