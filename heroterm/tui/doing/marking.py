"""Marks that Zendesk cannot know: asked for by Customer Success in Slack."""

from __future__ import annotations

import re

from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick

_WITHOUT = "-"
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def tier1(desk: OnDesk) -> None:
    """`*`: mark as tagged by Customer Success, with the link of the Slack thread; or unmark."""
    opened = desk.target
    if opened is None:
        return
    ticket_id = opened.ticket.id
    if ticket_id in desk.reading.overlay.tier1:
        _mark(desk, ticket_id, on=False)
        return

    _ask(desk, ticket_id)


def _ask(desk: OnDesk, ticket_id: int, begin: str = "") -> None:
    """The box, with what was typed before where that was no link."""

    def asked(link: str | None) -> None:
        if link is None:
            return
        if link != _WITHOUT and not _LINK.fullmatch(link):
            desk.tell(
                f"“{link[:40]}” is no link, and #{ticket_id} is not marked yet: paste one that "
                "begins with https://, or empty the line to mark it without.",
                severity="warning",
            )
            _ask(desk, ticket_id, link)
        else:
            _mark(desk, ticket_id, on=True, link="" if link == _WITHOUT else link)

    question = f"#{ticket_id}: paste the link of the Slack thread in which they ask"
    choices = [Choice(_WITHOUT, "mark it without a link")]
    desk.app.push_screen(Pick(question, choices, free=True, begin=begin), asked)


def _mark(desk: OnDesk, ticket_id: int, *, on: bool, link: str = "") -> None:
    def marked(_: object) -> None:
        desk.refresh_desk()
        desk.tell(f"#{ticket_id} is {'now' if on else 'no longer'} marked as tier 1.")

    desk.pen.write(lambda journal: journal.marks.set_tier1(ticket_id, on, link), marked)
