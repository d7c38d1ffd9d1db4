"""Whether a note says that the customer was answered outside of Zendesk. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from heroterm.domain.outbox import DISCARDED, RECALLED, Intent, InternalNote
from heroterm.domain.shared_draft import told
from heroterm.domain.ticket import Comment

_ANSWERED = re.compile(r"\b(?:replied|answered|responded)\b|\boutside of zendesk\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|nobody|no one|never|none)\b|n['’]t\b", re.IGNORECASE)


def says_answered(words: str, question_url: str | None) -> bool:
    """Whether a note of ours confirms it: a line that says so, or the question's own address, which
    `d` and the canned note write in any language.
    """
    said = (line for line in words.splitlines() if _ANSWERED.search(line))
    named = question_url is not None and question_url in words
    return named or any(not _NOT.search(line) for line in said)


def recorded_at(
    comments: Iterable[Comment],
    staff: Collection[int],
    ours: Iterable[Intent],
    question_url: str | None,
    offset: float,
) -> datetime | None:
    """When a note last said so, by the server's clock: on the ticket, or in `ours`, the desk's own
    changes, sent or waiting; `offset` seconds is the server's clock ahead of this machine's.
    """
    notes = (*_written(comments, staff), *_put(ours, timedelta(seconds=offset)))
    return max((at for at, words in notes if says_answered(words, question_url)), default=None)


def _written(comments: Iterable[Comment], staff: Collection[int]) -> Iterator[tuple[datetime, str]]:
    """Notes of colleagues; a draft that one of them shares tells what is not sent."""
    for comment in comments:
        if not comment.public and comment.author_id in staff and told(comment) is None:
            yield comment.created_at, comment.body


def _put(ours: Iterable[Intent], ahead: timedelta) -> Iterator[tuple[datetime, str]]:
    for intent in ours:
        if isinstance(intent.comment, InternalNote) and intent.state not in (RECALLED, DISCARDED):
            yield intent.created_at + ahead, intent.comment.body
