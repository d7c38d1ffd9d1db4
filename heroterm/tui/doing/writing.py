"""Writing on the desk: open and close the composer, keep the draft."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from typing import Any

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import Changes, Draft
from heroterm.domain.playbook_run import does
from heroterm.domain.put_in import greeted_twice
from heroterm.domain.source import Verdict
from heroterm.errors import HeroError
from heroterm.journal.database import Journal
from heroterm.tui.doing import begun, changed, layout, seat, showing, twice
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes.composer import NEW, NOTE, PUBLIC

_PATIENCE_SECONDS = 1.0
_KEPT, _PUT = "kept", "put"


def begin(
    desk: OnDesk,
    kind: str,
    opened: Opened | None,
    *,
    draft: Draft | None = None,
    status: str | None = None,
    insert: str = "",
    new: NewTicket | None = None,
    later: datetime | None = None,
    changes: Changes | None = None,
) -> bool:
    """Open the composer on a ticket, with its draft or fresh text.

    `new` begins a ticket of its own, on which no ticket need be `opened`; a draft of one brings
    its own recipient and subject. False: this seat, or the place where the ticket was asked, lets
    no such words go; nothing was opened, that was said, and the draft is kept.
    """
    ticket_id = opened.ticket.id if opened is not None else 0
    kept = draft or Draft(ticket_id, kind, "", desk.reading.local_now())
    new = new or (begun.new_of(kept, opened) if kind == NEW else None)
    verdict = seat.may_begin(desk, kind, opened, new)
    if not verdict.ok:
        turn_away(desk, verdict, opened, draft)
        return False
    later = later or _still_to_come(desk, kept.later)
    wished = replace(
        kept, status=status or kept.status, changes=changes or kept.changes, later=later
    )
    step = _step(desk, kept)
    desk.composer.begin(begun.writing(wished, opened, new, desk.parts.new_id, step), draft)
    showing.thread(desk)
    changed.banner(desk)
    if kind == PUBLIC and opened is not None:
        _to_answered(desk, opened)
    _come_up(desk)
    if insert:
        _bring(desk, insert)
    elif draft is not None and (said := begun.as_left(draft, does_step=step is not None)):
        desk.tell(said, severity="warning" if draft.torn else "information")
    return True


def _to_answered(desk: OnDesk, opened: Opened) -> None:
    """Show what is answered where a note stands under the cursor: the newest public message. One
    that the hero has gone to stays.
    """
    read = desk.thread.current
    public = [n for n, comment in enumerate(opened.comments) if comment.public]
    if read is not None and not read.public and public:
        desk.thread.go(public[-1])


def _bring(desk: OnDesk, words: str) -> None:
    """Put words in; behind those of a draft as a paragraph of their own that greets nobody twice.
    What stands there already is not said again.
    """
    composer = desk.composer
    kept = composer.body
    if not kept.strip():
        composer.insert(words)
    elif words.strip() not in kept:
        composer.words.move_cursor(composer.words.document.end)
        apart = "\n" * (2 - min(2, len(kept) - len(kept.rstrip("\n"))))
        composer.insert(apart + words[greeted_twice(kept, words) :])


def _step(desk: OnDesk, draft: Draft) -> str | None:
    """The id under which a draft goes to do its step; None where it does none (any more)."""
    journal = desk.reading.journal
    if draft.step is None or journal is None:
        return None
    run_id, step = draft.step
    run = journal.runs.get(run_id)
    return does(run, step, draft.kind) if run is not None else None


def _come_up(desk: OnDesk) -> None:
    """The composer in its place, with the focus."""
    desk.brief.close()
    desk.told = ""  # it named keys that are letters from now on
    desk.show_place("compose", {"-composing": True})
    layout.lay(desk)
    desk.composer.display = True
    desk.set_focus(desk.composer.words)


def turn_away(desk: OnDesk, verdict: Verdict, opened: Opened | None, draft: Draft | None) -> None:
    """Say why no answer is written here, and offer to make a note of words that lie there."""
    seat.turn_away(desk, verdict, opened, draft, lambda note: _as_note(desk, opened, note))


def _as_note(desk: OnDesk, opened: Opened | None, note: Draft) -> None:
    desk.refresh_desk()
    begin(desk, NOTE, opened, draft=note)
    desk.tell(
        f"It is an internal note now: colleagues only. {desk.key('composer.review')} looks it over."
    )


def _still_to_come(desk: OnDesk, later: datetime | None) -> datetime | None:
    return later if later is not None and later > desk.reading.local_now() else None


def stop(desk: OnDesk) -> None:
    """Close the composer; what was written stays as a draft. Without a draft it stays open."""
    if leave(desk):
        _step_out(desk)


def leave(desk: OnDesk) -> bool:
    """Keep the draft and close the composer; False when the draft could not be kept.

    A focus that was in it goes to the thread: hidden, it would hear no key.
    """
    if not keep_now(desk):
        return False
    inside = desk.composer.has_focus_within
    close(desk)
    if inside:
        _step_out(desk)
    return True


def left(desk: OnDesk) -> bool:
    """Whether nothing is being written any more: what was is a draft. To be asked before other
    words come up in its place.
    """
    return desk.composer.writing is None or leave(desk)


def _step_out(desk: OnDesk) -> None:
    desk.focus_pane("thread" if desk.opened is not None else "queue")


def keep_now(desk: OnDesk) -> bool:
    """Keep the draft and wait until it is; False when it could not be, which is then said."""
    done = keep_draft(desk, asked=True)
    if done is None:
        return True
    try:
        return bool(done.result(timeout=_PATIENCE_SECONDS))
    except TimeoutError:
        desk.tell("The draft is not kept yet: the disk is slow. Wait a moment.", severity="warning")
        return False


def close(desk: OnDesk) -> None:
    """Close the composer; its words are somewhere safe already."""
    desk.composer.end()
    showing.thread(desk)
    changed.banner(desk)
    desk.composer.display = False
    desk.show_place("ticket" if desk.opened is not None else "queue", {"-composing": False})
    layout.lay(desk)


def draft_of(desk: OnDesk) -> Draft | None:
    """What is being written, as a draft; None when there are no words to keep."""
    composing = desk.composer.writing
    if composing is None:
        return None
    return Draft(
        ticket_id=composing.ticket_id,
        kind=composing.kind,
        body=desk.composer.body,
        updated_at=desk.reading.local_now(),
        status=composing.status if composing.chosen or composing.kind == NOTE else None,
        cursor=desk.composer.words.cursor_location,
        base_stamp=composing.base_stamp,
        seen_comment_id=composing.seen_comment_id,
        to=composing.new.to_address if composing.new is not None else "",
        subject=composing.new.subject if composing.new is not None else "",
        ccs=composing.add_ccs,
        remove_ccs=composing.remove_ccs,
        files=composing.files,
        changes=composing.changes,
        later=composing.later,
        step=composing.step,
    )


def keep_draft(desk: OnDesk, *, asked: bool = False) -> Future[Any] | None:
    """Write what is being typed into the journal; say at once when it could not be kept.

    That is said once however often it is tried again, and each time to a key that `asked` for it.
    The future gives _KEPT once it is kept, _PUT where the words went out from elsewhere and are no
    draft any more; None: there is nothing to keep.
    """
    draft = draft_of(desk)
    # What is on its way into the outbox takes its draft out: it must not be a draft again.
    if draft is None or desk.composer.queuing:
        return None

    known, desk.composer.known = desk.composer.known, draft.body
    composing = desk.composer.writing

    def save(journal: Journal) -> str:
        if composing is not None and twice.put(journal, composing, draft.body) is not None:
            journal.drafts.trash(draft.ticket_id, draft.kind)  # what lies there is older
            return _PUT
        if draft.body.strip() or draft.files or draft.ccs or draft.remove_ccs:
            journal.drafts.save(draft, over=known)
        else:
            journal.drafts.trash(draft.ticket_id, draft.kind)
        return _KEPT

    def lost(error: HeroError) -> None:
        if asked or not desk.composer.failing:
            desk.tell(f"NOT KEPT: {error} Your text is still on the screen.", severity="error")
        now = desk.composer.writing
        if now is not None and (now.ticket_id, now.kind) == (draft.ticket_id, draft.kind):
            desk.composer.not_kept(known)

    return desk.pen.write(save, lambda what: showing.kept(desk, what == _KEPT), lost)
