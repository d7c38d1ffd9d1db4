"""What has not left comes back: the words open as they were, on their own ticket."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from heroterm.domain.claims import is_claim
from heroterm.domain.counted import counted
from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import STATE_WORDS, Intent
from heroterm.tui import intent_words
from heroterm.tui.doing import boxes, writing
from heroterm.tui.on_desk import OnDesk


def group(desk: OnDesk, name: str, count: int) -> None:
    """Recall what has not left of a bulk change, which was `count` tickets."""
    desk.pen.write(
        lambda j: j.outbox.recall_group(name),
        lambda back: _group_recalled(desk, back, count),
        decides=True,
    )


def one(desk: OnDesk, intent: Intent) -> None:
    """Recall one intent and open its words."""
    edit(desk, intent, lambda back: recalled(desk, intent, back))


def edit(desk: OnDesk, intent: Intent, then: Callable[[Intent | None], None]) -> None:
    """Recall one intent; `then` is told what came back (None: too late), to open its words. What
    is being written is kept first: it may stand in their way.
    """
    if desk.composer.writing is None or writing.keep_now(desk):
        desk.pen.write(lambda j: j.outbox.recall(intent.id), then, decides=True)


def _group_recalled(desk: OnDesk, back: Sequence[Intent], count: int) -> None:
    desk.queue.rows.taken_back(back)
    desk.refresh_desk()
    desk.refresh_outbox()
    late = count - len(back)
    left = f"; {late} had left already ({desk.key('desk.undo_list')})" if late > 0 else ""
    desk.tell(f"Recalled before sending: {counted(len(back), 'ticket')}{left}.")


def recalled(desk: OnDesk, intent: Intent, back: Intent | None) -> None:
    """Say what the recall did, and reopen the words on their own ticket."""
    desk.queue.rows.taken_back([intent])
    desk.refresh_desk()
    desk.refresh_outbox()
    what = intent_words.subject(intent)
    if back is None:
        journal = desk.reading.journal
        now = journal.outbox.get(intent.id) if journal is not None else None
        state = STATE_WORDS[now.state] if now is not None else "gone"
        desk.tell(f"Nothing recalled: {what} is {state}.", severity="warning")
        return
    words = f"Recalled before sending: {what}."
    composing = desk.composer.writing
    same = composing is not None and (composing.ticket_id, composing.kind) == (
        intent.ticket_id,
        intent.kind,
    )
    if _tells_of_run(desk, intent):
        words += f" The run is where it was before it ({desk.key('pane.playbook')})."
    elif is_claim(intent):
        desk.pen.write(lambda journal: journal.week.unclaim(intent.ticket_id))
    elif intent.comment is not None and (composing is None or same):
        boxes.close(desk)
        if _reopen(desk, intent):
            desk.composer.words.brought_by(desk.key("desk.undo"))
        else:
            words += f" Its words are among the drafts ({desk.key('go.drafts')})."
    elif intent.comment is not None:
        words += f" Its words are among the drafts ({desk.key('go.drafts')})."
    desk.tell(f"{words} {back.why}".rstrip())


def _tells_of_run(desk: OnDesk, intent: Intent) -> bool:
    journal = desk.reading.journal
    return journal is not None and journal.runs.is_note(intent.id)


def _reopen(desk: OnDesk, intent: Intent) -> bool:
    """The words in the composer, with everything that went with them; False where they are not."""
    journal = desk.reading.journal
    new = intent.deed if isinstance(intent.deed, NewTicket) else None
    opened = None
    if intent.ticket_id:
        opened = desk.opened if desk.open_ticket(intent.ticket_id) else None
        if opened is None:
            return False
    own_moment = intent_words.is_later(intent, desk.parts.settings.hold_seconds)
    return writing.begin(
        desk,
        intent.kind,
        opened,
        draft=journal.drafts.get(intent.ticket_id, intent.kind) if journal is not None else None,
        status=intent.changes.status,
        new=new,
        later=intent.send_after if own_moment else None,
    )
