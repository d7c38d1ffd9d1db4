"""What was sent and still stands as it was is taken back by its inverse, through the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from heroterm.domain.findings import answered
from heroterm.domain.outbox import Intent
from heroterm.domain.undo import Undo
from heroterm.domain.undo import undo as undo_of
from heroterm.sync.orders import Push
from heroterm.tui import intent_words
from heroterm.tui.doing import ruling, sending
from heroterm.tui.naming import Names
from heroterm.tui.on_desk import OnDesk


@dataclass(frozen=True, slots=True)
class Back:
    """A sent intent with what takes it back, or why nothing does."""

    intent: Intent
    how: Undo


def back_of(desk: OnDesk, intent: Intent) -> Back:
    """What takes a sent intent back, with the ticket as the mirror has it."""
    mirror = desk.reading.mirror
    ticket = mirror.ticket(intent.ticket_id) if mirror is not None else None
    if ticket is not None and intent.deed is None and ticket.updated_stamp == intent.stamp:
        return Back(intent, Undo(refusal="Its newest state is being fetched: again in a moment."))
    return Back(intent, undo_of(intent, ticket))


def invert(desk: OnDesk, sent: Sequence[Intent]) -> None:
    """Queue the inverse of each; what cannot be taken back is said and left as it is."""
    group = desk.parts.new_id() if len(sent) > 1 else ""
    backs = [back_of(desk, intent) for intent in sent]
    made: list[Intent] = []
    refused = [f"#{b.intent.ticket_id}: {b.how.refusal}" for b in backs if b.how.refusal]
    for back in backs:
        if not back.how.refusal:
            intent = _inverse(desk, back, group)
            findings = desk.parts.check(intent)
            refusal = next((f for f in findings if f.level == "refuse"), None)
            if refusal is not None:
                refused.append(f"#{intent.ticket_id}: {ruling.sentence(desk, refusal)}")
            else:
                # What the rules ask about stood there before the change.
                made.append(answered(intent, findings))
    if not made:
        desk.tell(f"Not taken back. {refused[0] if refused else ''}", severity="warning")
        return
    desk.pen.write(
        lambda j: [j.outbox.put(intent) for intent in made],
        lambda put: _inverted(desk, put, refused),
    )


def _inverse(desk: OnDesk, back: Back, group: str) -> Intent:
    mirror, sent = desk.reading.mirror, back.intent
    ticket = mirror.ticket(sent.ticket_id) if mirror is not None else None
    return Intent(
        id=desk.parts.new_id(),
        ticket_id=sent.ticket_id,
        created_at=desk.reading.local_now(),
        send_after=sending.send_after(desk, words=False),
        changes=back.how.changes,
        deed=back.how.deed,
        base_stamp=ticket.updated_stamp if ticket is not None else None,
        group=group,
        undoes=sent.id,
    )


def _inverted(desk: OnDesk, put: Sequence[Intent], refused: Sequence[str]) -> None:
    desk.queue.rows.taken_back(put)
    desk.refresh_desk()
    desk.refresh_outbox()
    desk.order(Push())
    names, first = Names(desk.reading.mirror), put[0]
    what = ", ".join([*intent_words.deed(first, names), *names.said(first.changes)])
    where = intent_words.subject(first) if len(put) == 1 else f"{len(put)} tickets"
    left = f" Left as they are: {len(refused)}, first {refused[0]}" if refused else ""
    desk.tell(
        f"Taking back: {where} {what}, {sending.hold(desk)} "
        f"({desk.key('desk.undo')} recalls).{left}"
    )
