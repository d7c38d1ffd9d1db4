"""Promises in our own replies: "I will write again by 15:00", "tomorrow", "on Monday"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from heroterm.domain.quotes import fold_quotes
from heroterm.domain.ticket import Comment
from heroterm.domain.waits import parse

_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?=\S)[^.!?\n]*)*")
_WE_WILL = re.compile(r"\b(?:i|we)(?:'ll|’ll| will| am going to| are going to)\b", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?:(?P<day>today|tonight|tomorrow|next week"
    r"|(?:next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"(?: (?:at|by) (?P<clock>\d{1,2}(?::\d\d)?(?: ?[ap]m)?))?"
    r"|by (?P<hour>\d{1,2}:\d\d|\d{1,2} ?[ap]m))\b",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that a customer was told to expect from us."""

    ticket_id: int
    comment_id: int
    said: str
    """The sentence."""
    due: datetime | None
    """Until when; None where the words name no moment to come."""


def promises(
    comments: Sequence[Comment], staff: frozenset[int], zone: tzinfo
) -> tuple[Promise, ...]:
    """Promises of a thread, oldest first, that no later public reply of ours has met.

    Quoted lines are somebody's words of before and promise nothing.
    """
    ours = [c for c in comments if c.public and c.author_id in staff]
    return tuple(_made(ours[-1], zone)) if ours else ()


def _made(comment: Comment, zone: tzinfo) -> list[Promise]:
    found = []
    own = "\n".join(block.text for block in fold_quotes(comment.body) if block.kind != "quote")
    for sentence in _SENTENCE.findall(own):
        when = _WHEN.search(sentence)
        if when is None or not _WE_WILL.search(sentence):
            continue
        words = when["hour"] or f"{when['day']} {when['clock'] or '17:00'}"
        wake = parse(words, comment.created_at, zone)
        due = wake.until if wake is not None else None
        found.append(Promise(comment.ticket_id, comment.id, " ".join(sentence.split()), due))
    return found
