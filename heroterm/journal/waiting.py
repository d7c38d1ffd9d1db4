"""When a waiting intent may move: pure, from the intent and the moment."""

from __future__ import annotations

from datetime import datetime, timedelta

from heroterm.domain.outbox import HELD, QUEUED, VERIFY, Intent

LONGEST_WAIT = timedelta(seconds=3_700)
"""No wait is set further ahead (Retry-After is clamped to an hour); one that is means that the
clock was turned back meanwhile, and the intent may move."""
LONGEST_LOOK = timedelta(seconds=310)
"""The same for one whose arrival is being looked for: that waits five minutes at most."""
LONGEST_HOLD = timedelta(hours=1)
"""A hold of no more than this is counted down and promises so many seconds; a longer one promises
a moment of the clock, whatever the clock says meanwhile."""


def until(intent: Intent, now: datetime) -> datetime:
    """The moment at which a hold is over: its whole length from `now` on, where the clock was
    turned back to before it began, for how much of it has passed is not known then.
    """
    began = intent.not_before or intent.created_at  # a hold that began anew says so there
    hold = intent.send_after - began
    return now + hold if now < began and hold <= LONGEST_HOLD else intent.send_after


def turned_back(intent: Intent, now: datetime) -> bool:
    """Whether the clock was turned back to before its hold began, which must begin anew."""
    return until(intent, now) != intent.send_after


def seconds_left(intent: Intent, now: datetime) -> float | None:
    """Seconds until the intent may move, 0 when it may now, or its hold must begin anew; None when
    a person must act first.
    """
    if intent.state == HELD:
        if turned_back(intent, now):
            return 0.0
        return max(0.0, (intent.send_after - now).total_seconds())
    if intent.state not in (QUEUED, VERIFY):
        return None
    longest = LONGEST_LOOK if intent.state == VERIFY else LONGEST_WAIT
    if intent.not_before is None or intent.not_before > now + longest:
        return 0.0
    return max(0.0, (intent.not_before - now).total_seconds())


def ready(intent: Intent, now: datetime) -> bool:
    """Whether something is to be done about the intent now."""
    return seconds_left(intent, now) == 0.0
