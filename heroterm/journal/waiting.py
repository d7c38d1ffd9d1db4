"""When a waiting intent may move: pure, from the intent and the moment."""

from __future__ import annotations

from datetime import datetime, timedelta

from heroterm.domain.outbox import HELD, QUEUED, VERIFY, Intent

LONGEST_WAIT = timedelta(seconds=3_700)
"""No wait is set further ahead (Retry-After is clamped to an hour); one that is means that the
clock was turned back meanwhile, and the intent may move."""
LONGEST_LOOK = timedelta(seconds=310)
"""The same for one whose arrival is being looked for: that waits five minutes at most."""


def seconds_left(intent: Intent, now: datetime) -> float | None:
    """Seconds until the intent may move, 0 when it may now; None when a person must act first."""
    if intent.state == HELD:
        return max(0.0, (intent.send_after - now).total_seconds())
    if intent.state not in (QUEUED, VERIFY):
        return None
    longest = LONGEST_LOOK if intent.state == VERIFY else LONGEST_WAIT
    if intent.not_before is None or intent.not_before > now + longest:
        return 0.0
    return max(0.0, (intent.not_before - now).total_seconds())


def ready(intent: Intent, now: datetime) -> bool:
    """Whether the intent may move now."""
    return seconds_left(intent, now) == 0.0
