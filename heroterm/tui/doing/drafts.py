"""`g d`: the drafts, and the trash where thrown ones lie for 30 days."""

from __future__ import annotations

from heroterm.domain.meanwhile import wrote_since
from heroterm.domain.outbox import Draft
from heroterm.sync.orders import Open
from heroterm.tui.doing import boxes, filtering, merging, writing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.composer import NEW
from heroterm.tui.screens import drafts as screen
from heroterm.tui.screens.drafts import DraftsScreen, Kept
from heroterm.tui.screens.listing import Listed


def show(desk: OnDesk) -> None:
    """Open the list over the desk; what is being written is kept first, so that it is there."""
    if desk.reading.journal is None:
        desk.tell(str(desk.reading.journal_trouble), severity="error")
        return
    if desk.composer.writing is not None and not writing.keep_now(desk):
        return
    now = desk.reading.local_now
    listed = Listed(
        title="Drafts",
        place="drafts",
        items=lambda: kept(desk),
        key=screen.key,
        line=lambda one, width: screen.line(one, now(), width),
        detail=lambda one, width: screen.detail(one, now(), width),
        act=lambda deed, one: _act(desk, deed, one),
        empty=screen.EMPTY,
        keymap=desk.parts.keymap,
    )
    desk.app.push_screen(DraftsScreen(listed))


def kept(desk: OnDesk) -> list[Kept]:
    """Drafts and trash with what is known of their tickets."""
    journal = desk.reading.journal
    if journal is None:
        return []
    found = [_kept(desk, draft) for draft in journal.drafts.list()]
    for thrown in journal.drafts.thrown():
        about = _kept(desk, thrown.draft)
        found.append(Kept(about.draft, about.state, about.title, about.wrote_since, thrown))
    return found


def _kept(desk: OnDesk, draft: Draft) -> Kept:
    mirror, row = desk.reading.mirror, desk.reading.row(draft.ticket_id)
    if mirror is None or row is None:
        return Kept(draft, "not here" if draft.ticket_id else "", draft.subject, False)
    target = merging.target(mirror, draft.ticket_id)
    state = f"into #{target}" if target is not None else "gone" if row.missing else row.status
    comments = mirror.thread(draft.ticket_id).comments
    people = mirror.people({c.author_id for c in comments if c.author_id is not None})
    customers = {id_ for id_, person in people.items() if not person.staff}
    return Kept(draft, state, row.title, wrote_since(draft, comments, customers))


def _act(desk: OnDesk, deed: str, chosen: Kept | None) -> bool:
    if chosen is None:
        return False
    thrown, draft = chosen.thrown, chosen.draft
    if deed == "open" and thrown is None:
        boxes.close(desk)
        go_on(desk, draft)
    elif deed in ("open", "restore") and thrown is not None:
        desk.pen.write(
            lambda j: j.drafts.restore(thrown.id),
            lambda back: _restored(desk, back, and_open=deed == "open"),
        )
    elif deed == "trash" and thrown is None:
        desk.pen.write(
            lambda j: j.drafts.trash(draft.ticket_id, draft.kind),
            lambda _: _changed(
                desk, f"It lies in the trash for 30 days: {desk.key('drafts.restore')} restores it."
            ),
        )
    else:
        desk.tell(
            f"It lies in the trash: {desk.key('drafts.restore')} restores it."
            if thrown
            else f"It is no trash: {desk.key('drafts.open')}."
        )
    return False


def _restored(desk: OnDesk, draft: Draft | None, *, and_open: bool) -> None:
    if draft is None:
        _changed(desk, "It does not lie in the trash any more.")
    elif and_open:
        desk.refresh_desk()
        boxes.close(desk)
        go_on(desk, draft)
    else:
        _changed(desk, "Restored: it is a draft again.")


def _changed(desk: OnDesk, words: str) -> None:
    desk.refresh_desk()
    desk.refresh_outbox()
    desk.tell(words)


def go_on(desk: OnDesk, draft: Draft) -> None:
    """Open a draft where it was left; the one that is being written is only shown again."""
    composing = desk.composer.writing
    if composing is not None:
        if (composing.ticket_id, composing.kind) == (draft.ticket_id, draft.kind):
            filtering.back(desk)
            return
        if not writing.leave(desk):
            return
    if not draft.ticket_id and draft.kind == NEW:
        writing.begin(desk, NEW, None, draft=draft)
    elif desk.open_ticket(draft.ticket_id) and desk.opened is not None:
        writing.begin(desk, draft.kind, desk.opened, draft=draft)
    elif not desk.failed:
        desk.order(Open(draft.ticket_id))
        desk.tell(f"#{draft.ticket_id} is being fetched; then again. The draft stays.")
