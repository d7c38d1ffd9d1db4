"""Warnings of targets that will be missed: one by one as they come, many at once as one sentence.

At the start of a shift there may be dozens; of dozens of sentences the line of news showed the
last, which is the least urgent.
"""

from __future__ import annotations

from heroterm.sync.report import Alert
from heroterm.tui.on_desk import OnDesk

_GATHER_SECONDS = 0.1
_LAST_HOUR = 1


def warn(desk: OnDesk, told: Alert) -> None:
    """Say it in a moment, together with what else comes until then."""
    near = desk.noticed.near
    near.append(told)
    if len(near) == 1:
        desk.set_timer(_GATHER_SECONDS, lambda: _say(desk))


def _say(desk: OnDesk) -> None:
    near, desk.noticed.near = desk.noticed.near, []
    first = min(near, key=lambda told: told.hours)
    say = f"#{first.ticket_id}: {first.say} until its target is missed."
    tickets = len({told.ticket_id for told in near})
    if tickets > 1:
        listed = desk.key("go.notifications")
        say = f"{tickets} near their target, first #{first.ticket_id}: {first.say} ({listed})."
    # Only the last hour is worth a box over the ticket.
    desk.tell(say, severity="warning" if first.hours <= _LAST_HOUR else "information")
