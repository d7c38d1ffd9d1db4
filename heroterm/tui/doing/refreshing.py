"""Reading again whatever is shown: after a report, after a write, and once a minute."""

from __future__ import annotations

from heroterm.errors import StoreError
from heroterm.tui.doing import (
    boxes,
    briefing,
    claiming,
    counting,
    large,
    merging,
    noticing,
    presenting,
    reviewing,
    saying,
    showing,
    waiting,
)
from heroterm.tui.on_desk import OnDesk


def whole(desk: OnDesk, *, unasked: bool) -> None:
    """Read queue and ticket again; the cursor stays on its ticket.

    `unasked`: the carrier brought something. While the hero is in the middle of a key, a filter
    or a box no row may move then.
    """
    desk.reading.forget()
    waiting.wake(desk)
    mid_key = desk.which.prefix is not None or desk.focused is desk.filter_field
    if unasked and (mid_key or not desk.in_front):
        desk.queue.hold_back()
    else:
        desk.queue.follow_groups()
        desk.queue.reload()
    if desk.opened is not None:
        presenting.show(desk, desk.opened.ticket.id)
    reviewing.follow(desk)
    noticing.look_at_tier1(desk)
    saying.status_lines(desk)
    briefing.follow(desk)
    merging.follow(desk)
    large.look(desk)


def minute(desk: OnDesk) -> None:
    """Countdowns and ages a minute later; waits that are over by now. While another program keeps a
    file locked that is said, and the next minute tries again.
    """
    try:
        _minute(desk)
    except StoreError as error:
        desk.tell(str(error), severity="warning")


def _minute(desk: OnDesk) -> None:
    desk.reading.tick()
    waiting.wake(desk)
    briefing.morning(desk)
    claiming.let_idle_go(desk)
    counting.keep(desk)
    desk.queue.redraw()
    showing.ages(desk)
    large.look(desk)
    boxes.refresh(desk)
    saying.status_lines(desk)
