"""`heroterm takeover`: a colleague's pack against now, ticked line by line, signed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from heroterm.cli import pack_files
from heroterm.cli.intents import Wanted, kept
from heroterm.cli.invocation import Invocation
from heroterm.cli.numbers import WholeNumber
from heroterm.cli.packing import judged
from heroterm.cli.reading import Reading, reading
from heroterm.cli.rules import rulebook
from heroterm.cli.verb import verb
from heroterm.domain.ages import clock_day
from heroterm.domain.outbox import InternalNote
from heroterm.domain.pack import Pack, document
from heroterm.domain.takeover import (
    Compared,
    Takeover,
    compare,
    sign_off,
    signed_words,
    taking_words,
)
from heroterm.domain.text import shown
from heroterm.errors import RefusedByRule, UsageError
from heroterm.journal import taking_over
from heroterm.rulebook import Rulebook, local_zone


@verb("takeover")
@click.argument("pack", required=False, type=click.Path(path_type=Path))
@click.option("--tick", "ticks", multiple=True, type=WholeNumber(), metavar="ID", help="I take it.")
@click.option("--all", "every", is_flag=True, help="I take all of it.")
@click.option("--sign", is_flag=True, help="Sign off; refused while a line is not ticked.")
@click.option("--note", is_flag=True, help="When signing, an internal note on each ticket, too.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the result.")
def command(
    call: Invocation,
    pack: Path | None,
    ticks: tuple[int, ...],
    every: bool,
    sign: bool,
    note: bool,
    out: Path | None,
) -> int:
    """Take over a week: the pack of handover.json against now; without a file the last one."""
    read_in = pack_files.read_file(pack) if pack is not None else None
    with reading(call) as read:
        taken = _begun(read, read_in)
        if (ticks or every or sign) and (done := signed_words(taken)):
            raise RefusedByRule(done, "Name the pack that is to be taken over.", rule="takeover")
        compared = compared_with(call, read, taken.pack)
        taken = _ticked(read, taken, compared, ticks, every, call.clock())
        compared = compared_with(call, read, taken.pack)
        notes = []
        if sign:
            taken = _signed(read, taken, compared, call.clock())
            notes = _notes(call, read, taken, compared) if note else []
        day = clock_day(read.now, local_zone())
        lines = list(sign_off(taken, compared, read.state.user_name, day))
    if out is not None:
        _write(out, lines)
    call.answer({**result(taken, compared), "notes": notes}, lines)
    return 0


def _begun(read: Reading, pack: Pack | None) -> Takeover:
    if pack is None:
        found = taking_over.kept(read.journal)
        if found is None:
            raise UsageError("No pack was taken up here yet.", "heroterm takeover handover.json")
        return found
    refuse_other_account(pack, read.state.account)
    return taking_over.begin(read.journal, pack)


def refuse_other_account(pack: Pack, account: str) -> None:
    """Numbers mean nothing in another account. Raises UsageError."""
    if pack.account != account:
        raise UsageError(
            f"This pack is of {pack.account or 'no account'}, and here is {account}.",
            "Nothing was taken over.",
        )


def compared_with(
    call: Invocation, read: Reading, pack: Pack, book: Rulebook | None = None
) -> Compared:
    """The pack against what the mirror and this home's own check say now, by a rulebook; None: by
    the files as they are. Raises StoreError.
    """
    rows = ((e.ticket, read.mirror.row(e.ticket, read.overlay)) for e in pack.open_work)
    held = {id_: row for id_, row in rows if row is not None}
    red = judged(call, read, (book or rulebook(call.paths)).tiers).red
    return compare(pack, held, [item.row for item in red])


def _ticked(
    read: Reading,
    taken: Takeover,
    compared: Compared,
    ticks: tuple[int, ...],
    every: bool,
    at: datetime,
) -> Takeover:
    by_ticket = {one.entry.ticket: one for one in compared.differences}
    for ticket_id in ticks:
        if ticket_id not in by_ticket:
            raise UsageError(f"#{ticket_id} is none of the pack's open work.", "Nothing ticked.")
    for one in compared.left(taken.ticks):
        if every or one.entry.ticket in ticks:
            taken = taking_over.tick(read.journal, taken, one, at)
    return taken


def _signed(read: Reading, taken: Takeover, compared: Compared, at: datetime) -> Takeover:
    signed = taking_over.sign(read.journal, taken, compared, at)
    if signed is None:
        left = ", ".join(f"#{one.entry.ticket}" for one in compared.left(taken.ticks))
        raise RefusedByRule(
            f"Not signed: {left} not ticked yet.", "Tick each with --tick ID.", rule="takeover"
        )
    return signed


def _notes(call: Invocation, read: Reading, taken: Takeover, compared: Compared) -> list[str]:
    words = taking_words(taken.pack.hero, read.state.user_name)
    wanted = Wanted(InternalNote(words))
    ids = compared.to_note(taken.ticks)
    return [kept(call, read, read.ticket(id_), wanted).id for id_ in ids]


def result(taken: Takeover, compared: Compared) -> dict[str, Any]:
    """The take-over as a document with stable keys."""
    return {
        "from": taken.pack.hero,
        "pack_made_at": taken.pack.made_at,
        "signed_at": taken.signed_at,
        "left": [one.entry.ticket for one in compared.left(taken.ticks)],
        "open_work": [
            {
                "ticket": one.entry.ticket,
                "tier": one.entry.tier,
                "title": one.entry.title,
                "say": one.entry.say,
                "now": one.now,
                "over": one.over,
                "ticked_at": taken.ticks.get(one.entry.ticket),
            }
            for one in compared.differences
        ],
        "fresh": [{"ticket": r.id, "tier": r.tier, "title": r.title} for r in compared.fresh],
        "pack": document(taken.pack),
    }


def _write(path: Path, lines: list[str]) -> None:
    try:
        path.write_text("\n".join(shown(line) for line in lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror}).", "Name another file with --out."
        ) from None
