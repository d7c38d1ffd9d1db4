"""Queueing from the desk: the one door to the outbox, and what is counted behind it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from heroterm.domain.claims import is_claim
from heroterm.domain.outbox import Intent
from heroterm.domain.reply import made_from
from heroterm.domain.rules import objections
from heroterm.domain.stats import OUT_OF_ORDER
from heroterm.domain.usage import rewritten
from heroterm.domain.view import Row
from heroterm.errors import HeroError
from heroterm.journal.database import Journal
from heroterm.sync.orders import Push
from heroterm.tui.doing import ending, navigating, playing, ruling, sending, writing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.composer import Writing


def put(desk: OnDesk, intent: Intent) -> None:
    """Write an intent; the composer closes only once the journal has it.

    The one door to the outbox: whoever comes here by whatever key, a rule that refuses stops it,
    and so does a question of a rule that the hero was not asked.
    """
    against = objections(desk.parts.check(intent))
    if against:
        desk.tell(ruling.sentence(desk, against[0]), severity="warning")
        return
    intent = sending.held(desk, intent)
    composing = desk.composer.writing
    over = navigating.passed_over(desk, intent)
    step = playing.step_of(desk, intent)
    if step and playing.has_put(desk):
        over = None  # the run was picked when its first words went out
    desk.composer.queue(composing is not None and composing.intent_id == intent.id)

    def done(_: object) -> None:
        now = desk.composer.writing
        mine = now is not None and now.intent_id == intent.id
        if mine and now is not None:
            writing.close(desk)
            _count(desk, now, intent)
        desk.refresh_desk()
        desk.refresh_outbox()
        desk.order(Push())
        desk.tell(sending.promise(desk, intent))
        sending.remind(desk, intent)
        if mine and now is not None and now.then_next:
            navigating.go_next(desk)
        elif mine:
            desk.focus_pane("playbook" if step else "thread")
        if step:
            ending.if_done(desk)
        if over is not None:
            order = f"out of order: #{over.id} (T{over.tier}) is next."
            desk.tell(f"#{intent.ticket_id} was picked {order}", severity="warning")

    at, by = desk.reading.now(), desk.reading.state.user_name or "you"
    lost = partial(_lost, desk)
    desk.pen.write(lambda journal: _put(journal, intent, over, at, by), done, lost)


def _lost(desk: OnDesk, error: HeroError) -> None:
    """It is not queued: say what became of the words, and keep the Review going."""
    desk.composer.queue(False)
    draft = writing.keep_draft(desk)

    def said(kept: bool) -> None:
        safe = "but kept as a draft" if kept else "but still on the screen"
        again = desk.key("review.queue")  # before what is cut off in a narrow terminal
        desk.tell(f"Not queued, {safe}; {again} tries again. {error}", severity="error")

    if draft is None:
        desk.tell(f"Not queued: {error}", severity="error")
    else:
        desk.pen.write(lambda _: draft.result() is not None, said, lambda _: said(False))


def _put(journal: Journal, intent: Intent, over: Row | None, at: datetime, by: str) -> None:
    """Put it, together with the step of a playbook that it does, if it does one."""
    if not journal.runs.put(intent, at=at, by=by):
        journal.outbox.put(intent, retire_draft=not is_claim(intent))
    journal.week.touch_claim(intent.ticket_id)
    if over is not None:
        detail = f"#{over.id} (T{over.tier}) was next"
        journal.trail.write(OUT_OF_ORDER, ticket_id=intent.ticket_id, detail=detail)


def _count(desk: OnDesk, composed: Writing, intent: Intent) -> None:
    """Count the canned replies that were used, and how much of each was rewritten. Of words that
    lay as a draft it is told by the words themselves.
    """
    sent = intent.comment.body if intent.comment is not None else ""
    shares = [(name, rewritten(inserted, sent)) for name, inserted in composed.canned]
    if not shares and (whole := made_from(desk.book.replies, sent)) is not None:
        shares = [(whole.name, 0.0)]

    def count(journal: Journal) -> None:
        for name, share in shares:
            journal.marks.use(name, share, intent)

    if shares:
        desk.pen.write(count)
