"""The week's numbers out of one home's mirror and journal: for the verb and for the screen."""

from __future__ import annotations

from datetime import datetime, timedelta

from heroterm.domain.stats import Said, Week, day_ends, keys_of, mine, week
from heroterm.domain.view import Overlay, View
from heroterm.journal.database import Journal
from heroterm.mirror import figures
from heroterm.mirror.reader import Mirror
from heroterm.rulebook import Rulebook

_ENTRIES = 100_000


def weekly(mirror: Mirror, journal: Journal, now: datetime, days: int, book: Rulebook) -> Week:
    """Numbers of the last `days` days; `now` is aware, in the zone whose days are meant; `book`
    knows the last tier of the policy in force, and the hours of work.

    Raises StoreError.
    """
    ends = day_ends(now, days)
    start = ends[0] - timedelta(days=1)
    status, intent = journal.outbox.overlay_parts()
    overlay = Overlay(journal.marks.tier1(), status, intent)
    dates = [start.date() + timedelta(days=n) for n in range(days)]
    connection, me = mirror.connection, mirror.state().user_id
    answered = figures.first_replies(connection, start)
    by_me = [(born, at) for born, at, who in answered if who == me]
    return week(
        ends,
        [figures.open_by_tier(connection, at) for at in ends],
        figures.created(connection, ends, start),
        [(born, at) for born, at, _ in answered],
        [Said(entry.at, entry.what) for entry in journal.trail.list(_ENTRIES)],
        breached_now=mirror.counts(View(sections=(0,)), overlay, now=now).breached,
        breaches=figures.breaches(connection, start, now, book.hours(mirror.schedules())),
        solved=figures.solved(connection, start),
        satisfaction=figures.satisfaction(connection, start),
        keys=sum(journal.marks.count(keys_of(day)) for day in dates),
        mine=mine(journal.outbox.list(all=True), by_me, start, now, book.tone.merch),
        last=book.tiers.last,
    )
