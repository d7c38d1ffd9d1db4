"""`6`, `g o`: the outbox. Each waiting change says where it stands and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.domain.outbox import HELD, NEEDS_YOU, QUEUED, STATE_WORDS, VERIFY, Intent
from heroterm.journal.database import Journal
from heroterm.sync.orders import Push
from heroterm.tui import intent_words
from heroterm.tui.doing import boxes, conflict, finding, holding, recalling
from heroterm.tui.doing.ways import way
from heroterm.tui.naming import Names
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.outbox import SHOWN, OutboxLines, OutboxScreen, listed


def go(desk: OnDesk) -> None:
    """`6`: to its pane where a large desk shows one, else its box."""
    if desk.outbox.display:
        desk.refresh_outbox()  # another heroterm may have put something there
        desk.focus_pane("outbox")
    else:
        show(desk)


def in_pane(deed: str) -> Callable[[OnDesk], None]:
    """What a key does to the change under the pane's cursor: the same as in the box."""

    def do(desk: OnDesk) -> None:
        if deed in ("down", "up"):
            desk.outbox.move(1 if deed == "down" else -1)
        elif deed == "close":
            finding.back(desk)
        elif desk.outbox.chosen is None and deed != "hold_all":
            desk.tell(
                f"The outbox is empty: nothing waits. {desk.key('go.outbox')} lists what there was."
            )
        else:
            _act(desk, deed, desk.outbox.chosen)

    return do


def show(desk: OnDesk) -> None:
    """Open the outbox over the desk."""
    journal = desk.reading.journal
    if journal is None:
        desk.tell(str(desk.reading.journal_trouble), severity="error")
        return
    lines = OutboxLines(
        lambda: journal.outbox.lately(SHOWN),
        desk.reading.local_now,
        lambda: Names(desk.reading.mirror),
        way(desk, "outbox.send"),
        lambda: desk.reading.state.offline_since is not None,
    )
    shown = listed(lines, lambda deed, chosen: _act(desk, deed, chosen), desk.parts.keymap)
    desk.app.push_screen(OutboxScreen(shown))


def _act(desk: OnDesk, deed: str, intent: Intent | None) -> bool:
    """Do it; True closes the box, because its thing is shown elsewhere."""
    if deed == "hold_all":
        holding.turn(desk)
        return False
    if intent is None:
        return False
    if deed == "show":
        return _show(desk, intent)
    if deed == "edit":
        recalling.edit(desk, intent, lambda back: _edited(desk, intent, back))
        return False
    if deed == "send" and intent.state == NEEDS_YOU:
        conflict.show(desk, intent)
        return False
    if deed == "hold" and intent_words.by_hand(intent):
        deed = "send"
    act, words = DEEDS[deed]
    desk.pen.write(lambda j: act(j, intent.id), lambda now: said(desk, intent, now, words))
    return False


def _edited(desk: OnDesk, intent: Intent, back: Intent | None) -> None:
    """Open what came back; that nothing did is said in the box or the pane, which stays."""
    if back is not None:
        boxes.close(desk)
        recalling.recalled(desk, intent, back)
        return
    _refresh(desk)
    _refuse(desk, intent, "Nothing to edit", f" ({desk.key('outbox.show')} shows its ticket)")


def _show(desk: OnDesk, intent: Intent) -> bool:
    """Its ticket, or both sides of what stopped it, as it stands by now."""
    journal = desk.reading.journal
    newest = (journal.outbox.get(intent.id) if journal is not None else None) or intent
    if newest.state == NEEDS_YOU:
        conflict.show(desk, newest)
        return False
    number = intent.made_ticket_id or intent.ticket_id
    if desk.open_ticket(number) or (number != intent.ticket_id and _opens(desk, intent)):
        return True
    desk.tell(f"{intent_words.subject(intent)} is not in the mirror.", severity="warning")
    return False


def _opens(desk: OnDesk, intent: Intent) -> bool:
    return bool(intent.ticket_id) and desk.open_ticket(intent.ticket_id)


def _send(journal: Journal, intent_id: str) -> Intent | None:
    """Let it go now, whether it was held or is looked for."""
    before = journal.outbox.get(intent_id)
    if before is not None and before.state in (NEEDS_YOU, VERIFY):
        return journal.outbox.again(intent_id)
    journal.outbox.release(intent_id)
    after = journal.outbox.get(intent_id)
    return after if after is not None and after.state == QUEUED else None


DEEDS: dict[str, tuple[Callable[[Journal, str], Intent | None], str]] = {
    "send": (_send, "goes out now."),
    "again": (_send, "is asked about and tried again."),
    "hold": (
        lambda journal, id_: journal.outbox.hold(id_),
        "is held until you press {outbox.send}.",
    ),
    "discard": (
        lambda journal, id_: journal.outbox.discard(id_),
        "is discarded; its words are kept.",
    ),
}
"""What each key does to an intent (None: too late), and what is said when it was done."""


def said(desk: OnDesk, intent: Intent, now: Intent | None, words: str) -> None:
    """Say what was done, or why it was not; the boxes show how it stands."""
    _refresh(desk)
    if now is not None:
        desk.tell(f"{intent_words.subject(intent)} {desk.filled(words)}")
    else:
        _refuse(desk, intent, "Nothing done")


def _refresh(desk: OnDesk) -> None:
    desk.refresh_desk()
    desk.refresh_outbox()
    desk.order(Push())


def _refuse(desk: OnDesk, intent: Intent, begins: str, next_key: str = "") -> None:
    """Say where it stands by now, which is why."""
    journal = desk.reading.journal
    newest = journal.outbox.get(intent.id) if journal is not None else None
    state = f"{STATE_WORDS[newest.state] if newest is not None else 'gone'}{next_key}"
    if newest is not None and newest.state in (HELD, QUEUED, NEEDS_YOU):
        state = (
            f"not sure: an earlier try may still have arrived ({desk.key('outbox.show')} says more)"
        )
    desk.tell(f"{begins}: {intent_words.subject(intent)} is {state}.", severity="warning")
