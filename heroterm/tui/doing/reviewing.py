"""The Review bar: choose the status, look at what the rules found, queue it or leave it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from heroterm.domain.advice import AdvisedStatus
from heroterm.domain.findings import Finding
from heroterm.domain.outbox import Intent, InternalNote, PublicReply
from heroterm.errors import HeroError
from heroterm.journal.database import Journal
from heroterm.tui.doing import (
    advising,
    answering,
    beside,
    editing,
    meanwhile,
    muting,
    ruling,
    saying,
    sending,
    twice,
)
from heroterm.tui.doing.queueing import put
from heroterm.tui.doing.writing import close, draft_of, keep_draft
from heroterm.tui.naming import Names
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.composer import NOTE, PUBLIC
from heroterm.tui.panes.review import Reviewed

_OTHERS = "{review.pending} Pending, {review.open} Open or {review.solved} Solved instead."

_WAITS = "reply-waits"


def intent_of(desk: OnDesk) -> Intent | None:
    """What is being written as the intent that it would become now."""
    writing, opened = desk.composer.writing, desk.opened
    if writing is None:
        return None
    fresh = opened if opened is not None and opened.ticket.id == writing.ticket_id else None
    body = desk.composer.body.strip()
    return Intent(
        id=writing.intent_id,
        ticket_id=writing.ticket_id,
        created_at=desk.reading.local_now(),
        send_after=sending.send_after(desk, words=True, later=writing.later),
        comment=InternalNote(body) if writing.kind == NOTE else PublicReply(body),
        changes=replace(
            writing.changes,
            status=writing.status,
            add_ccs=writing.add_ccs,
            remove_ccs=writing.remove_ccs,
        ),
        base_stamp=fresh.ticket.updated_stamp if fresh else writing.base_stamp,
        seen_comment_id=fresh.seen_comment_id if fresh else writing.seen_comment_id,
        deed=writing.new,
        files=writing.files,
    )


def review(desk: OnDesk) -> None:
    """Esc in the text: keep the draft, with the place of its cursor, and show the bar. Unless a
    status was chosen already, it is the one that fits the words (features D4).
    """
    advised = _advised(desk)
    if advised is not None:
        desk.composer.change(status=advised.status)
    keep_draft(desk)
    refresh_review(desk)
    desk.set_focus(desk.composer.review)


def refresh_review(desk: OnDesk) -> None:
    """Look again: the rules are asked anew at every change."""
    writing, intent = desk.composer.writing, intent_of(desk)
    if writing is None or intent is None:
        return
    sent = max(desk.reading.now(), writing.later or desk.reading.now())
    row = desk.reading.row(writing.ticket_id)
    here = row.status if row is not None else ""
    found = [
        *desk.parts.check(intent),
        *_news(desk),
        *advising.untold(desk, intent),
        *advising.too_late(desk, intent),
        *muting.heard(desk, [*advising.advice(desk, intent), *_why_status(desk)]),
    ]
    desk.composer.review.review(
        Reviewed(
            to=f"{writing.to}, who reads it {writing.where}" if writing.where else writing.to,
            status=writing.status,
            now_status=here,
            consequence=desk.book.consequence(writing.status or here, sent),
            findings=[ruling.from_review(finding) for finding in found],
            then_next=writing.then_next,
            copies=beside.copy_words(desk),
            files=", ".join(f"{f.name} ({f.content_type})" for f in writing.files),
            besides=_besides(desk, intent),
            hold=sending.hold_words(desk, beside.moment_words(desk)),
        )
    )


def follow(desk: OnDesk) -> None:
    """Something left: what the bar says of the outbox may hold no longer. What came in moves no
    line under the hero's eyes: the frame says it, and `y` asks.
    """
    reviewed = desk.composer.review.reviewed
    if reviewed is None or desk.composer.queuing:
        return
    said = {finding.rule for finding in reviewed.findings} & {_WAITS, twice.SAME}
    if said - {finding.rule for finding in _news(desk)}:
        refresh_review(desk)


def typed(desk: OnDesk) -> None:
    """The words are others now: what the frame says of them, and why they were not queued, may be
    settled, and is said no longer.
    """
    meanwhile.tell(desk)
    bar = desk.composer.review
    blocked = bar.reviewed.blocked if bar.reviewed is not None else None
    if blocked is None or desk.told != ruling.sentence(desk, blocked):
        return
    refresh_review(desk)
    if bar.reviewed is not None and bar.reviewed.blocked != blocked:
        desk.told = ""
        saying.status_lines(desk)


def _advised(desk: OnDesk) -> AdvisedStatus | None:
    """The status that fits an answer to the customer; None where one was chosen, or none fits."""
    writing, intent = desk.composer.writing, intent_of(desk)
    if writing is None or intent is None or writing.kind != PUBLIC or writing.chosen:
        return None
    return None if "status" in muting.mutes(desk) else desk.book.advised(intent)


def _why_status(desk: OnDesk) -> list[Finding]:
    """Why another status than the usual one was set by itself."""
    writing, advised = desk.composer.writing, _advised(desk)
    if writing is None or advised is None or not writing.status == advised.status != "pending":
        return []
    say = f"{advised.status.capitalize()} is set: {advised.why}"
    return [Finding("status", "advice", say, _OTHERS)]


def _besides(desk: OnDesk, intent: Intent) -> str:
    """What else the update changes, in words: what a macro brought along."""
    rest = replace(intent.changes, status=None, add_ccs=(), remove_ccs=())
    return ", ".join(Names(desk.reading.mirror).said(rest))


def _news(desk: OnDesk) -> list[Finding]:
    writing, opened = desk.composer.writing, desk.opened
    if writing is None or opened is None or opened.ticket.id != writing.ticket_id:
        return []
    journal = desk.reading.journal
    if (same := twice.finding(desk)) is not None:
        return [same]
    waiting = journal.outbox.of_ticket(writing.ticket_id) if journal is not None else []
    if writing.kind == PUBLIC and any(intent.kind == PUBLIC for intent in waiting):
        say = "Another reply to this ticket already waits in the outbox."
        return [Finding(_WAITS, "ask", say, "{pane.outbox} shows it.")]
    said = meanwhile.said(desk)
    if writing.kind != PUBLIC or not said:
        return []
    say = f"Since you began {said}."
    instead = "Read the newest message above before you queue this."
    return [Finding("written-meanwhile", "ask", say, instead)]


def choose_status(value: str | None) -> Callable[[OnDesk], None]:
    """A deed that chooses the status that goes with the words; None keeps it as it is."""

    def deed(desk: OnDesk) -> None:
        if (writing := desk.composer.writing) is not None:
            changes = replace(writing.changes, custom_status_id=None)
            desk.composer.change(status=value, chosen=True, changes=changes)
            refresh_review(desk)

    return deed


def then_next(desk: OnDesk) -> None:
    """`n`: whether the next ticket opens after queueing."""
    if (writing := desk.composer.writing) is not None:
        desk.composer.change(then_next=not writing.then_next)
        refresh_review(desk)


def queue_it(desk: OnDesk) -> None:
    """`y`: put it into the outbox, unless a rule refuses or the key came too fast to be meant."""
    bar, intent = desk.composer.review, intent_of(desk)
    if intent is None or desk.composer.queuing:
        return
    if bar.deaf:
        desk.tell("Too fast to have been meant: look once more, then press it again.")
        return
    refresh_review(desk)
    reviewed = bar.reviewed
    if reviewed is None:
        return
    if reviewed.blocked is not None:
        desk.tell(ruling.sentence(desk, reviewed.blocked), severity="warning")
    elif asks := reviewed.asks:
        meanwhile.show(desk)
        answering.ask_then_put(desk, intent, asks, "back to the review")
    else:
        put(desk, intent)


def editor(desk: OnDesk) -> None:
    """`e`, F4: the hero's own editor, and back; Ctrl+Z takes back what it did."""
    draft = draft_of(desk)
    changed = editing.edited(desk, desk.composer.body)
    if changed is None:
        return
    if draft is not None and draft.body.strip() and not changed.strip():
        editing.to_trash(desk, draft)
    desk.composer.exchange(changed)
    desk.set_focus(desk.composer.words)


