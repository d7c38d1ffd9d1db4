"""`o …`: open a thing in the browser. Only addresses that passed the judge; never a guess.

Admin, recording and billing come from the trusted footer alone: what a customer typed above the
line is never opened as an Admin page (ticket formats, rule 1).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from heroterm.domain.links import Refusal, openable
from heroterm.domain.text import shown
from heroterm.tui import named
from heroterm.tui.doing import gating
from heroterm.tui.doing.copying import ticket_url, to_clipboard
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened

_NOTED = 60
"""Letters of an address that are shown beside its key; one that is longer says so by its end."""
OPENED, NOT_OPENED = "opened", "not opened"
HANDBOOK = "https://posthog.com/handbook/engineering/support-hero"
_FOOTER = {
    "open.admin": "admin",
    "open.recording": "session",
    "open.location": "location",
    "open.exceptions": "exceptions",
    "open.billing": "billing",
}
_ASKED = tuple(id_ for id_, _, _ in named.ASKED)


def address(desk: OnDesk, opened: Opened, id_: str) -> str | None:
    """The address that a command would open for a ticket, or None."""
    if id_ == "open.ticket":
        return ticket_url(desk, opened)
    if gating.behind(desk, id_):
        return None
    if id_ in _FOOTER:
        found: str | None = getattr(opened.footer, _FOOTER[id_])
        return found if opened.footer.trusted else None
    if id_ in _ASKED:
        return named.address(opened, id_)
    number = int(id_.removeprefix("open.link"))
    current = desk.thread.current
    links = opened.links(current) if current is not None else []
    return links[number - 1].url if number <= len(links) else None


def asked_at(desk: OnDesk, opened: Opened) -> str | None:
    """Where the customer asked, when that was not in Zendesk: the question, thread or issue."""
    places = {"community": "open.community", "slack": "open.slack", "github": "open.github"}
    id_ = places.get(opened.row.source)
    return address(desk, opened, id_) if id_ is not None else None


def notes(desk: OnDesk, opened: Opened | None) -> dict[str, str]:
    """What stands beside each command of the box: the address, or that there is none."""
    if opened is None:
        return {}
    ids = ["open.ticket", *_FOOTER, *_ASKED, *(f"open.link{n}" for n in range(1, 10))]
    found = {id_: address(desk, opened, id_) for id_ in ids}
    return {id_: shown(url or "", single_line=True, limit=_NOTED) for id_, url in found.items()}


def open_(id_: str) -> Callable[[OnDesk], None]:
    """The deed of one open command."""

    def deed(desk: OnDesk) -> None:
        opened = desk.target
        if opened is None:
            return
        url = address(desk, opened, id_)
        if url is None:
            desk.tell("This ticket has no such link.", severity="warning")
            return
        browse(desk, url)

    return deed


def merge(desk: OnDesk) -> None:
    """`o m`: merging is done in Zendesk, which asks into which ticket; drafts follow it here."""
    opened = desk.target
    if opened is not None and browse(desk, ticket_url(desk, opened)) == OPENED:
        desk.tell(f"Merge #{opened.ticket.id} in Zendesk, by its menu; your drafts go along.")


def handbook(desk: OnDesk) -> None:
    """`o h`: the handbook's page, at the heading of the playbook that is shown."""
    played = desk.playbook.played
    chosen = played.run.playbook if played is not None else desk.playbook.playbook
    section = chosen.section if chosen is not None else ""
    # As the page makes its anchors: a slash or a question mark leaves nothing behind.
    heading = re.sub(r"[^a-z0-9 -]", "", section.lower()).strip().replace(" ", "-")
    browse(desk, f"{HANDBOOK}#{heading}" if heading else HANDBOOK)


def browse(desk: OnDesk, url: str) -> str:
    """Open an address that the judge lets pass; where no browser can start, copy or show it.

    What came of it, in a word or two, as a playbook's trail tells it.
    """
    own = urlsplit(desk.parts.settings.account_url).hostname or ""
    verdict = openable(url, own_hosts=(own,) if own else ())
    if isinstance(verdict, Refusal):
        desk.tell(f"Not opened: {verdict.say}", severity="warning")
        return NOT_OPENED
    if desk.parts.browse(verdict):
        demo = desk.parts.settings.demo
        desk.tell(f"{'Practice opens nothing:' if demo else 'Opened'} {verdict[:120]}")
        return NOT_OPENED if demo else OPENED
    return to_clipboard(desk, verdict, "the address (no browser can be started here)")
