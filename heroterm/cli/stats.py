"""`heroterm stats`: the week in numbers, as lines, JSON or CSV with stable columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
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

_COUNTS = ("created", "first_replies", "sent", "breached", "solved", "picked_out_of_order")


def columns(tiers: int) -> tuple[str, ...]:
    """Stable columns: the day, a column for each tier of the policy in force, the counts."""
    by_tier = (f"tier{number}" for number in range(1, tiers + 1))
    return ("day", *by_tier, *_COUNTS)


@verb("stats")
@click.option("--days", type=click.IntRange(2, 366), default=7, show_default=True, metavar="N")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), metavar="FILE")
def command(call: Invocation, days: int, csv_file: Path | None) -> int:
    """Open tickets by tier, first replies, breaches, picks out of order of the last days."""
    with reading(call) as read:
        book = rulebook(call.paths)
        told = weekly(read.mirror, read.journal, read.now.astimezone(), days, book)
    if csv_file is not None:
        _write(csv_file, told)
        call.say(f"{len(told.days)} days written to {csv_file}.")
    call.answer(document(told), lines(told))
    return 0


def document(told: Week) -> dict[str, Any]:
    """The numbers with stable keys; spans in seconds."""
    median = told.first_reply_median
    return {
        "days": [dict(zip(_columns(told), _row(day), strict=True)) for day in told.days],
        "breached_now": told.breached_now,
        "first_reply_median_seconds": int(median.total_seconds()) if median is not None else None,
        "picked_out_of_order": told.out_of_order,
        "skipped": told.skipped,
        "recalled": told.recalled,
        "sent": told.sent,
        "keys": told.keys,
        "satisfaction": {"good": told.satisfaction[0], "bad": told.satisfaction[1]},
    }


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
    median = span(told.first_reply_median) if told.first_reply_median is not None else "none yet"
    yield f"First reply, median: {median}. Breached now: {told.breached_now}."
    yield (
        f"Picked out of order {told.out_of_order}, skipped with a reason {told.skipped}, "
        f"recalled before sending {told.recalled}. Ratings: {told.satisfaction[0]} good, "
        f"{told.satisfaction[1]} bad."
    )
    if told.keys_each is not None:
        yield f"Keys pressed at the desk for each that left: {told.keys_each}."
    yield "A solved ticket counts as open until its last change; tiers are those of today."
    yield (
        "Breached: targets that ran out that day and are not met yet, and answers "
        "known to be late. Unordered: picked out of order."
    )


def _write(path: Path, told: Week) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_columns(told))
    writer.writerows(_row(day) for day in told.days)
    try:
        with private_file(path) as file:
            file.write(text.getvalue().encode())
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror}).", "Name another file: --csv FILE."
        ) from None
