"""Leaving: at once when nothing is held, else with a question whose default keeps everything."""

from __future__ import annotations

from heroterm.domain.outbox import HELD, QUEUED, SENDING, VERIFY
from heroterm.sync.orders import Push
from heroterm.tui.doing import writing
from heroterm.tui.on_desk import OnDesk

_GRACE_SECONDS = 8.0
_LOOK_SECONDS = 0.25


def quit_(desk: OnDesk) -> None:
    """`Q`: leave. The draft is kept first; changes that have not left are asked about."""
    if not writing.keep_now(desk):
        desk.ask(
            "The draft could not be kept.",
            {"q": "quit and lose it", "n": "stay: the text is still on the screen"},
            lambda answer: _leave(desk) if answer == "q" else None,
        )
        return
    _leave(desk)


def _leave(desk: OnDesk) -> None:
    waiting = [i for i in desk.reading.intents() if i.state in (HELD, QUEUED, SENDING, VERIFY)]
    if not waiting:
        desk.app.exit()
        return
    held = sum(intent.state == HELD for intent in waiting)
    words = [f"{held} held"] if held else []
    if len(waiting) > held:
        words.append(f"{len(waiting) - held} waiting to be sent (goes out at the next start)")
    answers = {"s": "send now, then quit"}
    answers["k"] = "quit; what is held stays held until you release it" if held else "quit"
    desk.ask(
        "Not sent yet: " + ", ".join(words) + ".",
        {**answers, "n": "stay"},
        lambda answer: _answered(desk, answer),
        enter="k",
    )


def _answered(desk: OnDesk, answer: str) -> None:
    if answer == "k":
        hold = [i.id for i in desk.reading.intents() if i.state == HELD]
        desk.pen.write(
            lambda journal: [journal.outbox.hold(id_) for id_ in hold],
            lambda _: desk.app.exit(),
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
