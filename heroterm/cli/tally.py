"""`heroterm tally`: the feature requests that Customer Success tracks, to be copied."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.reading import reading
from heroterm.cli.verb import verb
from heroterm.domain.playbook_offer import ticket_url
from heroterm.domain.tally import Request, markdown
from heroterm.sync.tallied import requests


@verb("tally")
@click.option("--days", type=click.IntRange(1, 366), default=30, show_default=True, metavar="N")
@click.option("--all", "every", is_flag=True, help="Also of organizations that do not pay.")
@click.option("--copy", is_flag=True, help="Put it into the clipboard, too.")
def command(call: Invocation, days: int, every: bool, copy: bool) -> int:
    """List feature requests by paying organization, with link and count."""
    with reading(call) as read:
        found = requests(read.mirror, read.journal, read.now - timedelta(days=days))
    shown = [one for one in found if every or one.paying]
    lines = list(markdown(shown, ticket_url(call.config.account.url, 0)[:-1]))
    if copy and lines:
        _copy(call, "\n".join(lines))
    left = len(found) - len(shown)
    call.answer({"requests": [_document(one) for one in shown]}, _said(lines, days, left))
    return 0


def _said(lines: list[str], days: int, left: int) -> Iterator[str]:
    yield from lines or [f"No paying customer's feature request was filed in {days} days."]
    if left:
        yield f"{left} more of organizations that do not pay: --all lists them."


def _copy(call: Invocation, text: str) -> None:
    from heroterm.tui.clipboard import copier

    way = copier(os.environ)(text)
    call.say(f"Copied {way}." if way else "Not copied: no clipboard can be reached from here.")


def _document(one: Request) -> dict[str, Any]:
    return {
        "organization": one.organization,
        "plan": one.plan,
        "mrr": one.mrr,
        "paying": one.paying,
        "issue": one.issue,
        "tickets": list(one.tickets),
        "count": one.count,
        "told": one.told,
        "last": one.last,
    }
