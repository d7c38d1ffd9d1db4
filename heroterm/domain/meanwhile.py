"""What happened on a ticket since the hero looked at it: new messages and changed fields.

Pure. What this hero's own intents did never counts: their audits carry a marker.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from heroterm.domain.outbox import HELD, QUEUED, Draft, Intent, PublicReply
from heroterm.domain.text import shown
from heroterm.domain.ticket import Audit, Comment

OVERRIDE = "collision"
"""Name in `Intent.overrides` with which the hero says: I saw it, send all the same."""
_NAME_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What stands between the hero's look and now, each oldest first."""

    comments: tuple[Comment, ...] = ()
    audits: tuple[Audit, ...] = ()
    """Updates that changed fields."""


def looked_at(intent: Intent) -> datetime:
    """The ticket's own moment that the hero was looking at, by the server's clock."""
    if intent.base_stamp:
        try:
            moment = datetime.fromisoformat(intent.base_stamp)
        except ValueError:
            moment = intent.created_at
        if moment.tzinfo is not None:
            return moment
    return intent.created_at


def meanwhile(
    intent: Intent, comments: Sequence[Comment], audits: Sequence[Audit], me: int | None
) -> Meanwhile:
    """What came after the hero's look. `comments` and `audits` are oldest first."""
    base = looked_at(intent)
    mine = [audit for audit in audits if audit.marker and audit.author_id == me]
    words = {id_ for audit in mine for id_, _ in audit.comments}
    return Meanwhile(
        tuple(comment for comment in after(intent, comments) if comment.id not in words),
        tuple(a for a in audits if a.changes and a not in mine and a.created_at > base),
    )


def after(intent: Intent, comments: Sequence[Comment]) -> Sequence[Comment]:
    """Comments that the hero had not on the screen, of some that are oldest first."""
    for place, comment in enumerate(comments):
        if comment.id == intent.seen_comment_id:
            return comments[place + 1 :]
    base, seen = looked_at(intent), intent.seen_comment_id
    # Within the second of its stamp a ticket can change unnoticed; numbers of comments rise.
    return [c for c in comments if c.created_at > base or (seen is not None and c.id > seen)]


def wrote_since(draft: Draft, comments: Sequence[Comment], customers: Collection[int]) -> bool:
    """Whether a customer wrote in public after what the draft's author had on the screen."""
    seen = draft.seen_comment_id
    for place, comment in enumerate(comments):
        if comment.id == seen:
            comments = comments[place + 1 :]
            break
    else:
        comments = [comment for comment in comments if comment.created_at > draft.updated_at]
    return any(comment.public and comment.author_id in customers for comment in comments)


def others_since(
    seen: int | None, comments: Sequence[Comment], me: int | None
) -> Sequence[Comment]:
    """What others wrote behind the comment that was the newest; None: there was none."""
    ids = [comment.id for comment in comments]
    fresh = comments[ids.index(seen) + 1 :] if seen in ids else comments
    return [comment for comment in fresh if comment.author_id != me]


def overtaken(
    intent: Intent, comments: Sequence[Comment], own: Collection[int], me: int | None
) -> Comment | None:
    """The oldest message by somebody else that a waiting reply does not answer; None lets it go.

    `own` are ids of comments that our intents made.
    """
    waits = intent.state in (HELD, QUEUED) and isinstance(intent.comment, PublicReply)
    if not waits or intent.deed is not None or OVERRIDE in intent.overrides:
        return None
    for comment in after(intent, comments):
        person = comment.author_id is not None and comment.author_id > 0
        others = comment.author_id != me and comment.id not in own
        if others and (comment.public or person):
            return comment
    return None


def wrote(name: str, moment: datetime) -> str:
    """The sentence for a message that came after the hero's look; `name` as it came."""
    at = clock(moment)
    return f"{who(name)} wrote at {at}, after you started; your reply is kept."


def who(name: str) -> str:
    """A name from the server in a sentence."""
    return shown(name, single_line=True, limit=_NAME_LIMIT) or "Somebody"


def clock(moment: datetime) -> str:
    """Hour and minute, by this machine's zone."""
    return moment.astimezone().strftime("%H:%M")
