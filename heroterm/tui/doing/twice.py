"""The same words twice: what is being written may go out meanwhile from another desk or a command.

Drafts are shared by all that run on one home, so the same one can lie open in two windows.
"""

from __future__ import annotations

from heroterm.domain.ages import clock_time
from heroterm.domain.findings import Finding
from heroterm.domain.outbox import Intent
from heroterm.domain.zone import LOCAL
from heroterm.journal.database import Journal
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.composer import NEW, Writing

SAME = "same-words"
"""Name of the finding that stops them."""
_INSTEAD = "{review.trash} throws this draft away; {review.edit} goes back to the text."
_FRAME = "{review.trash} in the Review throws the draft away"


def put(journal: Journal, writing: Writing, body: str) -> Intent | None:
    """The intent by which these very words wait, or went out since their writing began."""
    if writing.kind == NEW:
        return None
    outbox = journal.outbox
    return outbox.same_words(writing.ticket_id, writing.kind, body, writing.seen_comment_id)


def finding(desk: OnDesk) -> Finding | None:
    """What the Review says of it; None where these words went nowhere else."""
    found = _found(desk)
    if found is None:
        return None
    became = "wait in the outbox" if found.unfinished else f"were sent ({_when(desk, found)})"
    return Finding(SAME, "refuse", f"These very words {became}.", _INSTEAD)


def frame_words(desk: OnDesk) -> str:
    """The same for the frame between the text and the Review; "" mostly."""
    found = _found(desk)
    if found is None:
        return ""
    became = "in the outbox" if found.unfinished else f"sent ({_when(desk, found)})"
    return f"ALREADY {became}: {desk.filled(_FRAME)}"


def _found(desk: OnDesk) -> Intent | None:
    writing, journal = desk.composer.writing, desk.reading.journal
    if writing is None or journal is None or desk.composer.queuing:
        return None
    return put(journal, writing, desk.composer.body)


def _when(desk: OnDesk, intent: Intent) -> str:
    now = desk.reading.local_now()
    return clock_time(intent.finished_at or now, now, LOCAL)
