"""`heroterm next`: the one ticket that policy says is next, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.queue import freshness
from heroterm.cli.reading import Reading, reading, view_of
from heroterm.cli.rules import rulebook
from heroterm.cli.verb import verb
from heroterm.domain.pauses import pause_words
from heroterm.domain.priority import Choice, choose
from heroterm.domain.sla import clock_lines
from heroterm.domain.ticket_number import number_of
from heroterm.domain.view import POLICY
from heroterm.errors import UsageError
from heroterm.rulebook import Rulebook, local_zone
from heroterm.sync.waking import passed_over, waits


@verb("next")
@click.option("--explain", is_flag=True, help="Say rule by rule what decided.")
@click.option(
    "--skip",
    "skips",
    multiple=True,
    metavar="ID=REASON",
    help="Pass a ticket over until something changes on it; the reason is kept.",
)
def command(call: Invocation, explain: bool, skips: tuple[str, ...]) -> int:
    """Say which ticket comes next: tier first, then the nearest breach (handbook)."""
    wanted = [_skip(word) for word in skips]
    with reading(call) as read:
        for ticket_id, reason in wanted:
            read.ticket(ticket_id)
            read.journal.marks.skip(ticket_id, reason)
        book = rulebook(call.paths)
        choice = chosen(call, read, book)
        found = choice.row.id if choice.row else None
        trace = (
            [*choice.trace, *_clocks(read, choice.row.id, book)] if choice.row else [*choice.trace]
        )
        lines = [f"#{choice.row.id}  {choice.row.title}"] if choice.row else []
        lines += [choice.why, *(f"  {line}" for line in trace if explain), freshness(read)]
        call.answer({"id": found, "why": choice.why, "trace": trace}, lines)
    return 0


def chosen(call: Invocation, read: Reading, book: Rulebook) -> Choice:
    """The choice of the policy as the mirror, the marks and the skips stand now."""
    offset = timedelta(seconds=read.state.clock_offset)
    view = replace(view_of(call, read, None), sections=(0,), order=POLICY)
    overlay, now = read.overlay, call.clock()
    standing = waits(read.journal, read.mirror, now, offset)
    return choose(
        lambda start, limit: read.mirror.queue(view, overlay, offset=start, limit=limit),
        now=read.now,
        skips=passed_over(read.journal, standing, now, offset, local_zone()),
        rules=book.tiers,
    )


def _clocks(read: Reading, ticket_id: int, book: Rulebook) -> list[str]:
    """The chosen ticket's clocks with their targets, and how often they stood still."""
    told = clock_lines(read.ticket(ticket_id).slas, read.now, book.hours(read.mirror.schedules()))
    audits = read.mirror.history(ticket_id).audits
    paused = pause_words(audits, book.targets.pausing, read.now)
    return [f"Clock: {line}." for line in [*told, paused] if line]


def _skip(word: str) -> tuple[int, str]:
    said, _, reason = word.partition("=")
    number = number_of(said)
    if number is None or not reason.strip():
        raise UsageError(
            f"{word!a} is no skip.", 'Write the ticket and a reason: --skip 48213="waits for Kim".'
        )
    return number, reason.strip()
