"""The banner of a ticket that changed under the hero's eyes, until they say that they saw it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from textual.content import Content

from heroterm.domain.ages import ago
from heroterm.domain.changed import FieldChange
from heroterm.domain.playbook_standing import alarms
from heroterm.domain.ticket import Audit, Comment
from heroterm.errors import StoreError
from heroterm.tui.doing import playing, serving
from heroterm.tui.doing.ways import way
from heroterm.tui.looked import Looked
from heroterm.tui.naming import Names
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.text import parts

_MOST_LINES = 3


def look(desk: OnDesk, opened: Opened) -> Looked:
    """The look at a ticket that comes up now, from what was seen of it before."""
    looked = desk.seeing.looked
    if looked is not None and looked.base.ticket.id == opened.ticket.id:
        return looked.completed(opened)
    journal, newest = desk.reading.journal, opened.seen_comment_id
    seen = journal.marks.seen(opened.ticket.id) if journal is not None else None
    if seen is None and opened.complete:
        seen = newest
    return Looked(opened, seen, desk.reading.state.user_id)


def banner(desk: OnDesk) -> None:
    """Say at the thread's foot who did what since the ticket came up; nothing when nobody did."""
    opened, looked = desk.opened, desk.seeing.looked
    if opened is None or looked is None:
        return
    told = _told(desk, opened, looked)
    said: list[tuple[Content, int | None]] = [(one, None) for one in _alarms(desk, opened)]
    if told:
        since = ago(looked.base.read_at, desk.reading.now())
        # The key stands in front, where nothing cuts it off; while an answer is written it is
        # a key of the answer's.
        writing = desk.composer.writing is not None
        key = "" if writing else f" ({way(desk, 'thread.seen')}: seen)"
        words = f" CHANGED since you looked {since}{key}: {'; '.join(told)}"
        said.append((parts((words, "$sla-soon bold")), _MOST_LINES))
    desk.thread.say(said)


def _alarms(desk: OnDesk, opened: Opened) -> list[Content]:
    """What the run on the ticket has to be seen for, also while its pane is not (security §4)."""
    case = playing.case_for(desk, opened.run) if opened.run is not None else None
    if opened.run is None or case is None:
        return []
    told = desk.parts.keymap.told
    # The owner's own ticket shows the run, too: there “the requester” is somebody else.
    of = "" if opened.run.ticket_id == opened.ticket.id else f"#{opened.run.ticket_id}: "
    return [
        parts((f" {of}{told(said)}", "$sla-breached bold")) for said in alarms(opened.run, case)
    ]


def _told(desk: OnDesk, opened: Opened, looked: Looked) -> list[str]:
    came = looked.came(opened)
    if opened.ticket == looked.base.ticket and not came:
        return []
    mirror, journal = desk.reading.mirror, desk.reading.journal
    if mirror is None:
        return []
    ticket_id = opened.ticket.id
    try:
        own = journal.outbox.of_ticket(ticket_id, all=True) if journal is not None else []
        changes = looked.changes(opened, own)
        since = looked.base.ticket.updated_at
        audits = [a for a in mirror.history(ticket_id).audits if a.created_at > since]
        return [*_wrote(came, Names(mirror)), *_changed(changes, audits, Names(mirror))]
    except StoreError as error:
        return [str(error)]


def _wrote(came: Sequence[Comment], names: Names) -> list[str]:
    """`Kim wrote 2 messages`, `Maria wrote a note`."""
    counted = Counter((comment.author_id, comment.public) for comment in came)
    return [
        f"{names.author(author)} wrote {_many(count, 'message' if public else 'note')}"
        for (author, public), count in counted.items()
    ]


def _many(count: int, word: str) -> str:
    return f"a {word}" if count == 1 else f"{count} {word}s"


def _changed(changes: Sequence[FieldChange], audits: Sequence[Audit], names: Names) -> list[str]:
    """`Maria set status open -> pending`; without a history it is somebody. What this desk had set
    meanwhile is no news: others began from there.
    """
    told = []
    for change in changes:
        doing = [audit for audit in audits if _sets(audit, change.field)]
        theirs = list(takewhile(lambda audit: not audit.marker, reversed(doing)))
        mine = doing[-len(theirs) - 1] if len(theirs) < len(doing) else None
        before = ("" if change.field == "tags" else _set_by(mine, change.field)) or change.before
        if mine is not None and not theirs and before in (change.after, change.before):
            continue
        who = names.author(theirs[0].author_id) if theirs else "somebody"
        told.append(f"{who} set {names.changed(change.field, before, change.after)}")
    return told


def _sets(audit: Audit, field: str) -> bool:
    return any(name in (field, f"custom_{field}_id") for name, _, _ in audit.changes)


def _set_by(audit: Audit | None, field: str) -> str:
    """The value that an update gave to a field; "" where it does not say."""
    changes = audit.changes if audit is not None else ()
    return next((new for name, _, new in changes if name == field), "")


def acknowledge(desk: OnDesk) -> None:
    """Enter: what changed has been seen; the cursor goes to the first new message."""
    opened, looked = desk.opened, desk.seeing.looked
    if opened is None or looked is None:
        return
    fresh = looked.fresh(opened)
    if not fresh and not _told(desk, opened, looked):
        desk.tell("Nothing has changed since you looked.")
        return
    desk.seeing.looked = looked.taken_over(opened)
    saw(desk)
    banner(desk)
    first = next((n for n, comment in enumerate(opened.comments) if comment.id in fresh), None)
    if first is not None:
        desk.thread.go(first)


def saw(desk: OnDesk) -> None:
    """Keep for the next start which messages of the open ticket have been seen."""
    opened = desk.opened
    newest = opened.seen_comment_id if opened is not None else None
    if opened is None or newest is None:
        return
    ticket_id, journal = opened.ticket.id, desk.reading.journal
    if journal is None:
        return
    said = serving.to_keep(desk, ticket_id)
    if said or journal.marks.seen(ticket_id) != newest:
        desk.pen.write(lambda journal: journal.marks.saw(ticket_id, newest, said))
