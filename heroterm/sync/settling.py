"""Waits and limits of the push, and its sentences for a person: pure (outbox.md §3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from heroterm.journal.intents import Attempt

SETTLE = timedelta(seconds=120)
"""After this an update under an unchanged stamp is given up for lost (§3 step 5)."""
REPLICA = 5.0
"""Seconds to wait for a replica that lags (§3 step 4)."""
LAG = timedelta(minutes=10)
"""Longer no replica lags: an older ticket without such an audit was moved by something else."""
YOUNG = timedelta(seconds=4)
"""A stamp this young could stay unchanged by our own update (§3 step 7): two seconds, and two
more because the server's clock is known no better than that."""
_LOOKS = (2.0, 5.0, 15.0, 45.0)
_ATTEMPTS = 12
_AGE = timedelta(hours=24)
_RETRY_CEILING = 300.0

NOT_SENT = " It was not sent; your words are kept."
NOT_SURE = " An earlier try may still have arrived: look at the ticket in Zendesk."
NEW_UNDECIDED = (
    "It cannot be told whether this ticket was made; it is not asked for again, lest there be two."
    " Look in Zendesk for a ticket with this subject."
)
UNDECIDED = "It cannot be told whether this arrived: look at the ticket in Zendesk."
TIRED = "Zendesk gave no clear answer, again and again."
CLOSED = "The ticket is closed and takes no more changes; your words are kept. Make a follow-up."
GONE = "Zendesk does not show this ticket any more: deleted, merged or no access."
NO_HISTORY = "Zendesk does not let this sign-in read the ticket's history."


def wait(started_at: datetime, now: datetime) -> float:
    """Seconds until the next look for an attempt that may still land; 0 when its time is over.

    Both moments are the server's. A start in the future means a clock that was turned.
    """
    age = max(timedelta(), now - started_at)
    if age >= SETTLE:
        return 0.0
    left = (SETTLE - age).total_seconds()
    passed = 0.0
    for look in _LOOKS:
        passed += look
        if age.total_seconds() < passed:
            return min(look, left)
    return left


def hopeless(attempts: Sequence[Attempt], now: datetime) -> bool:
    """Whether to stop and ask: over 12 unclear attempts, or a day after the first one, since a
    person last said that it shall be tried.
    """
    unclear = [each for each in attempts if each.outcome == "unclear" and not each.weighed]
    return bool(unclear) and (len(unclear) > _ATTEMPTS or now - unclear[0].started_at > _AGE)


def conflicts(attempts: Sequence[Attempt]) -> int:
    """How many conflicts stand in a row at the end, since a person last had it tried."""
    count = 0
    for attempt in reversed(attempts):
        if attempt.outcome != "conflict" or attempt.weighed:
            break
        count += 1
    return count


def retry(failures: int) -> float:
    """Seconds until the next try after so many failed looks in a row."""
    return min(_RETRY_CEILING, 2.0 ** (1 + min(failures, 20)))
