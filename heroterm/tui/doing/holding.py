"""`P` in the outbox: hold everything that would leave soon; when all of it is held, let it go.

What has a moment of its own keeps it, practice sends wait each for their own key, and what is on
its way or needs a decision is beyond it: what stays as it was is said, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from heroterm.domain.outbox import HELD, NEEDS_YOU, QUEUED, Intent
from heroterm.journal.database import Journal
from heroterm.sync.orders import Push
from heroterm.tui import intent_words
from heroterm.tui.doing import sending
from heroterm.tui.on_desk import OnDesk

_NOTHING = "Nothing is held and nothing waits to be sent."


def turn(desk: OnDesk) -> None:
    """Hold all, or release what is held; say what was done with each kind."""

    def told(done: Sequence[Intent | None]) -> None:
        desk.refresh_desk()
        desk.refresh_outbox()
        desk.order(Push())
        count = sum(intent is not None for intent in done)
        late = f"{len(done) - count} may have left already" if count < len(done) else ""
        rest = _rest(desk, [intent.id for intent in moved])
        said = [f"{count} {words}", *filter(None, (late, rest))]
        desk.tell(f"{'; '.join(said)}.")

    intents = desk.reading.intents()
    soon = [i for i in intents if _leaves_soon(desk, i)]
    held = [i for i in intents if intent_words.by_hand(i) and not _practice(desk, i)]
    if soon:
        keys = f"{desk.key('outbox.send')} or {desk.key('outbox.hold_all')}"
        moved, words = soon, f"held until {keys} is pressed"
        desk.pen.write(lambda j: [j.outbox.hold(i.id) for i in soon], told)
    elif held:
        moved, words = held, "released"
        desk.pen.write(lambda j: [_release(j, i.id) for i in held], told)
    else:
        rest = _rest(desk, [])
        desk.tell(f"Nothing to hold or to release: {rest}." if rest else _NOTHING)


def _release(journal: Journal, intent_id: str) -> Intent | None:
    return next(iter(journal.outbox.release(intent_id)), None)


def _practice(desk: OnDesk, intent: Intent) -> bool:
    """Whether it is one of the first sends, which nothing but their own key lets go."""
    words = intent.comment is not None
    return words and intent_words.by_hand(intent) and bool(sending.practice(desk))


def _leaves_soon(desk: OnDesk, intent: Intent) -> bool:
    if intent.state == QUEUED:
        return True
    return intent.state == HELD and not (intent_words.by_hand(intent) or _later(desk, intent))


def _later(desk: OnDesk, intent: Intent) -> bool:
    return intent_words.is_later(intent, desk.parts.settings.hold_seconds)


def _rest(desk: OnDesk, moved: Sequence[str]) -> str:
    """What of the outbox stays as it was, in words; "" where nothing does."""
    others = [intent for intent in desk.reading.intents() if intent.id not in moved]
    practice = sum(_practice(desk, intent) for intent in others)
    later = sum(_later(desk, intent) for intent in others)
    decide = sum(intent.state == NEEDS_YOU for intent in others)
    gone = sum(intent.state not in (HELD, QUEUED, NEEDS_YOU) for intent in others)
    held = sum(intent_words.by_hand(intent) for intent in others) - practice
    send = desk.key("outbox.send")
    counted = (
        (later, "sent later, at the moment that was chosen"),
        (practice, f"for practice, each sent by its own {send}"),
        (held, "held before"),
        (decide, "waiting for your decision"),
        (gone, "on the way to Zendesk"),
    )
    return ", ".join(f"{count} {words}" for count, words in counted if count)
