"""`heroterm rotation`: whose week it is and whose comes next; keeps the token that reads it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.rota_source import keep, none_configured, read
from heroterm.cli.table import aligned
from heroterm.cli.verb import verb
from heroterm.config import Rotation
from heroterm.domain.ages import ago, exact
from heroterm.domain.rotation import SWAPS, Rota, document, turn_document, words
from heroterm.errors import UsageError
from heroterm.rulebook import local_zone


@verb("rotation")
@click.option("--now", "fresh", is_flag=True, help="Read it now; nothing of it is kept.")
@click.option("--token-stdin", is_flag=True, help="Keep a token, or a calendar's secret address.")
@click.option("--token-file", is_flag=True, help="Keep it in a private file if need be.")
def command(call: Invocation, fresh: bool, token_stdin: bool, token_file: bool) -> int:
    """Say who is Support Hero now and next. It is read, never changed.

    PagerDuty: [rotation] schedule = "PABC123", and a read-only API key by --token-stdin.
    A calendar: [rotation] calendar = "rota.ics" or "https://…". The carrier reads it now and then.
    """
    wanted = call.config.rotation
    if token_stdin:
        return _keep(call, wanted, token_file)
    rota = read(call, wanted) if fresh else _mirrored(call, wanted)
    call.answer(_document(rota, call.clock()), _lines(rota, call.clock()))
    return 0


def _mirrored(call: Invocation, wanted: Rotation) -> Rota:
    if not (wanted.schedule or wanted.calendar):
        raise none_configured(call)
    if call.paths.mirror.exists():
        from heroterm.cli.mirrors import open_mirror

        mirror = open_mirror(call.paths.mirror)
        try:
            held = mirror.state().rota
        finally:
            mirror.close()
        if held is not None:
            return held
    raise UsageError(
        "The rota has not been read yet.", "`heroterm rotation --now` reads it; so does `sync`."
    )


def _keep(call: Invocation, wanted: Rotation, allow_file: bool) -> int:
    token = sys.stdin.readline(4_096).strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError("That is no token; nothing was changed.", "Copy it whole, on one line.")
    call.paths.make()
    say = keep(call, wanted, token, allow_file=allow_file)
    call.answer({"kept": say}, [say])
    return 0


def _document(rota: Rota, now: datetime) -> dict[str, Any]:
    here, then = rota.now(now), rota.next(now)
    age = None if rota.read_at is None else int((now - rota.read_at).total_seconds())
    return {
        **document(rota),
        "now": here and {**turn_document(here), "until": rota.until(now)},
        "next": then and turn_document(then),
        "age_seconds": age,
        "advice": SWAPS,
    }


def _lines(rota: Rota, now: datetime) -> Iterator[str]:
    zone = local_zone()
    yield f"{rota.source or 'rota'}: {words(rota, now, zone)}"
    if rota.trouble:
        yield f"The last look failed: {rota.trouble}"
    if rota.read_at is not None:
        yield f"Read {ago(rota.read_at, now)}."
    rows = [
        (turn.who, exact(turn.begins, zone), exact(turn.ends, zone), "swapped" * turn.swapped)
        for turn in rota.turns
        if turn.ends > now
    ]
    if rows:
        yield ""
        yield from aligned(rows[:12])
        yield ""
    yield SWAPS
