"""`6`: the outbox, where each waiting change says in words where it stands and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.domain.outbox import NEEDS_YOU, QUEUED, STATE_WORDS, VERIFY, Intent
from heroterm.journal.database import Journal
from heroterm.sync.orders import Push
from heroterm.tui.doing import answering
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.outbox import Chosen, OutboxScreen


def show(desk: OnDesk) -> None:
    """Open the outbox over the desk."""
    journal = desk.reading.journal
    if journal is None:
        desk.tell(str(desk.reading.journal_trouble), severity="error")
        return

    def listed() -> list[Intent]:
        return journal.outbox.list(all=True)

    def answered(chosen: Chosen | None) -> None:
        if chosen is not None:
            _do(desk, chosen)

    desk.app.push_screen(OutboxScreen(listed, desk.reading.local_now), answered)


def _do(desk: OnDesk, chosen: Chosen) -> None:
    intent = chosen.intent
    if chosen.deed == "show":
        desk.open_ticket(intent.ticket_id)
        return
    if chosen.deed == "edit":
        desk.pen.write(
            lambda j: j.outbox.recall(intent.id),
            lambda back: answering.recalled(desk, intent, back),
        )
        return
    if chosen.deed == "send" and intent.state == NEEDS_YOU:
        _ask_to_send_anyway(desk, intent)
        return
    deed, words = _DEEDS[chosen.deed]
    desk.pen.write(lambda j: deed(j, intent.id), lambda now: _said(desk, intent, now, words))


def _ask_to_send_anyway(desk: OnDesk, intent: Intent) -> None:
    """Send what was stopped, with open eyes: only after reading why, and a yes."""

    def answered(answer: str) -> None:
        if answer == "y":
            desk.pen.write(
                lambda j: j.outbox.again(intent.id, overrides=("collision",)),
                lambda now: _said(desk, intent, now, "goes out all the same."),
            )

    desk.ask(intent.why, {"y": "send it all the same", "n": "leave it stopped"}, answered)


def _send(journal: Journal, intent_id: str) -> Intent | None:
    """Let it go now, whether it was held or waits for a decision."""
    before = journal.outbox.get(intent_id)
    if before is not None and before.state in (NEEDS_YOU, VERIFY):
        return journal.outbox.again(intent_id)
    journal.outbox.release(intent_id)
    after = journal.outbox.get(intent_id)
    return after if after is not None and after.state == QUEUED else None


_DEEDS: dict[str, tuple[Callable[[Journal, str], Intent | None], str]] = {
    "send": (_send, "goes out now."),
    "again": (_send, "is asked about and tried again."),
    "hold": (lambda journal, id_: journal.outbox.hold(id_), "is held until you release it (!)."),
    "discard": (
        lambda journal, id_: journal.outbox.discard(id_),
        "is discarded; its words are kept.",
    ),
}
"""What each key does to an intent (None: too late), and what is said when it was done."""


def _said(desk: OnDesk, intent: Intent, now: Intent | None, words: str) -> None:
    desk.refresh_desk()
    desk.order(Push())
    if now is None:
        newest = desk.reading.journal.outbox.get(intent.id) if desk.reading.journal else None
        state = STATE_WORDS[newest.state] if newest is not None else "gone"
        desk.tell(f"Nothing done: #{intent.ticket_id} is {state}.", severity="warning")
    else:
        desk.tell(f"#{intent.ticket_id} {words}")
    show(desk)
