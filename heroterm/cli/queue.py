"""`heroterm queue`: the queue in the order of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click

from heroterm.cli.documents import flags, row_document
from heroterm.cli.fetching import bring_view
from heroterm.cli.invocation import Invocation
from heroterm.cli.known import Known
from heroterm.cli.numbers import WholeNumber
from heroterm.cli.reading import Reading, reading, view_of
from heroterm.cli.table import aligned
from heroterm.cli.verb import verb
from heroterm.domain.ages import ago
from heroterm.domain.sla import countdown
from heroterm.domain.source import BADGES
from heroterm.domain.view import Overlay, Row, View
from heroterm.errors import Offline

_PAGE = 500


@verb("queue")
@click.option(
    "--view",
    "view_name",
    metavar="NAME",
    type=Known("queues"),
    help="A queue of yours, or a view in Zendesk.",
)
@click.option("--limit", type=WholeNumber(), metavar="N", help="At most so many tickets.")
@click.option("--server", is_flag=True, help="Ask Zendesk for the tickets of its view first.")
@click.option("--all", "every", is_flag=True, help="Every unsolved ticket of the account.")
def command(
    call: Invocation, view_name: str | None, limit: int | None, server: bool, every: bool
) -> int:
    """List the queue in the order of the screen: section, tier, nearest breach."""
    with reading(call) as read:
        view = view_of(call, read, view_name, every=every)
        why = bring_view(call, view) if server else ""
        if why:
            call.say(why)
        explained = read.mirror.explained(view)
        for line in explained:
            call.say(line)
        rows = rows_of(read, view, limit)
        stale = None
        if read.state.synced_at is not None:
            stale = int((read.now - read.state.synced_at).total_seconds())
        document = {
            "as_of": read.state.synced_at,
            "stale_seconds": stale,
            "offline_since": read.state.offline_since,
            "trouble": read.state.trouble,
            "view": view.name,
            "explained": explained,
            "server_trouble": why or None,
            "tickets": [row_document(row, read.now) for row in rows],
        }
        call.answer(document, _lines(rows, read))
    return Offline.exit_code if why else 0


def rows_of(
    read: Reading, view: View, limit: int | None = None, overlay: Overlay | None = None
) -> list[Row]:
    """The rows of a queue from its top, page by page; as the screen lays them, or under another
    overlay.
    """
    rows: list[Row] = []
    overlay = read.overlay if overlay is None else overlay
    while limit is None or len(rows) < limit:
        wanted = _PAGE if limit is None else min(_PAGE, limit - len(rows))
        page = read.mirror.queue(view, overlay, offset=len(rows), limit=wanted)
        rows += page
        if len(page) < wanted:
            break
    return rows


def _lines(rows: list[Row], read: Reading) -> Iterator[str]:
    if rows:
        yield from aligned([_cells(row, read.now) for row in rows])
    else:
        yield "This queue holds no tickets."
    yield freshness(read)


def _cells(row: Row, now: datetime) -> tuple[object, ...]:
    clock = countdown(row.metric, row.stage, row.breach_at, now, estimated=row.estimated).text
    who = f"{row.requester} · {row.organization}" if row.organization else row.requester
    return (
        f"T{row.tier}",
        row.status,
        BADGES.get(row.source, row.source),
        clock.strip(),
        f"#{row.id}",
        row.title,
        who,
        " ".join(flags(row)),
    )


def freshness(read: Reading) -> str:
    """How old the mirror is, in words."""
    synced = read.state.synced_at
    age = "never synced whole" if synced is None else f"synced {ago(synced, read.now)}"
    offline = read.state.offline_since
    return f"({age}; offline since {ago(offline, read.now)})" if offline else f"({age})"
