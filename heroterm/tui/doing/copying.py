"""`y …`: copy a thing, and say what was copied and by which way (features O1, O2)."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

from heroterm.tui import clipboard
from heroterm.tui.mousing import write
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes.message import plain
from heroterm.tui.screens.by_hand import ByHand

_FENCED = re.compile(r"^```[^\n`]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"(?:^(?: {4}|\t)[^\n]*(?:\n|\Z)|^[ \t]*\n(?= {4}|\t))+", re.MULTILINE)
Copied = Callable[[OnDesk, Opened], str | None]
COPIED, SHOWN = "copied", "shown"
_ID = "the organization's id"
_ZENDESKS_ID = "the organization's id in Zendesk (not the product's, which no Admin line names)"


def ticket_url(desk: OnDesk, opened: Opened) -> str:
    """Address of the ticket for people (context: URLs)."""
    return address(desk, opened.ticket.id)


def address(desk: OnDesk, ticket_id: int) -> str:
    """Address of a ticket by its number."""
    return f"{desk.parts.settings.account_url.rstrip('/')}/agent/tickets/{ticket_id}"


def _products_id(opened: Opened) -> str | None:
    """The organization's id in the product, which the look-up bot knows."""
    return opened.footer.organization_id if opened.footer.trusted else None


def _organization_id(opened: Opened) -> str | None:
    if (found := _products_id(opened)) or opened.row.free_mail_organization:
        return found
    return str(opened.organization.id) if opened.organization is not None else None


def _id_words(opened: Opened) -> str:
    return _ID if _products_id(opened) or _organization_id(opened) is None else _ZENDESKS_ID


def _code(desk: OnDesk) -> str | None:
    """The first fenced block of the message under the cursor, else its first indented one."""
    current = desk.thread.current
    if current is None:
        return None
    if (fenced := _FENCED.search(current.body)) is not None:
        return fenced[1].rstrip("\n")
    indented = _INDENTED.search(current.body)
    return textwrap.dedent(indented[0]).strip("\n") if indented is not None else None


def _message(desk: OnDesk) -> str | None:
    return plain(desk.thread.current) if desk.thread.current is not None else None


WHAT: dict[str, tuple[str | Callable[[Opened], str], Copied]] = {
    "copy.url": ("the ticket's URL", ticket_url),
    "copy.number": ("the number", lambda desk, opened: str(opened.ticket.id)),
    "copy.title": ("number and title", lambda desk, o: f"#{o.ticket.id} {o.row.title}"),
    "copy.markdown": (
        "a Markdown link",
        lambda desk, o: f"[#{o.ticket.id} {o.row.title}]({ticket_url(desk, o)})",
    ),
    "copy.email": (
        "the requester's e-mail",
        lambda desk, o: o.requester.email if o.requester else None,
    ),
    "copy.organization": ("the organization's name", lambda desk, o: o.organization_name),
    "copy.organization_id": (_id_words, lambda desk, o: _organization_id(o)),
    "copy.vip": (
        "the VIP look-up line (case-sensitive; or its id: {copy.organization_id})",
        lambda desk, o: o.organization_name and f"@VIP Lookup Bot {o.organization_name}",
    ),
    "copy.message": ("the message", lambda desk, o: _message(desk)),
    "copy.code": ("a code block", lambda desk, o: _code(desk)),
}
"""What each copy command copies: its words, and how to get it (None: there is none)."""


def to_clipboard(desk: OnDesk, text: str, words: str) -> str:
    """Copy text and say what was copied and by which way; where there is none, show it. What came
    of it, in a word.
    """
    desk.noticed.copied = text
    way = desk.parts.copy(text) or _through_terminal(desk, text)
    if way:
        desk.tell(f"Copied {words} {way}.")
        return COPIED
    why = clipboard.obstacle(text, desk.parts.terminal())
    desk.tell(f"Not copied: {why}")
    desk.app.push_screen(ByHand(text, why))
    return SHOWN


def _through_terminal(desk: OnDesk, text: str) -> str:
    """Ask the terminal to copy; the way in words, or "" where it cannot be asked."""
    where = desk.parts.terminal()
    asked = clipboard.sequence(text, where)
    write(desk.app, asked)
    return clipboard.way(where, desk.key("copy.plain")) if asked else ""


def plain_again(desk: OnDesk) -> None:
    """`y p`: what was copied last, as plain text for the terminal's own selection."""
    if desk.noticed.copied:
        desk.app.push_screen(ByHand(desk.noticed.copied, "This was copied last."))
    else:
        desk.tell("Nothing was copied yet.")


def copy(id_: str) -> Callable[[OnDesk], None]:
    """The deed of one copy command."""
    called, get = WHAT[id_]

    def deed(desk: OnDesk) -> None:
        opened = desk.target
        if opened is None:
            return
        words = desk.filled(called if isinstance(called, str) else called(opened))
        text = get(desk, opened)
        if not text:
            desk.tell(f"This ticket has nothing to copy as {words}.", severity="warning")
            return
        to_clipboard(desk, text, words)

    return deed
