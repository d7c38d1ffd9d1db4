"""The parts below a queue's usual rows: wakes today, On-Hold, auto-solve within a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from heroterm.domain.lifecycle import LifecycleNumbers
from heroterm.domain.view import POLICY, SINCE, Row, View
from heroterm.domain.watches import SOON, Block, auto_solving, on_hold, wakes_today, without
from heroterm.domain.zone import LOCAL
from heroterm.tui.reading import Reading

_MOST = 200


def blocks(reading: Reading, view: View, numbers: LifecycleNumbers | None) -> list[Block]:
    """The parts that hold any ticket. Raises StoreError.

    A queue that the hero ordered otherwise is one list, as it was asked for.
    """
    if view.order != POLICY or view.sections != (0, 1, 2):
        return []
    numbers = numbers or LifecycleNumbers()
    now, zone = reading.now(), LOCAL
    waking = wakes_today(_waiting(reading, view), reading.waits, now, zone)
    held = reading.queue(replace(view, sections=(2,), order=SINCE), 0, _MOST)
    since = now + SOON - timedelta(days=numbers.auto_solve_days)
    pending = replace(view, sections=(1,), order=SINCE, since_before=since)
    solving = reading.queue(pending, 0, _MOST)
    made = [waking, on_hold(without(held, [waking]), now)]
    made.append(auto_solving(without(solving, [waking]), numbers, now, zone))
    return [block for block in made if block.rows]


def _waiting(reading: Reading, view: View) -> list[Row]:
    """Pending and On-Hold tickets with a wait; an open one stays where the policy puts it."""
    ids = reading.among(replace(view, sections=(1, 2)), reading.waits)
    rows = (reading.row(id_) for id_ in sorted(ids))
    return [row for row in rows if row is not None]
