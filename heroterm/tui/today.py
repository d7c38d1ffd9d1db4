"""What was done at this desk today and this week: for the top line and the foot of the queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from heroterm.domain.record import record
from heroterm.domain.stats import OUT_OF_ORDER, median_wait
from heroterm.domain.zone import LOCAL
from heroterm.journal.database import Journal
from heroterm.journal.trail import Entry
from heroterm.mirror.figures import first_replies
from heroterm.mirror.reader import Mirror


@record(frozen=True, slots=True)
class Done:
    """Counted by this machine's clock and days."""

    answered: int = 0
    """Tickets that had a public reply from here since midnight."""
    waited: timedelta | None = None
    """Half of those whose first answer it was waited less long for it; None without any."""
    picked: Sequence[Entry] = ()
    """What was picked out of order since Monday, newest first."""


def done(journal: Journal | None, mirror: Mirror | None, now: datetime) -> Done:
    """Ask journal and mirror; nothing is known while there is no journal. Raises StoreError."""
    if journal is None:
        return Done()
    midnight = now.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    sent = journal.outbox.sent_since(midnight)
    answered = {each.ticket_id for each in sent if each.kind == "public_reply"}
    monday = midnight - timedelta(days=midnight.weekday())
    waited = _waited(mirror, answered, midnight) if mirror is not None and answered else None
    return Done(len(answered), waited, tuple(journal.trail.since(monday, OUT_OF_ORDER)))


def _waited(mirror: Mirror, tickets: set[int], since: datetime) -> timedelta | None:
    """The median from a ticket's creation to its first answer, of those that came since then."""
    replies = first_replies(mirror.connection, since, tickets)
    return median_wait((born, at) for born, at, _ in replies if at >= since)


def picked_words(picked: Sequence[Entry]) -> str:
    """For the foot of the queue: how often, and what it was last; "" where all was in order."""
    if not picked:
        return ""
    last, others = picked[0], "" if len(picked) == 1 else "last "
    instead, _, _ = last.detail.partition(" ")  # "#5 (T1) was next"
    said = f"{others}#{last.ticket_id}, {instead} was next"
    return f" picked out of order this week: {len(picked)} ({said})"
