"""New tier 1, breach warnings, woken waits, names: the bell, a notice on the desktop, and `g n`.

Words of the ticket stay out of it unless the configuration asks for them: a notice stands on
other people's screens, too.
"""

from __future__ import annotations

from dataclasses import replace

from heroterm.errors import StoreError
from heroterm.tui.mousing import write
from heroterm.tui.noticed import OFF, Notice, in_short, ringing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick

_GATHER_SECONDS = 0.5
_LOOKED = 100
"""Rows from the top that are looked at: tier 1 stands there."""


def notice(desk: OnDesk, ticket_id: int, say: str) -> None:
    """Call the hero: listed always, rung outside of quiet hours, many at once rung once."""
    settings, noticed = desk.parts.settings, desk.noticed
    quiet = desk.book.targets.warnings.is_quiet(desk.reading.now())
    rings = settings.notify != OFF and not quiet
    noticed.notices.append(Notice(desk.reading.local_now(), ticket_id, say, rings))
    if not rings:
        return
    noticed.waiting.append(_words(desk, ticket_id, say))
    if len(noticed.waiting) == 1:
        desk.set_timer(_GATHER_SECONDS, lambda: _ring(desk))


def _words(desk: OnDesk, ticket_id: int, say: str) -> str:
    words = f"#{ticket_id}: {say}"
    if not desk.parts.settings.notify_words:
        return words
    row = desk.reading.row(ticket_id)
    return f"{words} - {row.title}" if row is not None and not row.content_warning else words


def _ring(desk: OnDesk) -> None:
    says, desk.noticed.waiting = desk.noticed.waiting, []
    if says:
        where = desk.parts.terminal()
        write(desk.app, ringing(in_short(says), desk.parts.settings.notify, where))


def look_at_tier1(desk: OnDesk) -> None:
    """Say which tickets of tier 1 are new in the desk's own queue since the last look, whatever
    queue, order or filter is in sight meanwhile.
    """
    own = desk.queues[0] if desk.queues else desk.queue.choice
    view = replace(own.view(desk.reading.state.group_ids), sections=(0,))
    try:
        rows = desk.reading.queue(view, 0, _LOOKED)
    except StoreError:
        return
    now = frozenset(row.id for row in rows if row.tier == 1)
    before, desk.noticed.tier1 = desk.noticed.tier1, now
    for ticket_id in sorted(now - before) if before is not None else ():
        notice(desk, ticket_id, "new in tier 1")


def show(desk: OnDesk) -> None:
    """`g n`: what the hero was called for, the newest first; Enter opens the ticket."""
    choices = []
    for n, each in enumerate(reversed(desk.noticed.notices)):
        at = each.at.astimezone().strftime("%a %H:%M")
        hint = "" if each.rang else "quiet"
        choices.append(
            Choice(f"{n} {each.ticket_id}", f"{at}  #{each.ticket_id}  {each.say}", hint)
        )
    how = desk.parts.settings.notify
    if not choices:
        desk.tell(f"Nothing was rung since this desk stands (notify: {how}).")
        return

    def chosen(key: str | None) -> None:
        if key is not None:
            desk.open_ticket(int(key.split(" ")[1]))

    desk.app.push_screen(Pick(f"Notifications (notify: {how})", choices), chosen)
