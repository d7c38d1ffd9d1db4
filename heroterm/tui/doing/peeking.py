"""Looking into another ticket beside the open one, which stays where it is."""

from __future__ import annotations

from textual.content import Content

from heroterm.domain.admin_line import Footer
from heroterm.errors import StoreError
from heroterm.tui.doing import gating
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened, read
from heroterm.tui.panes import message
from heroterm.tui.screens.peek import Peek
from heroterm.tui.text import parts

_LAST = 8
"""Messages that are shown: the newest."""


def show(desk: OnDesk, ticket_id: int) -> bool:
    """The ticket's last messages in a box beside the open one; False when it cannot be read."""
    try:
        other = read(desk.reading, ticket_id)
    except StoreError:
        return False
    if other is None:
        return False
    shown = other

    def answered(opens: bool | None) -> None:
        if opens:
            desk.open_ticket(ticket_id)

    # A title may be the first line of what the customer wrote.
    called = "[CW]" if gating.gate_of(desk, other) is not None else other.row.title
    title = f"#{ticket_id}  {other.row.status}, T{other.row.tier}  {called}"
    box = Peek(title, lambda width: _lines(desk, shown, width))
    box.set_class(desk.has_class("-medium"), "-left")  # there the open ticket is on the right
    desk.app.push_screen(box, answered)
    return True


def _lines(desk: OnDesk, other: Opened, width: int) -> list[Content]:
    """Newest last, as in a thread; nothing of what lies behind a content warning."""
    if gating.gate_of(desk, other) is not None:
        words = "CONTENT WARNING: its words stay closed here; Enter opens the ticket, which asks."
        return parts((words, "$sla-breached bold")).wrap(width)
    first = max(0, len(other.comments) - _LAST)
    made: list[Content] = []
    if first:
        made += [parts((f"  … {first} older; Enter opens the ticket", "$sla-soon")), Content("")]
    for n, comment in list(enumerate(other.comments))[first:]:
        said = message.Said(
            keymap=desk.parts.keymap,
            comment=comment,
            author=other.author(comment),
            now=desk.reading.now(),
            footer=other.footer if n == 0 else Footer(),
            doubt=other.doubt(comment),
        )
        made += message.lines(said, width)
    if not other.complete or other.lacking:
        made.append(parts(("  not all of its messages have been fetched yet", "$sla-soon italic")))
    return made
