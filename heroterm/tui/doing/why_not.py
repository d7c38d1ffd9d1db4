"""Why a command cannot run now: asked before it runs, and by lists that show it dimmed."""

from __future__ import annotations

from heroterm.tui.doing import forgetting, gating, visiting
from heroterm.tui.doing.aiming import nothing_under, too_many
from heroterm.tui.on_desk import OnDesk

NEEDS_TICKET = ("ticket.", "copy.", "open.", "macro.", "assign.", "desk.skip")
"""Beginnings of ids that make no sense without a ticket."""
FOR_MANY = (
    *("ticket.status", "ticket.tags", "ticket.priority", "ticket.canned"),
    *("assign.me", "assign.person", "assign.group", "assign.nobody"),
    *("assign.type", "assign.field", "macro.list"),
)
"""Those that act on all marked tickets; the others are for one."""


def why_not(id_: str, desk: OnDesk) -> str | None:
    """Why a command cannot run now, as a sentence; None when it can. Cheap: asked often."""
    if id_.startswith(NEEDS_TICKET) and desk.opened is None and desk.queue.cursor_id is None:
        return "No ticket is open and none is under the cursor."
    if id_.startswith(NEEDS_TICKET) and (none := nothing_under(desk)):
        return none
    if id_.startswith(NEEDS_TICKET) and desk.focused is desk.queue and desk.queue.left is not None:
        return (
            f"#{desk.queue.left} left this queue; {desk.key('queue.down')} "
            f"or {desk.key('queue.up')} chooses "
            "another ticket first."
        )
    if id_.startswith(NEEDS_TICKET) and id_ not in FOR_MANY and (many := too_many(desk)):
        return many
    if gating.behind(desk, id_):
        return desk.filled(gating.CLOSED)
    acts = id_.startswith(("ticket.", "macro.", "assign.")) and id_ != "ticket.canned"
    if acts and desk.composer.writing is not None:
        return (
            f"Finish what you are writing first: {desk.key('composer.review')} "
            "leaves it, the draft stays."
        )
    if id_.startswith("review.") and desk.composer.queuing:
        return "It is being kept at this moment; wait until that is done."
    if id_ == "go.absent" and desk.absent is None:
        return "Zendesk shows every ticket of the queue."
    if id_ == "views.keep" and not (desk.queue.narrowed or visiting.unlisted(desk)):
        return (
            f"Nothing narrows this queue: {desk.key('desk.filter')} filters it, then "
            f"{desk.key('views.keep')} keeps the filter."
        )
    if id_ == "views.forget":
        return forgetting.why_not(desk)
    if id_ == "desk.previous" and len(desk.history) < 2:
        return "No other ticket has been open yet."
    return None
