"""What was written on the ticket while an answer to it is being written."""

from __future__ import annotations

from collections.abc import Sequence

from heroterm.domain.meanwhile import others_since
from heroterm.domain.quotes import first_line
from heroterm.domain.text import shown
from heroterm.domain.ticket import Comment
from heroterm.tui.doing import twice
from heroterm.tui.on_desk import OnDesk

_NAME, _WORDS = 30, 120
"""The most signs of a name and of first words that are said."""


def wrote(desk: OnDesk) -> Sequence[Comment]:
    """Messages and notes of others since the writing began, oldest first; no ticket, none."""
    writing, opened = desk.composer.writing, desk.opened
    if writing is None or opened is None or opened.ticket.id != writing.ticket_id:
        return ()
    return others_since(writing.seen_comment_id, opened.comments, desk.reading.state.user_id)


def _newest(desk: OnDesk) -> Comment | None:
    fresh = wrote(desk)
    public = [comment for comment in fresh if comment.public]
    return (public or fresh)[-1] if fresh else None


def show(desk: OnDesk) -> None:
    """Scroll the thread beside the text to what was written last: it is to be read now."""
    newest, opened = _newest(desk), desk.opened
    if newest is not None and opened is not None:
        desk.thread.go(list(opened.comments).index(newest))


def said(desk: OnDesk) -> str:
    """Who wrote last, and the first words of it; "" where nobody did. What a customer reads comes
    before notes, as an automation writes them; behind a content warning the words stay closed.
    """
    newest, opened = _newest(desk), desk.opened
    if newest is None or opened is None:
        return ""
    author = opened.author(newest)
    name = shown(author.name if author is not None else "Somebody", single_line=True, limit=_NAME)
    verb = "wrote" if newest.public else "wrote a note"
    words = first_line(newest.body) if desk.seeing.gate is None else ""
    quoted = f": “{shown(words, single_line=True, limit=_WORDS)}”" if words else ""
    return f"{name} {verb}{quoted}"


def tell(desk: OnDesk) -> None:
    """Say it in the frame between the text and the Review, where it moves no line of either."""
    if not (words := twice.frame_words(desk)) and (new := said(desk)):
        words = f"NEW: {new}"
    desk.composer.review.entitle(words)
