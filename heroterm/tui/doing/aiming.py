"""What an action is meant for: the marked rows, else the row under the cursor, else the ticket."""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.tui.doing import saying
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened


@dataclass(frozen=True, slots=True)
class Aim:
    """The tickets that an action is meant for. `opened` is set for one that is not marked."""

    ids: tuple[int, ...]
    opened: Opened | None = None

    @property
    def words(self) -> str:
        """`#48213`, or `12 tickets`."""
        return f"#{self.ids[0]}" if len(self.ids) == 1 else f"{len(self.ids)} tickets"


def aim(desk: OnDesk) -> Aim | None:
    """Marked rows count while the queue has the focus; None when there is no ticket at all."""
    if desk.focused is desk.queue and desk.queue.marked:
        return Aim(desk.queue.marked)
    opened = desk.target
    return None if opened is None else Aim((opened.ticket.id,), opened)


def titles(desk: OnDesk) -> None:
    """Name the lists; in a narrow terminal, where no ticket stands beside them, with the one that
    keys act on.
    """
    alone = desk.opened if desk.has_class("-narrow") else None
    whose = f" for #{alone.ticket.id}" if alone is not None else ""
    desk.replies.entitle(desk.replies.numbered("pane.replies", f"Canned replies{whose}"))
    if desk.playbook.played is None:
        desk.playbook.call(f"Playbooks{whose}")


def nothing_under(desk: OnDesk) -> str | None:
    """What is said where the queue has the focus and no ticket: the open one is not meant."""
    if desk.focused is not desk.queue or desk.queue.cursor_id is not None or desk.opened is None:
        return None
    return _none_under(desk, desk.opened.ticket.id)


def _none_under(desk: OnDesk, open_id: int) -> str:
    return (
        f"No ticket is under the cursor: {desk.key('pane.ticket')} goes to #{open_id}, which is "
        "open."
    )


def out_of_list(desk: OnDesk) -> str:
    """What the titles say of the open ticket while the queue has no row for the cursor; "" mostly.
    A queue that cannot be read, or a ticket that has just left it, is told of there.
    """
    queue = desk.queue
    if queue.cursor_id is not None or queue.left is not None or queue.failed is not None:
        return ""
    return "not in the filtered list" if queue.view.text else "not in this queue"


def under_cursor(desk: OnDesk) -> None:
    """A refusal for want of a ticket under the cursor is true no more once there is one."""
    if desk.opened is not None and desk.queue.cursor_id is not None:
        saying.true_no_more(desk, _none_under(desk, desk.opened.ticket.id))


def too_many(desk: OnDesk) -> str | None:
    """What is said where an action for one ticket is asked while several are marked."""
    marked = len(desk.queue.marked)
    if desk.focused is desk.queue and marked > 1:
        return (
            f"{marked} are marked, and this is for one ticket: "
            f"{desk.key('queue.mark_all')} unmarks them; "
            f"{desk.key('ticket.canned')} answers all."
        )
    return None
