"""`heroterm search`: the mirror's full-text search, with Zendesk's words."""

from __future__ import annotations

from dataclasses import asdict

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.numbers import WholeNumber
from heroterm.cli.reading import reading
from heroterm.cli.table import aligned
from heroterm.cli.verb import verb
from heroterm.errors import UsageError
from heroterm.mirror.search import search


@verb("search")
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--limit",
    type=WholeNumber(1, 1_000),
    default=50,
    show_default=True,
    metavar="N",
    help="At most so many tickets, up to 1,000.",
)
@click.option("--server", is_flag=True, help="Comes with a later version: ask Zendesk itself.")
def command(call: Invocation, query: tuple[str, ...], limit: int, server: bool) -> int:
    """Search tickets, comments and people: words, "exact words", status:open, org:name, tag:x."""
    if server:
        raise UsageError(
            "Searching on the server comes with a later version.",
            "Leave --server out: the mirror holds every ticket that was synced.",
        )
    with reading(call) as read:
        found = search(read.mirror, " ".join(query), limit)
        hits = [asdict(hit) for hit in found.hits]
        document = {"query": found.query, "explained": list(found.explained), "hits": hits}
        rows = [(f"#{hit['id']}", hit["subject"], hit["snippet"]) for hit in hits]
        lines = [*found.explained, *aligned(rows)]
        call.answer(document, lines if rows else [*lines, "No ticket matches."])
    return 0
