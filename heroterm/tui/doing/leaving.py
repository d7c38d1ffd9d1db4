"""Leaving: at once when nothing is held, else with a question whose default keeps everything."""

from __future__ import annotations

from heroterm.domain.outbox import HELD
from heroterm.sync.orders import Push
from heroterm.tui.doing import writing
from heroterm.tui.on_desk import OnDesk

_GRACE_SECONDS = 8.0
_LOOK_SECONDS = 0.25


def quit_(desk: OnDesk) -> None:
    """`Q`: leave. The draft is kept first; held changes are asked about."""
    writing.keep_draft(desk)
    held = [intent for intent in desk.reading.intents() if intent.state == HELD]
    if not held:
        desk.app.exit()
        return
    count = "1 change is held" if len(held) == 1 else f"{len(held)} changes are held"
    desk.ask(
        f"{count}.",
        {"s": "send now, then quit", "k": "keep for the next start, quit", "n": "stay"},
        lambda answer: _answered(desk, answer),
        enter="k",
    )


def _answered(desk: OnDesk, answer: str) -> None:
    if answer == "k":
        hold = [i.id for i in desk.reading.intents() if i.state == HELD]
        desk.pen.write(
            lambda journal: [journal.outbox.hold(id_) for id_ in hold], lambda _: desk.app.exit()
        )
    elif answer == "s":
        desk.pen.write(lambda journal: journal.outbox.release(None), lambda _: _wait(desk, 0.0))


def _wait(desk: OnDesk, waited: float) -> None:
    """Stay until the outbox is empty, at most for a while; what is left waits in the journal."""
    desk.order(Push())
    desk.reading.forget()
    left = [i for i in desk.reading.intents() if i.unfinished]
    if not left or waited >= _GRACE_SECONDS:
        desk.app.exit()
        return
    desk.tell(f"Sending {len(left)} …") if waited == 0 else None
    desk.set_timer(_LOOK_SECONDS, lambda: _wait(desk, waited + _LOOK_SECONDS))
