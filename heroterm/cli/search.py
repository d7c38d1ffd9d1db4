"""`heroterm search`: the mirror's full-text search, with Zendesk's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.numbers import WholeNumber
from heroterm.cli.reading import dated, reading
from heroterm.cli.table import aligned
from heroterm.cli.verb import verb
from heroterm.errors import Offline
from heroterm.mirror.search import SearchHit, SearchResult, search


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
@click.option("--server", is_flag=True, help="Ask Zendesk, too; what it finds is kept.")
def command(call: Invocation, query: tuple[str, ...], limit: int, server: bool) -> int:
    """Search tickets, comments and people: words, "exact words", status:open, org:name, tag:x."""
    asked = " ".join(query)
    with reading(call) as read:
        told, why = _from_server(call, asked, limit) if server else ([], "")
        found = search(read.mirror, dated(call, read, asked), limit)
        hits = [{**asdict(hit), "server": hit.id in told} for hit in found.hits]
        here = {hit.id for hit in found.hits}
        for id_ in told:
            if id_ not in here and (ticket := read.mirror.ticket(id_)) is not None:
                only = SearchHit(id_, ticket.subject, where="server")
                hits.append({**asdict(only), "server": True})
        document: dict[str, Any] = {
            "query": asked,
            "explained": list(found.explained),
            "hits": hits,
        }
        if server:
            document["server_trouble"] = why or None
        call.answer(document, _lines(found, hits, why))
    return Offline.exit_code if why else 0


def _from_server(call: Invocation, query: str, limit: int) -> tuple[list[int], str]:
    """What Zendesk finds, or the sentence why it was not asked; the mirror answers all the same."""
    from heroterm.cli.on_demand import on_demand

    try:
        with on_demand(call) as asked:
            return asked.found(query, limit), ""
    except Offline:
        return [], "Zendesk cannot be reached: this is what the mirror holds."


def _lines(found: SearchResult, hits: list[dict[str, Any]], why: str) -> Iterator[str]:
    yield from found.explained
    if why:
        yield f"! {why}"
    marked = any(hit["server"] for hit in hits)
    rows = []
    for hit in hits:
        mark = ["srv" if hit["server"] else ""] if marked else []
        rows.append((f"#{hit['id']}", *mark, hit["subject"], hit["snippet"]))
    yield from aligned(rows) if rows else ["No ticket matches."]
