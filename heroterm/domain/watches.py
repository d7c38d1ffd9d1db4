"""Parts of a queue that are easily overlooked: On-Hold, waits that are over today, auto-solving.

Handbook: "On-Hold tickets are too easily overlooked"; "when a user doesn't reply to a Pending
ticket within 7 days, the ticket is auto-solved".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from heroterm.domain.ages import short
from heroterm.domain.lifecycle import LifecycleNumbers
from heroterm.domain.view import Row
from heroterm.domain.waits import Wait

SOON = timedelta(hours=24)
"""A ticket that is solved by itself sooner than this is worth a look."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A wait as it stands now; `why` says why it is over, "" while it is not."""

    wait: Wait
    why: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under a heading of their own, and what stands in each one's column of time."""

    heading: str
    rows: tuple[Row, ...]
    due: Mapping[int, str] = field(default_factory=dict)


def since(row: Row) -> datetime:
    """Since when a ticket has its status, as far as that is known."""
    return row.status_since or row.updated_at


def lasts(row: Row, now: datetime) -> timedelta:
    """For how long a ticket has had its status: not yet, where that waits to be sent."""
    return timedelta() if row.unsent else now - since(row)


def auto_solves_at(row: Row, numbers: LifecycleNumbers) -> datetime:
    """When a pending ticket will be solved if nobody writes."""
    return since(row) + timedelta(days=numbers.auto_solve_days)


def on_hold(rows: Iterable[Row], now: datetime) -> Block:
    """Tickets On-Hold, the one that is so longest first."""
    held = sorted(rows, key=lambda row: (-lasts(row, now), row.id))
    ages = {row.id: short(lasts(row, now)) for row in held}
    return Block(f"On-Hold, oldest first ({len(held)})", tuple(held), ages)


def wakes_today(
    rows: Iterable[Row], waits: Mapping[int, Waiting], now: datetime, zone: tzinfo
) -> Block:
    """Tickets whose wait is over, and those that wake by the end of the day; the first first."""
    today = now.astimezone(zone).date()
    due: dict[int, str] = {}
    order: dict[int, tuple[bool, float]] = {}
    for row in rows:
        waiting = waits.get(row.id)
        if waiting is None:
            continue
        until = waiting.wait.wake.until
        if waiting.why:
            due[row.id], order[row.id] = "WOKE", (False, waiting.wait.set_at.timestamp())
        elif until is not None and until.astimezone(zone).date() <= today:
            due[row.id], order[row.id] = clock(until, now, zone), (True, until.timestamp())
    shown = sorted((row for row in rows if row.id in due), key=lambda row: order[row.id])
    return Block(f"Wakes today ({len(shown)})", tuple(shown), due)


def auto_solving(
    rows: Iterable[Row], numbers: LifecycleNumbers, now: datetime, zone: tzinfo
) -> Block:
    """Pending tickets that are solved by themselves within a day, the first first."""
    pending = (row for row in rows if not row.unsent)
    soon = [row for row in pending if auto_solves_at(row, numbers) <= now + SOON]
    soon.sort(key=lambda row: (auto_solves_at(row, numbers), row.id))
    due = {row.id: clock(auto_solves_at(row, numbers), now, zone) for row in soon}
    return Block(f"Auto-solve within 24 h ({len(soon)})", tuple(soon), due)


def clock(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A moment within a day by the clock: "09:00"; "now" once it is past."""
    return "now" if at <= now else f"{at.astimezone(zone):%H:%M}"


def without(rows: Sequence[Row], blocks: Iterable[Block]) -> list[Row]:
    """The rows that stand in none of the blocks."""
    shown = {row.id for block in blocks for row in block.rows}
    return [row for row in rows if row.id not in shown]
