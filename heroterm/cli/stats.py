"""`heroterm stats`: the week in numbers, as lines, JSON or CSV with stable columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.private_file import private_file
from heroterm.cli.reading import reading
from heroterm.cli.rules import rulebook
from heroterm.cli.table import aligned
from heroterm.cli.verb import verb
from heroterm.cli.weekly import weekly
from heroterm.domain.ages import span
from heroterm.domain.stats import Day, Week
from heroterm.errors import UsageError
from heroterm.rulebook import local_zone

_STANDARD_OUTPUT = Path("-")
_COUNTS = ("created", "first_replies", "sent", "breached", "solved", "picked_out_of_order")


def columns(tiers: int) -> tuple[str, ...]:
    """Stable columns: the day, a column for each tier of the policy in force, the counts."""
    by_tier = (f"tier{number}" for number in range(1, tiers + 1))
    return ("day", *by_tier, *_COUNTS)


@verb("stats")
@click.option("--days", type=click.IntRange(2, 366), default=7, show_default=True, metavar="N")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), metavar="FILE")
def command(call: Invocation, days: int, csv_file: Path | None) -> int:
    """Open tickets by tier, first replies, breaches, picks out of order of the last days.

    FILE may be - for standard output.
    """
    with reading(call) as read:
        book = rulebook(call.paths)
        told = weekly(read.mirror, read.journal, read.now.astimezone(local_zone()), days, book)
    table = _csv(told)
    if csv_file == _STANDARD_OUTPUT:
        call.answer(document(told), table.splitlines())
        return 0
    if csv_file is not None:
        _write(csv_file, table)
        call.say(f"{len(told.days)} days written to {csv_file}.")
    call.answer(document(told), lines(told))
    return 0


def document(told: Week) -> dict[str, Any]:
    """The numbers with stable keys; spans in seconds."""
    own = told.mine
    return {
        "days": [dict(zip(_columns(told), _row(day), strict=True)) for day in told.days],
        "breached_now": told.breached_now,
        "first_reply_median_seconds": _seconds(told.first_reply_median),
        "picked_out_of_order": told.out_of_order,
        "skipped": told.skipped,
        "recalled": told.recalled,
        "sent": told.sent,
        "keys": told.keys,
        "satisfaction": {"good": told.satisfaction[0], "bad": told.satisfaction[1]},
        "mine": {
            "solved": own.solved,
            "tickets": own.tickets,
            "taken_back": own.taken_back,
            "merch": own.merch,
            "first_reply_median_seconds": _seconds(own.first_reply_median),
            "keys_each_ticket": told.keys_each,
        },
    }


def _seconds(length: timedelta | None) -> int | None:
    return int(length.total_seconds()) if length is not None else None


def _columns(told: Week) -> tuple[str, ...]:
    return columns(len(told.days[0].open_by_tier))


def _row(day: Day) -> tuple[object, ...]:
    counts = (day.created, day.first_replies, day.sent, day.breached, day.solved, day.out_of_order)
    return (day.day.isoformat(), *day.open_by_tier, *counts)


def lines(told: Week) -> Iterator[str]:
    """The numbers for a person."""
    tiers = (f"T{number}" for number in range(1, len(told.days[0].open_by_tier) + 1))
    heads = ("day", *tiers, "new", "first replies", "sent here", "breached", "solved", "unordered")
    yield from aligned([heads, *(_row(day) for day in told.days)])
    good, bad = told.satisfaction
    yield (
        f"Everybody: first reply, median: {_median(told.first_reply_median)}. "
        f"Breached now: {told.breached_now}. Ratings: {good} good, {bad} bad."
    )
    own = told.mine
    yield (
        f"You, from here: tickets solved {own.solved}, tickets answered or changed {own.tickets}; "
        f"first reply, median, from anywhere: {_median(own.first_reply_median)}."
    )
    yield (
        f"You: recalled before sending {told.recalled}, taken back afterwards {own.taken_back}, "
        f"picked out of order {told.out_of_order}, skipped with a reason {told.skipped}, "
        f"credits for merch offered {own.merch}."
    )
    if told.keys_each is not None:
        yield f"You: keys pressed at the desk for each of these tickets {told.keys_each}."
    yield (
        "T1 to T4: unsolved tickets of every group, pending and on hold, too; a solved one counts "
        "until its last change, and tiers are those of today."
    )
    yield (
        "Breached: targets that ran out that day and are not met yet, and answers "
        "known to be late. Unordered: picked out of order."
    )


def _median(length: timedelta | None) -> str:
    return span(length) if length is not None else "none yet"


def _csv(told: Week) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_columns(told))
    writer.writerows(_row(day) for day in told.days)
    return text.getvalue()


def _write(path: Path, table: str) -> None:
    try:
        with private_file(path) as file:
            file.write(table.encode())
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror}).", "Name another file: --csv FILE."
        ) from None
