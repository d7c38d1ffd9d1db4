"""The very same words twice: what is being written may have gone out from elsewhere meanwhile."""

from __future__ import annotations

from collections.abc import Iterable

from heroterm.domain.outbox import SENT, Intent


def same_words(
    intents: Iterable[Intent], kind: str, body: str, seen_comment_id: int | None
) -> Intent | None:
    """The intent of a ticket by which words of this kind wait, or were sent since their writing
    began: behind the comment that was the last then.
    """
    words = body.strip()
    same = (one for one in intents if words and one.kind == kind and _words(one) == words)
    return next((one for one in same if one.unfinished or _since(one, seen_comment_id)), None)


def _words(intent: Intent) -> str:
    return intent.comment.body.strip() if intent.comment is not None else ""


def _since(intent: Intent, seen_comment_id: int | None) -> bool:
    return intent.state == SENT and (intent.comment_id or 0) > (seen_comment_id or 0)
