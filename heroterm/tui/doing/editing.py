"""The way to the hero's own editor and back; what went wrong there is said."""

from __future__ import annotations

from textual.app import SuspendNotSupported

from heroterm.domain.outbox import Draft
from heroterm.journal.database import Journal
from heroterm.tui.edited import Edited
from heroterm.tui.on_desk import OnDesk


def edited(desk: OnDesk, words: str) -> str | None:
    """The words as the hero's editor left them; None when they are as they were."""
    back = _there_and_back(desk, words)
    if back.say:
        desk.tell(back.say, severity="warning")
    elif back.text is None:
        desk.tell("The text is as it was.")
    return back.text


def _there_and_back(desk: OnDesk, words: str) -> Edited:
    try:
        with desk.app.suspend():
            return desk.parts.edit(words)
    except SuspendNotSupported:
        return desk.parts.edit(words)


def to_trash(desk: OnDesk, draft: Draft) -> None:
    """Words that the editor emptied lie in the trash, and that is said."""
    known = desk.composer.known

    def away(journal: Journal) -> None:
        journal.drafts.save(draft, over=known)
        journal.drafts.trash(draft.ticket_id, draft.kind)

    desk.pen.write(
        away,
        lambda _: desk.tell(
            f"The editor left nothing: your text is in the trash ({desk.key('go.drafts')}); Ctrl+Z "
            "brings it back, too.",
            severity="warning",
        ),
        lambda error: desk.tell(
            f"The editor left nothing: Ctrl+Z brings your text back. The trash failed: {error}",
            severity="error",
        ),
    )
