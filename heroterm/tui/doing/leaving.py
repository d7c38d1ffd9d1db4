"""Leaving: at once when nothing is held, else with a question whose default keeps everything."""

from __future__ import annotations

from heroterm.domain.outbox import HELD, QUEUED, SENDING, VERIFY, Intent
from heroterm.errors import StoreError
from heroterm.sync.orders import Push
from heroterm.tui import intent_words
from heroterm.tui.doing import writing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.ask import Ask

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
    if not _waiting(desk):
        _gone(desk)
        return
    box = Ask(*_asked(desk), enter="k", again=lambda: _asked(desk))
    desk.app.push_screen(box, lambda answer: _answered(desk, answer or "n"))


def _gone(desk: OnDesk) -> None:
    """Leave, and say below the screen what colleagues go on believing."""
    desk.app.exit(message=_claimed(desk))


def _claimed(desk: OnDesk) -> str | None:
    """The tickets that are still claimed: nothing lets an idle claim go while heroterm is away."""
    try:
        claims = desk.reading.journal.week.claims() if desk.reading.journal is not None else []
    except StoreError:
        return None
    if not claims:
        return None
    numbers = ", ".join(f"#{claim.ticket_id}" for claim in claims)
    return f"Still claimed by you: {numbers}. Colleagues keep off until heroterm runs again."


def _waiting(desk: OnDesk) -> list[Intent]:
    return [i for i in desk.reading.intents() if i.state in (HELD, QUEUED, SENDING, VERIFY)]


def _asked(desk: OnDesk) -> tuple[str, dict[str, str]]:
    """What has not left at this moment, and what may be answered; it may leave meanwhile."""
    waiting = _waiting(desk)
    if not waiting:
        return "Everything has been sent.", {"k": "quit", "n": "stay"}
    later = [i for i in waiting if _is_later(desk, i)]
    held = sum(intent.state == HELD for intent in waiting) - len(later)
    under_way = len(waiting) - held - len(later)
    words = [f"{held} held"] if held else []
    if under_way:
        words.append(f"{under_way} waiting to be sent (goes out at the next start)")
    if later:
        first = intent_words.moment(min(i.send_after for i in later), desk.reading.local_now())
        words.append(f"{len(later)} to be sent later, first {first}, if heroterm runs then")
    answers = {"s": "send now, then quit"} if held or under_way else {}
    answers["k"] = "quit; what is held stays held until you release it" if held else "quit"
    return f"Not sent yet: {'; '.join(words)}.", {**answers, "n": "stay"}


def _is_later(desk: OnDesk, intent: Intent) -> bool:
    return intent_words.is_later(intent, desk.parts.settings.hold_seconds)


def _soon(desk: OnDesk) -> list[str]:
    """What is held and has no moment of its own: that one it keeps, whatever is answered."""
    every = desk.reading.intents()
    return [i.id for i in every if i.state == HELD and not _is_later(desk, i)]


def _answered(desk: OnDesk, answer: str) -> None:
    soon = _soon(desk)
    if answer == "k":
        desk.pen.write(
            lambda journal: [journal.outbox.hold(id_) for id_ in soon],
            lambda _: _gone(desk),
        )
    elif answer == "s":
        desk.pen.write(
            lambda journal: [journal.outbox.release(id_) for id_ in soon],
            lambda _: _wait(desk, 0.0),
        )


def _wait(desk: OnDesk, waited: float) -> None:
    """Stay until the outbox is empty, at most for a while; what is left waits in the journal."""
    desk.order(Push())
    desk.reading.forget()
    left = [i for i in desk.reading.intents() if i.unfinished and not _is_later(desk, i)]
    if not left or waited >= _GRACE_SECONDS:
        _gone(desk)
        return
    desk.tell(f"Sending {len(left)} …") if waited == 0 else None
    desk.set_timer(_LOOK_SECONDS, lambda: _wait(desk, waited + _LOOK_SECONDS))
