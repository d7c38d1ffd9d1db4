"""`g f`: feature requests by organization, copied as one list for Customer Success."""

from __future__ import annotations

from datetime import timedelta

from heroterm.domain.playbook_offer import ticket_url
from heroterm.domain.tally import Request, markdown
from heroterm.sync.tallied import requests
from heroterm.tui.doing.copying import to_clipboard
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick

_DAYS = 30


def show(desk: OnDesk) -> None:
    """List what was asked for in the last thirty days; Enter copies what paying customers want."""
    mirror, journal = desk.reading.mirror, desk.reading.journal
    if mirror is None or journal is None:
        desk.tell(str(desk.reading.trouble or desk.reading.journal_trouble), severity="error")
        return
    found = requests(mirror, journal, desk.reading.now() - timedelta(days=_DAYS))
    if not found:
        desk.tell(
            f"No feature request was filed in {_DAYS} days: {desk.key('ticket.report')} files one."
        )
        return
    paying = [one for one in found if one.paying]
    choices = [Choice(f"{one.organization} {one.issue}", _words(one), one.issue) for one in found]

    def chosen(key: str | None) -> None:
        if key is None:
            return
        base = ticket_url(desk.parts.settings.account_url, 0)[:-1]
        if paying:
            text = "\n".join(markdown(paying, base))
            to_clipboard(desk, text, f"{len(paying)} requests for Customer Success")
        else:
            desk.tell("None of these organizations pays: nothing to tell Customer Success.")

    title = f"Feature requests: enter copies the {len(paying)} of paying customers"
    desk.app.push_screen(Pick(title, choices), chosen)


def _words(one: Request) -> str:
    plan = one.plan or ("paying" if one.paying else "free")
    told = "  told" if one.told else ""
    return f"{one.count}x {one.organization} ({plan}){told}"
