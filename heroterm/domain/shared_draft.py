"""A draft that a hero shares with colleagues: an internal note with a marker at its end.

Zendesk is the only thing that two desks share. The words stand in the note for everybody to read;
the marker lets the next hero's heroterm take them up as a draft of its own. It counts only in an
internal note by a colleague, and only while it is whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from heroterm.domain.marker import Marker
from heroterm.domain.outbox import Draft
from heroterm.domain.text import storable
from heroterm.domain.ticket import Comment

MARKER = Marker("heroterm-draft:", 1, most=200_000)
"""The text at the end of such a note."""
_HEAD = "DRAFT for review"
_HEADS = (_HEAD, "Draft of a reply, not sent")
"""How such a note begins, and how it began in earlier versions."""
_STATUSES = ("open", "pending", "hold", "solved")


@dataclass(frozen=True, slots=True)
class Shared:
    """A draft that a note carries."""

    comment_id: int
    author_id: int | None
    at: datetime
    body: str
    status: str | None


def note(draft: Draft, name: str) -> str:
    """The note: the words as they are, then the marker."""
    marker = MARKER.text({"body": draft.body, "status": draft.status})
    head = f"{_HEAD}: a reply that was not sent, shared by {name or 'a colleague'}."
    return f"{head}\n\n{draft.body.strip()}\n\n{marker}"


def newest(comments: Sequence[Comment], staff: frozenset[int]) -> Shared | None:
    """The draft that was shared last and that no public reply of ours has overtaken."""
    for comment in reversed(comments):
        if comment.author_id not in staff:
            continue
        if comment.public:
            return None
        found = told(comment)
        if found is not None:
            return found
    return None


def told(comment: Comment) -> Shared | None:
    """What a note carries; None without a marker at its end, or with one that cannot be read."""
    kept = MARKER.read(comment.body) if comment.body.startswith(_HEADS) else None
    if kept is None:
        return None
    body, status = kept.get("body"), kept.get("status")
    if not isinstance(body, str) or not (status is None or status in _STATUSES):
        return None
    return Shared(comment.id, comment.author_id, comment.created_at, storable(body), status)
