"""Promises in our own replies: "I will write again by 15:00", "tomorrow", "on Monday".

A sentence is one when it says both that we shall do something and when. It stands until the next
public reply of ours, which either keeps it or makes a new one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from heroterm.domain.quotes import fold_quotes
from heroterm.domain.ticket import Comment
from heroterm.domain.waits import parse

_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?=\S)[^.!?\n]*)*")
_WE_WILL = re.compile(
    r"\b(?:(?:i|we)(?:'ll|’ll| will| shall| am going to| are going to)"
    r"|you(?:'ll|’ll| will| can expect to| should) (?:hear|have|get)"
    r"|expect (?:an?|some|news|my|our)|let me (?:get|come) back)\b",
    re.IGNORECASE,
)
_CLOCK = r"(?:\d{1,2}[:.]\d\d(?: ?[ap]m)?|\d{1,2} ?[ap]m|noon)"
_DAY = (
    r"(?:today|tonight|tomorrow|next week|this (?:afternoon|evening)|eod|eow"
    r"|(?:the )?end of (?:the |this )?(?:day|week)"
    r"|(?:next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2})"
)
_WHEN = re.compile(
    rf"\b(?:(?P<day>{_DAY})(?:,? (?:at|by|before|around) (?P<clock>{_CLOCK}|\d{{1,2}}))?"
    rf"|(?:by|at|before|until) (?P<hour>{_CLOCK})(?:,? (?:on )?(?P<after>{_DAY}))?"
    r"|(?:in|within)(?: the next| about| at most)? (?P<count>\d{1,2}|an?|one|two|three)"
    r"(?P<work> (?:business|working))? (?P<unit>minute|min|hour|day|week)s?)\b",
    re.IGNORECASE,
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_DAYS_OF = {
    "this afternoon": "today",
    "this evening": "tonight",
    "eod": "today",
    "eow": "friday",
    "end of day": "today",
    "end of week": "friday",
}
_EVENING = "17:00"
"""When a day ends for which no hour was said."""
_THEIR_TIME = re.compile(r"\byour (?:local )?time\b", re.IGNORECASE)


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
    comments: Sequence[Comment],
    staff: frozenset[int],
    zone: tzinfo,
    theirs: tzinfo | None = None,
) -> tuple[Promise, ...]:
    """Promises of a thread, oldest first, that no later public reply of ours has met.

    Hours are of `zone`; where the words say "your time", of `theirs`, the reader's, if it is known.
    Quoted lines are somebody's words of before and promise nothing.
    """
    ours = [c for c in comments if c.public and c.author_id in staff]
    return tuple(_made(ours[-1], zone, theirs)) if ours else ()


def _made(comment: Comment, zone: tzinfo, theirs: tzinfo | None) -> list[Promise]:
    found = []
    own = "\n".join(block.text for block in fold_quotes(comment.body) if block.kind != "quote")
    for sentence in _SENTENCE.findall(own):
        when = _WHEN.search(sentence)
        if when is None or not _WE_WILL.search(sentence):
            continue
        clock = theirs if theirs is not None and _THEIR_TIME.search(sentence) else zone
        due = _due(when, comment.created_at, clock)
        found.append(Promise(comment.ticket_id, comment.id, " ".join(sentence.split()), due))
    return found


def _due(when: re.Match[str], said_at: datetime, zone: tzinfo) -> datetime | None:
    """The moment that the words name, seen from when they were said."""
    if when["count"]:
        count = _COUNTS.get(when["count"].lower()) or int(when["count"])
        return _working_days(said_at, count, zone) if when["work"] else _later(when, count, said_at)
    day, clock = when["day"] or when["after"] or "", when["clock"] or when["hour"] or _EVENING
    clock = "12:00" if clock.lower() == "noon" else clock
    words = " ".join(day.lower().split())
    plain = words.replace("the ", "").replace("this ", "") if "end of" in words else words
    wake = parse(f"{_DAYS_OF.get(plain, plain)} {clock}".strip(), said_at, zone)
    return wake.until if wake is not None else None


def _later(when: re.Match[str], count: int, said_at: datetime) -> datetime:
    unit = when["unit"].lower()
    spans = {"min": 60, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}
    return said_at + timedelta(seconds=count * spans[unit])


def _working_days(said_at: datetime, count: int, zone: tzinfo) -> datetime:
    """The same hour so many working days later; Saturday and Sunday are none."""
    at = said_at.astimezone(zone)
    while count:
        at += timedelta(days=1)
        count -= at.weekday() < 5
    return at.astimezone(said_at.tzinfo)
