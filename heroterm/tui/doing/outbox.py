"""`6`: the outbox, where each waiting change says in words where it stands and what can be done."""

from __future__ import annotations

from heroterm.domain.outbox import Intent
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
    elif chosen.deed == "edit":
        desk.pen.write(
            lambda j: j.outbox.recall(intent.id),
            lambda back: answering.recalled(desk, intent, back),
        )
    elif chosen.deed == "hold":
        desk.pen.write(
            lambda j: j.outbox.hold(intent.id), lambda _: _again(desk, "Held until you release it.")
        )
    elif chosen.deed == "discard":
        desk.pen.write(
            lambda j: j.outbox.discard(intent.id),
            lambda _: _again(
                desk, f"Discarded; the words are among the drafts of #{intent.ticket_id}."
            ),
        )
    else:
        desk.pen.write(lambda j: j.outbox.release(intent.id), lambda _: _released(desk, intent))


def _released(desk: OnDesk, intent: Intent) -> None:
    desk.order(Push())
    _again(desk, f"#{intent.ticket_id} goes out now.")


def _again(desk: OnDesk, words: str) -> None:
    desk.refresh_desk()
    desk.tell(words)
    show(desk)
