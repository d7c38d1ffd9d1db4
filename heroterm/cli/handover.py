"""`heroterm handover`: may the week end, and the pack for the next hero."""

from __future__ import annotations

from pathlib import Path

import click

from heroterm.cli import pack_files
from heroterm.cli.invocation import Invocation
from heroterm.cli.packing import pack_of
from heroterm.cli.passing_on import pass_on, wanted
from heroterm.cli.reading import reading
from heroterm.cli.verb import verb
from heroterm.domain.handover import LEARNED
from heroterm.domain.pack import document, markdown


@verb("handover")
@click.option("--out", metavar="DIR", help="Write handover.md and handover.json there.")
@click.option("--learned", metavar="TEXT", help="What the next hero should know; kept.")
@click.option(
    "--passed",
    "passings",
    multiple=True,
    metavar="ID=NAME",
    help="Pass a ticket on by an internal note; it counts once the note is sent.",
)
@click.option("--say", metavar="TEXT", default="", help="What those notes say besides.")
def command(
    call: Invocation, out: str | None, learned: str | None, passings: tuple[str, ...], say: str
) -> int:
    """Say whether tiers 1-4 are resolved or passed on, and write the pack."""
    named = wanted(passings)
    with reading(call) as read:
        for ticket_id, _ in named:
            read.ticket(ticket_id)
        notes = [pass_on(call, read, ticket_id, name, say) for ticket_id, name in named]
        if learned is not None:
            read.journal.marks.remember(LEARNED, learned)
        pack = pack_of(call, read)
    written = pack_files.write(Path(out), pack) if out else []
    told = [f"A note for #{note.ticket_id} waits to be sent ({note.id[:8]})." for note in notes]
    answer = {**document(pack), "files": written, "notes": [note.id for note in notes]}
    call.answer(answer, [*markdown(pack), *told, *(f"Written: {path}" for path in written)])
    return 0
