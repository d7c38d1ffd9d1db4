"""`heroterm keys` lists what the one table of commands says, and looks for clashes in it."""

from __future__ import annotations

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.table import aligned
from heroterm.cli.verb import VerbGroup

command = VerbGroup("keys", help="List the keys of the workstation.")


@command.command("list")
@click.pass_obj
def list_keys(call: Invocation) -> int:
    """List every command with its keys and the place where they act."""
    from heroterm.tui import commands as table

    keys = [
        {
            "id": each.id,
            "title": each.title,
            "keys": list(each.keys),
            "key": each.shown_key,
            "where": each.where,
            "help": each.help,
        }
        for each in table.COMMANDS
    ]
    lines: list[str] = []
    for where, words in table.PLACES.items():
        rows = [(f"  {e.shown_key}", e.title, e.id) for e in table.COMMANDS if e.where == where]
        if rows:
            lines += ["", words, *aligned(rows)]
    call.answer({"keys": keys}, lines[1:])
    return 0


@command.command("check")
@click.pass_obj
def check(call: Invocation) -> int:
    """Look for keys that two commands of one place share."""
    from heroterm.tui import commands as table

    found = [{"file": "", "line": 0, "say": say} for say in table.clashes()]
    call.answer({"findings": found}, [str(e["say"]) for e in found] or ["No two commands clash."])
    return 2 if found else 0