def trash(desk: OnDesk) -> None:
    """`D`: move the draft to the trash, as it stands on the screen; kept there for 30 days."""
    writing, draft = desk.composer.writing, draft_of(desk)
    if writing is None or draft is None or desk.composer.queuing:
        return
    desk.composer.queue(True)  # what is typed is kept after half a second: no longer, now
    known = desk.composer.known

    def away(journal: Journal) -> None:
        if draft.body.strip():
            journal.drafts.save(draft, over=known)
        journal.drafts.trash(writing.ticket_id, writing.kind)

    def done(_: object) -> None:
        close(desk)
        desk.refresh_desk()
        desk.focus_pane("thread")
        desk.tell(f"The draft is in the trash for 30 days: {desk.key('go.drafts')} lists it.")

    def lost(error: HeroError) -> None:
        desk.composer.queue(False)
        desk.tell(f"Not in the trash: {error} Your text is still on the screen.", severity="error")

    desk.pen.write(away, done, lost)


def problem(desk: OnDesk) -> None:
    """`l`: the next blank in the text, else the next words that were found fault with."""
    desk.told = ""  # that something is wrong, and this key for it: a letter of the text from now on
    saying.status_lines(desk)
    reviewed = desk.composer.review.reviewed
    found = [finding.at for finding in reviewed.findings] if reviewed is not None else []
    if not desk.composer.next_blank() and not desk.composer.jump(found):
        desk.set_focus(desk.composer.words)


def mute(desk: OnDesk) -> None:
    """`m`: mute an advice, or hear a muted one again."""
    muting.choose(desk, refresh_review)


def next_blank(desk: OnDesk) -> None:
    """Tab in the text: the next blank, or the Review bar when there is none."""
    if not desk.composer.next_blank():
        review(desk)


def edit(desk: OnDesk) -> None:
    """Enter: back to the text."""
    desk.set_focus(desk.composer.words)
