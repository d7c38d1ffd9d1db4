"""`heroterm keys`: the keys of this home, what is wrong with one's own, what arrives."""

from __future__ import annotations

import sys

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.table import aligned
from heroterm.cli.verb import VerbGroup
from heroterm.errors import UsageError

command = VerbGroup("keys", help="List, check or try the keys of the workstation.")


@command.command("list")
@click.pass_obj
def list_keys(call: Invocation) -> int:
    """List every command with its keys and the place where they act."""
    from heroterm.cli import keymap_file
    from heroterm.tui import commands as table

    keymap = keymap_file.of(call)
    keys = [
        {
            "id": each.id,
            "title": each.title,
            "keys": list(each.keys),
            "key": keymap.route(each),
            "where": each.where,
            "help": keymap.told(each.help),
            "own": each.keys != table.BY_ID[each.id].keys,
        }
        for each in keymap.commands
    ]
    call.answer({"keys": keys}, key_lines(call))
    return 0


def key_lines(call: Invocation) -> list[str]:
    """The keys of this home for a person, place by place."""
    from heroterm.cli import keymap_file
    from heroterm.tui import commands as table

    keymap = keymap_file.of(call)
    lines: list[str] = []
    for where in table.PLACES:
        rows = [(f"  {keymap.route(e)}", e.title, e.id) for e in keymap.of(where)]
        if rows:
            lines += ["", keymap.called(where), *aligned(rows)]
    return lines[1:]


@command.command("check")
@click.pass_obj
def check(call: Invocation) -> int:
    """Look for clashes in the table, and for what is wrong in this home's keys.toml."""
    from heroterm.cli import keymap_file
    from heroterm.tui.keymap import SHIPPED

    path = call.paths.keys_file
    shipped = [f"{key} is {one} and {other}" for key, one, other in SHIPPED.clashes()]
    findings: list[dict[str, object]] = [
        {"file": "", "line": 0, "column": 0, "say": say} for say in shipped
    ]
    findings += [
        {"file": str(path), "line": wrong.line, "column": wrong.column, "say": str(wrong)}
        for wrong in keymap_file.mistakes(path)
    ]
    nothing = f"No two commands clash. Own keys: {path if path.is_file() else f'none ({path})'}."
    call.answer({"findings": findings}, [str(e["say"]) for e in findings] or [nothing])
    return 2 if findings else 0


@command.command("probe")
@click.pass_obj
def probe(call: Invocation) -> int:
    """Press keys and see under which name they arrive here; q q ends."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("`keys probe` reads single keys from a terminal.", "Run it in one.")
    from heroterm.cli.key_probe import Probe

    found = Probe(call.paths.keys_file).run()
    call.answer({"arrived": found}, [])
    return 0
