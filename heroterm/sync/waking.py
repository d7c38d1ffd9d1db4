"""Waits held against the mirror: which are over, and which keep a ticket out of "next".

Used by the carrier, which wakes them, and by whoever shows them: what is over is over for both at
the same moment, whether or not a carrier is at work.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

from heroterm.domain.contact import answered
from heroterm.domain.priority import Skip, by_server
from heroterm.domain.waits import woken, words
from heroterm.domain.watches import Waiting
from heroterm.journal.database import Journal
from heroterm.mirror.contacts import contacts
from heroterm.mirror.reader import Mirror


def waits(journal: Journal, mirror: Mirror, now: datetime, offset: timedelta) -> dict[int, Waiting]:
    """Every wait by ticket, those that are over first. `now` is this machine's clock; `offset` is
    what the server's is ahead of it. Raises StoreError.
    """
    kept = journal.waits.list()
    said = contacts(mirror.connection, [wait.ticket_id for wait in kept]) if kept else {}
    made = [Waiting(each, woken(each, now, answered(each, said, offset))) for each in kept]
    return {each.wait.ticket_id: each for each in sorted(made, key=lambda each: not each.why)}


def passed_over(
    journal: Journal,
    standing: Mapping[int, Waiting],
    now: datetime,
    offset: timedelta,
    zone: tzinfo,
) -> dict[int, Skip]:
    """Tickets that are not next: skipped until something changes, waiting (`standing`, as `waits`
    gives them), or passed on to the next hero. Raises StoreError.
    """
    found = by_server(journal.marks.skips(), offset)
    for ticket_id, waiting in standing.items():
        if not waiting.why:
            found[ticket_id] = Skip(words(waiting.wait.wake, now, zone), waits=True)
    for ticket_id, passing in journal.week.passed().items():
        found[ticket_id] = Skip(f"passed on to {passing.name}")
    return found
