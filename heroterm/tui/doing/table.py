"""Which function does what each command says. Every id of the table of commands is here."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.domain.view import ORDERS
from heroterm.tui.doing import (
    answering,
    canned,
    changed,
    copying,
    drafts,
    events,
    files,
    finding,
    gating,
    helping,
    layout,
    leaving,
    looking,
    macros,
    marking,
    navigating,
    opening,
    outbox,
    palette,
    reviewing,
    switching,
    undoing,
    waiting,
    weeks,
    writing,
)
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.composer import NOTE, PUBLIC

Deed = Callable[[OnDesk], None]


def _list(name: str) -> Deed:
    """A deed for whichever list pane has the focus."""

    def deed(desk: OnDesk) -> None:
        pane = desk.playbook if desk.playbook.has_focus else desk.replies
        {
            "down": lambda: pane.move(1),
            "up": lambda: pane.move(-1),
            "choose": pane.choose,
            "tick": desk.playbook.tick,
            "leave": desk.playbook.leave,
        }[name]()

    return deed


DEEDS: dict[str, Deed] = {
    "desk.next": navigating.go_next,
    "desk.skip": navigating.skip,
    "desk.undo": undoing.undo,
    "desk.undo_list": undoing.show,
    "desk.filter": finding.slash,
    "desk.goto": navigating.goto,
    "desk.palette": palette.show,
    "desk.help": helping.show,
    "desk.sync": navigating.sync_now,
    "desk.back": finding.back,
    "desk.close": finding.back,
    "desk.previous": navigating.go_previous,
    "pane.queue": navigating.pane("queue"),
    "pane.ticket": navigating.pane("thread"),
    "pane.side": navigating.pane("side"),
    "pane.replies": navigating.pane("replies"),
    "pane.playbook": navigating.pane("playbook"),
    "pane.outbox": outbox.show,
    "app.quit": leaving.quit_,
    "ticket.reply": answering.reply,
    "ticket.note": answering.note,
    "ticket.canned": canned.choose,
    "ticket.status": answering.status,
    "ticket.elsewhere": answering.elsewhere,
    "ticket.why": looking.why,
    "ticket.tier1": marking.tier1,
    "ticket.wait": waiting.wait,
    "ticket.playbook": navigating.pane("playbook"),
    "queue.down": lambda desk: desk.queue.move(1),
    "queue.up": lambda desk: desk.queue.move(-1),
    "queue.open": navigating.open_row,
    "queue.last": lambda desk: desk.queue.move_to(desk.queue.count - 1, -1),
    "queue.first": lambda desk: desk.queue.move_to(0),
    "queue.half_down": navigating.half_page(1),
    "queue.half_up": navigating.half_page(-1),
    "queue.mark": lambda desk: desk.queue.mark(),
    "queue.mark_all": lambda desk: desk.queue.mark_all(),
    "queue.mine": navigating.mine,
    "thread.down": lambda desk: desk.thread.scroll_relative(y=1, animate=False),
    "thread.up": lambda desk: desk.thread.scroll_relative(y=-1, animate=False),
    "thread.next": lambda desk: desk.thread.step(1),
    "thread.previous": lambda desk: desk.thread.step(-1),
    "thread.next_public": lambda desk: desk.thread.step(1, public=True),
    "thread.previous_public": lambda desk: desk.thread.step(-1, public=True),
    "thread.page_down": lambda desk: desk.thread.scroll_page_down(animate=False),
    "thread.page_up": lambda desk: desk.thread.scroll_relative(
        y=-max(1, desk.thread.size.height // 2), animate=False
    ),
    "thread.newest": lambda desk: desk.thread.go(1 << 30),
    "thread.oldest": lambda desk: desk.thread.go(0),
    "thread.unfold": lambda desk: desk.thread.fold(False),
    "thread.fold": lambda desk: desk.thread.fold(True),
    "thread.events": events.turn,
    "thread.files": files.show,
    "thread.seen": changed.acknowledge,
    "thread.identity": looking.identity,
    "thread.next_ticket": navigating.neighbour(1),
    "thread.previous_ticket": navigating.neighbour(-1),
    "gate.once": gating.once,
    "gate.always": gating.always,
    "gate.stay": gating.stay,
    "find.next": lambda desk: desk.thread.next_hit(1),
    "find.previous": lambda desk: desk.thread.next_hit(-1),
    "find.close": finding.end,
    **{f"list.{name}": _list(name) for name in ("down", "up", "choose", "tick", "leave")},
    "composer.review": reviewing.review,
    "composer.stop": reviewing.next_blank,
    "composer.stop_back": lambda desk: desk.composer.previous_blank(),
    "composer.editor": reviewing.editor,
    "review.queue": reviewing.queue_it,
    "review.pending": reviewing.choose_status("pending"),
    "review.open": reviewing.choose_status("open"),
    "review.hold": reviewing.choose_status("hold"),
    "review.solved": reviewing.choose_status("solved"),
    "review.unchanged": reviewing.choose_status(None),
    "review.edit": reviewing.edit,
    "review.leave": writing.stop,
    "review.editor": reviewing.editor,
    "review.canned": canned.choose,
    "review.problem": reviewing.problem,
    "review.then_next": reviewing.then_next,
    "review.to_note": reviewing.convert(NOTE),
    "review.to_reply": reviewing.convert(PUBLIC),
    "review.trash": reviewing.trash,
    "macro.list": macros.choose,
    "go.top": looking.top,
    "go.queue": navigating.pane("queue"),
    "go.waits": waiting.show,
    "go.drafts": drafts.show,
    "go.outbox": outbox.show,
    "go.back": navigating.go_previous,
    "go.search": looking.search,
    "go.stats": weeks.show,
    "go.absent": navigating.take_out,
    "views.own": switching.own,
    "views.next": switching.neighbour(1),
    "views.previous": switching.neighbour(-1),
    **{f"sort.{order}": switching.sort(order) for order in ORDERS},
    "layout.zoom": layout.zoom,
    "layout.side": layout.side,
    "layout.bigger": layout.resize(1),
    "layout.smaller": layout.resize(-1),
    "layout.theme": layout.theme,
    "layout.plain": layout.plain,
    **{id_: copying.copy(id_) for id_ in copying.WHAT},
    **{
        id_: opening.open_(id_)
        for id_ in (
            "open.ticket",
            "open.admin",
            "open.recording",
            "open.location",
            "open.exceptions",
            "open.billing",
            "open.community",
            "open.slack",
            "open.github",
            *(f"open.link{n}" for n in range(1, 10)),
        )
    },
}
"""The deed of each command that the desk runs; the outbox screen runs its own."""
