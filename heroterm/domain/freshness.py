"""How old what is shown may be: late past its promise, stale past half an hour.

Late is a mark beside the countdown; stale is said in words, too, because a countdown that nobody
has checked for half an hour is a guess (features B7, I7).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from heroterm.domain.ages import short

PROMISE = timedelta(minutes=5)
"""How old an unsolved ticket's data is at most while the carrier keeps its rhythm."""
STALE_AFTER = timedelta(minutes=30)
Freshness = Literal["fresh", "late", "stale"]


def freshness(asked_at: datetime, now: datetime, promise: timedelta = PROMISE) -> Freshness:
    """How what the server was last asked at a moment stands now."""
    age = now - asked_at
    if age >= max(STALE_AFTER, promise):
        return "stale"
    return "late" if age >= promise else "fresh"


def age_mark(asked_at: datetime, now: datetime, promise: timedelta) -> str:
    """`@12m` for what is older than its promise, else nothing."""
    late = freshness(asked_at, now, promise) != "fresh"
    return f"@{short(now - asked_at)}" if late else ""


def age_words(asked_at: datetime | None, now: datetime, promise: timedelta) -> str:
    """The age that ends a pane's title: `now`, `4m old`, `STALE 45m old`, `never asked`."""
    if asked_at is None:
        return "never asked"
    age = now - asked_at
    if age < timedelta(minutes=1):
        return "now"
    stale = "STALE " if freshness(asked_at, now, promise) == "stale" else ""
    return f"{stale}{short(age)} old"
