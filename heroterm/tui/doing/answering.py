"""Reply, note, canned reply, status, done elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from heroterm.domain.findings import Finding, answered
from heroterm.domain.outbox import Changes, Intent, InternalNote
from heroterm.domain.put_in import joined
from heroterm.domain.reply import Filled
from heroterm.domain.ticket import Person
from heroterm.tui.doing import following, opening, queueing, ruling, seat, sending, writing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes.composer import NOTE, PUBLIC

UNTOLD = "colleague-note"
"""The question before a ticket is left to a colleague whom no note tells what to do."""
_REPLIES, _NOTES, _RECORDS = "write a reply first", "write the note first", "record the answer"
_COMES_FIRST = {
    "solve-with-note-only": ("ticket.reply", _REPLIES),
    UNTOLD: ("ticket.note", _NOTES),
    "solve-unrecorded": ("ticket.elsewhere", _RECORDS),
}
"""What is to be written before what a question asks about, by the question's rule."""


def reply(desk: OnDesk) -> None:
    """`r`: write to the customer; a community question is opened on its page instead, and a closed
    ticket gets a follow-up.
    """
    opened = desk.target
    if opened is None:
        return
    verdict = seat.may_reply(desk, opened)
    if not verdict.ok:
        writing.turn_away(desk, verdict, opened, opened.draft(PUBLIC))
        if verdict.url:
            opening.browse(desk, verdict.url)
    elif opened.ticket.status == "closed":
        following.begin(desk, opened)
    else:
        _continue(desk, opened, PUBLIC)


def note(desk: OnDesk) -> None:
    """`i`: write to colleagues."""
    if (opened := desk.target) is not None:
        _continue(desk, opened, NOTE)


def _continue(desk: OnDesk, opened: Opened, kind: str) -> None:
    draft = opened.draft(kind)
    writing.begin(desk, kind, opened, draft=draft)


def use_canned(desk: OnDesk, opened: Opened, name: str) -> None:
    """Put a canned reply at the cursor; never replace what is there (features E4)."""
    filled = desk.book.filled(name, opened, me(desk))
    reply_ = next(r for r in desk.book.replies if r.name == name)
    composing = desk.composer.writing
    if composing is not None and composing.ticket_id != opened.ticket.id:
        desk.tell("That canned reply was filled for another ticket; nothing was inserted.")
        return
    if composing is None:
        if reply_.kind == PUBLIC and not seat.may_reply(desk, opened).ok:
            reply(desk)
            return
        draft = opened.draft(reply_.kind)
        writing.begin(desk, reply_.kind, opened, draft=draft, status=reply_.status)
        _put_in(desk, name, filled)
        return
    if reply_.status is not None and composing.kind == reply_.kind:
        desk.composer.change(status=reply_.status, chosen=True)
    _put_in(desk, name, filled)


def _put_in(desk: OnDesk, name: str, filled: Filled) -> None:
    """At the cursor; it is counted once it is sent."""
    if (composing := desk.composer.writing) is not None:
        before = desk.composer.before
        said, apart = joined(before, filled.body)
        body = filled.body[said:]
        desk.composer.change(canned=(*composing.canned, (name, body)))
        moved = len(apart) - said
        end = next((stop.start + moved for stop in filled.stops if stop.number == 0), None)
        desk.composer.insert(apart + body, end)


def me(desk: OnDesk) -> Person | None:
    """The signed-in person, as far as the mirror knows."""
    return desk.reading.me


def elsewhere(desk: OnDesk) -> None:
    """`d`: an internal note that the answer was given elsewhere, and the status (features D10)."""
    if (opened := desk.target) is None:
        return
    link = opening.asked_at(desk, opened) or desk.book.may_reply(opened).url
    words = f"Replied outside of Zendesk: {link or '$1<where>'}"
    status = desk.book.status_elsewhere(opened.row.source)
    writing.begin(desk, NOTE, opened, draft=opened.draft(NOTE), status=status, insert=words)


def put_changes(desk: OnDesk, opened: Opened, changes: Changes, note: str = "") -> None:
    """Queue a field change by itself, or with a note that says it, if the rules let it."""
    intent = intent_of(desk, opened, changes, note)
    findings = desk.parts.check(intent)
    refusal = next((f for f in findings if f.level == "refuse"), None)
    asks = [f for f in findings if f.level == "ask"]
    if refusal is not None:
        desk.tell(ruling.sentence(desk, refusal), severity="warning")
    elif asks:
        ask_then_put(desk, intent, asks)
    else:
        queueing.put(desk, intent)


def ask_then_put(
    desk: OnDesk, intent: Intent, asks: Sequence[Finding], leaves: str = "leave it"
) -> None:
    """Queue it after a yes to what the rules ask; `leaves` says what `n` does."""
    question = "\n".join(ruling.sentence(desk, finding) for finding in asks)
    first = _first(desk, asks)

    def said(answer: str) -> None:
        if answer == "y":
            queueing.put(desk, answered(intent, asks))
        elif answer in first and writing.left(desk) and desk.open_ticket(intent.ticket_id):
            {_REPLIES: reply, _NOTES: note, _RECORDS: elsewhere}[first[answer]](desk)

    desk.ask(question, {"y": "queue it all the same", "n": leaves} | first, said)


def _first(desk: OnDesk, asks: Sequence[Finding]) -> dict[str, str]:
    """What the questions say is to be written first, by the hero's letter for it."""
    rules = {finding.rule for finding in asks}
    wanted = [(id_, words) for rule, (id_, words) in _COMES_FIRST.items() if rule in rules]
    found: dict[str, str] = {}
    for id_, words in wanted:
        keys = desk.parts.keymap.get(id_).keys
        letter = next((key for key in keys if len(key) == 1 and key not in "yn"), "")
        found |= {letter: words} if letter else {}
    return found


def intent_of(desk: OnDesk, opened: Opened, changes: Changes, note: str = "") -> Intent:
    """A field change by itself, or with a note, on the ticket as it was read."""
    return Intent(
        id=desk.parts.new_id(),
        ticket_id=opened.ticket.id,
        created_at=desk.reading.local_now(),
        send_after=sending.send_after(desk, words=False),
        changes=changes,
        comment=InternalNote(note) if note else None,
        base_stamp=opened.ticket.updated_stamp,
        seen_comment_id=opened.seen_comment_id,
    )


def reply_picked(desk: OnDesk, name: str) -> None:
    """A canned reply was chosen in its pane."""
    opened = desk.opened
    if opened is None:
        desk.tell(f"Open a ticket first: {desk.key('desk.next')} opens the next one.")
    else:
        use_canned(desk, opened, name)
