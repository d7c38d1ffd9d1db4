"""`heroterm next`: the one ticket that policy says is next, and why."""

from __future__ import annotations

from datetime import timedelta

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.queue import freshness, rows_of
from heroterm.cli.reading import Reading, reading, view_of
from heroterm.cli.rules import rulebook
from heroterm.cli.verb import verb
from heroterm.domain.priority import Choice, by_server, next_ticket
from heroterm.errors import UsageError


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
        choice = chosen(call, read)
        found = choice.row.id if choice.row else None
        trace = list(choice.trace)
        lines = [f"#{choice.row.id}  {choice.row.title}"] if choice.row else []
        lines += [choice.why, *(f"  {line}" for line in trace if explain), freshness(read)]
        call.answer({"id": found, "why": choice.why, "trace": trace}, lines)
    return 0


def chosen(call: Invocation, read: Reading) -> Choice:
    """The choice of the policy as the mirror, the marks and the skips stand now."""
    rows = rows_of(read, view_of(call, read, None))
    tiers = rulebook(call.paths).tiers
    offset = timedelta(seconds=read.state.clock_offset)
    skips = by_server(read.journal.marks.skips(), offset)
    return next_ticket(rows, now=read.now, skips=skips, rules=tiers)


def _skip(word: str) -> tuple[int, str]:
    number, _, reason = word.partition("=")
    if not number.lstrip("#").isdecimal() or not reason.strip():
        raise UsageError(
            f"{word!a} is no skip.", 'Write the ticket and a reason: --skip 48213="waits for Kim".'
        )
    return int(number.lstrip("#")), reason.strip()
